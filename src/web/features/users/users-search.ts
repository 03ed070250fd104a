import type { UserFilter } from './users-query.ts';

/** Which users are shown; of bots there is one for each token of a project or group. */
export const userGroups = ['all', 'active', 'blocked', 'bots'] as const;
export type UserGroup = (typeof userGroups)[number];

/** What of the users page is in its URL. */
export interface UsersSearch {
  readonly q: string;
  readonly show: UserGroup;
}

const filters: Readonly<Record<UserGroup, Pick<UserFilter, 'kind' | 'state'>>> = {
  all: { kind: 'people' },
  active: { kind: 'people', state: 'active' },
  blocked: { kind: 'people', state: 'blocked' },
  bots: { kind: 'bots' },
};

/** The search as the API is asked. */
export function filterOf({ q, show }: UsersSearch): UserFilter {
  return { search: q, ...filters[show] };
}
