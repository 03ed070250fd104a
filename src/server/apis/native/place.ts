import { invalid } from '../../errors.ts';
import type { GroupService } from '../../features/groups/group-service.ts';
import type { Holder } from '../../features/members/membership-types.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { ProtectionOwner } from '../../features/protected-environments/protection-types.ts';
import type { Principal } from '../../principal.ts';

/** Where projects and groups are found. */
export interface Places {
  readonly projects: ProjectService;
  readonly groups: GroupService;
}

/** What a request names: a project or a group, each by its path or number. */
export interface PlaceQuery {
  readonly project?: string;
  readonly group?: string;
}

interface Place {
  readonly kind: 'project' | 'group';
  readonly reference: string;
}

/** The project or group that is named, if one is. Throws `validation_failed` where both are. */
export function placeIn({ project, group }: PlaceQuery): Place | undefined {
  if (project !== undefined && group !== undefined)
    throw invalid([{ pointer: '/group', message: 'cannot be given together with project' }]);
  if (project !== undefined) return { kind: 'project', reference: project };
  return group === undefined ? undefined : { kind: 'group', reference: group };
}

/** The same where one has to be. */
function neededPlace(query: PlaceQuery): Place {
  const place = placeIn(query);
  if (!place) throw invalid([{ pointer: '/project', message: 'must be given, or else group' }]);
  return place;
}

/** As what has members. Throws `not_found` and `unauthenticated`. */
export function holderAt(
  { projects, groups }: Places,
  principal: Principal,
  { kind, reference }: Place,
): Promise<Holder> {
  return kind === 'project' ? projects.holder(principal, reference) : groups.holder(principal, reference);
}

/** What a request has to name, as what has members. Throws `validation_failed` and `not_found`. */
export function holderOf(places: Places, principal: Principal, query: PlaceQuery): Promise<Holder> {
  return holderAt(places, principal, neededPlace(query));
}

/** What a request has to name, as what protects environments. Throws `validation_failed` and `not_found`. */
export async function ownerOf(
  { projects, groups }: Places,
  principal: Principal,
  query: PlaceQuery,
): Promise<ProtectionOwner> {
  const { kind, reference } = neededPlace(query);
  return kind === 'project'
    ? { kind, project: await projects.resolve(principal, reference) }
    : { kind, group: await groups.resolve(principal, reference) };
}
