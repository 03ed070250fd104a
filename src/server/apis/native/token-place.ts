import type { TokenPlaceQuery, TokenQuery } from '../../../contract/access.ts';
import { invalid } from '../../errors.ts';
import type { GroupService } from '../../features/groups/group-service.ts';
import type { Holder, Page } from '../../features/members/membership-types.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { Principal } from '../../principal.ts';

/** Where projects and groups are found. */
export interface Places {
  readonly projects: ProjectService;
  readonly groups: GroupService;
}

/** The project or group that is named, if one is. Throws `validation_failed` where both are, `not_found`. */
export async function placeOf(
  { projects, groups }: Places,
  principal: Principal,
  { project, group }: TokenPlaceQuery,
): Promise<Holder | undefined> {
  if (project !== undefined && group !== undefined)
    throw invalid([{ pointer: '/group', message: 'cannot be given together with project' }]);
  if (project !== undefined) return projects.holder(principal, project);
  return group === undefined ? undefined : groups.holder(principal, group);
}

/** The same for a token with an access level, which means nothing elsewhere. */
export async function placeFor(places: Places, principal: Principal, body: TokenPlaceQuery): Promise<Holder> {
  const holder = await placeOf(places, principal, body);
  if (!holder) throw invalid([{ pointer: '/access_level', message: 'needs a project or a group' }]);
  return holder;
}

/** The token with an id, of the named project or group, or else of a person. */
export async function referenceTo(places: Places, principal: Principal, query: TokenPlaceQuery, id: number) {
  const holder = await placeOf(places, principal, query);
  return holder ? ({ kind: 'held', holder, id } as const) : ({ kind: 'personal', id } as const);
}

/** Which part of a list is wanted. */
export function pageOf({ limit = '50', page = '1' }: Pick<TokenQuery, 'limit' | 'page'>): Page {
  return { limit: Number(limit), offset: (Math.max(Number(page), 1) - 1) * Number(limit) };
}
