import type { Group as GroupBody, GroupDetails } from '../../../contract/groups.ts';
import { ancestorsOf, type Group, groupLevel } from '../../features/groups/group-types.ts';
import type { Principal } from '../../principal.ts';
import { timeText } from './event-view.ts';

/** A group as this API shows it to one principal. */
export function groupView(group: Group, principal: Principal): GroupBody {
  const { id, path, name, description, visibility, createdAt } = group;
  return {
    id,
    path,
    name,
    description,
    visibility,
    access_level: groupLevel(principal, path),
    created_at: timeText(createdAt),
  };
}

/** With the groups around it; `seen` are those that the principal may know of, by path. */
export function groupDetailsView(group: Group, seen: ReadonlyMap<string, Group>, principal: Principal): GroupDetails {
  const groups = ancestorsOf(group.path).flatMap((path) => {
    const around = seen.get(path);
    return around ? [{ path, name: around.name }] : [];
  });
  return { ...groupView(group, principal), groups };
}
