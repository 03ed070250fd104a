import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { PeopleClient } from '../../../client/people-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { UserListQuery } from '../../../contract/users.ts';
import { pagesByNumber } from '../../lib/page-by-page.ts';

export const usersKey = ['users'] as const;

/** Which users are listed. */
export type UserFilter = Pick<UserListQuery, 'search' | 'kind' | 'state'>;

export function usersQuery(client: ShiplogClient, filter: UserFilter) {
  return infiniteQueryOptions({
    queryKey: [...usersKey, filter],
    queryFn: ({ signal, pageParam }) =>
      new PeopleClient(client.requests).users({ ...filter, limit: '50', page: String(pageParam) }, signal),
    ...pagesByNumber,
    placeholderData: keepPreviousData,
  });
}
