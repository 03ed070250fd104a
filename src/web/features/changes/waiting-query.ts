import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { WaitingQuery } from '../../../contract/changes.ts';

/** What is live in one environment and not in the next, longest waiting first. */
export function waitingQuery(client: ShiplogClient, query: WaitingQuery) {
  return infiniteQueryOptions({
    queryKey: ['changes', 'waiting', query],
    queryFn: ({ pageParam: cursor, signal }) =>
      client.waitingChanges({ ...query, ...(cursor === undefined ? {} : { cursor }) }, signal),
    initialPageParam: undefined as string | undefined, // the first page has no cursor
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}
