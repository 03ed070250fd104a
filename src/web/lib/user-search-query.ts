import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { PeopleClient } from '../../client/people-client.ts';
import type { ShiplogClient } from '../../client/shiplog-client.ts';

/** The first people whose name or user name has a text in it, who can sign in. */
export function userSearchQuery(client: ShiplogClient, text: string) {
  const search = text.trim();
  return queryOptions({
    queryKey: ['user-search', search],
    queryFn: ({ signal }) =>
      new PeopleClient(client.requests).users({ search, kind: 'people', state: 'active', limit: '8' }, signal),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}
