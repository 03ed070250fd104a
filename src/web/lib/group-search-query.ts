import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { PeopleClient } from '../../client/people-client.ts';
import type { ShiplogClient } from '../../client/shiplog-client.ts';

/** The first groups whose name or path has a text in it, of those that the reader may know of. */
export function groupSearchQuery(client: ShiplogClient, text: string) {
  const search = text.trim();
  return queryOptions({
    queryKey: ['group-search', search],
    queryFn: ({ signal }) => new PeopleClient(client.requests).groups({ search, limit: '8' }, signal),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}
