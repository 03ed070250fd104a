import type { Deed } from '../../log/audit-log.ts';
import type { Group, GroupChange } from './group-types.ts';

/** What a change of a group, which lies at `path` afterwards, has to be accounted for as. */
export function groupDeedsOf(before: Group, path: string, { name, description, visibility }: GroupChange): Deed[] {
  const deeds: Deed[] = [];
  if (visibility !== undefined && visibility !== before.visibility)
    deeds.push({ action: 'group_visibility_changed', details: { from: before.visibility, to: visibility } });
  if (path !== before.path) deeds.push({ action: 'group_renamed', details: { from: before.path, to: path } });
  const details = {
    ...(name === undefined || name === before.name ? {} : { name }),
    // Too long to be kept twice.
    ...(description === undefined || description === before.description ? {} : { description: 'changed' }),
  };
  if (Object.keys(details).length > 0) deeds.push({ action: 'group_settings_changed', details });
  return deeds;
}
