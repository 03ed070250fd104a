import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { ChangeQuery } from '../../../contract/changes.ts';

/** Merge and pull requests, latest updated first, page by page. What was found before stays while others are asked for. */
export function changesQuery(client: ShiplogClient, query: ChangeQuery) {
  return infiniteQueryOptions({
    queryKey: ['changes', query],
    queryFn: ({ pageParam: cursor, signal }) =>
      client.changes({ ...query, ...(cursor === undefined ? {} : { cursor }) }, signal),
    initialPageParam: undefined as string | undefined, // the first page has no cursor
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}
