import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { WaitingQuery } from '../../../contract/changes.ts';
import { pagesByCursor } from '../../lib/page-by-page.ts';
import { pollUnlessLong } from '../../lib/poll-unless-long.ts';
import { changePollMs } from '../../lib/use-change-news.ts';

/** What is live in one environment and not in the next, longest waiting first. */
export function waitingQuery(client: ShiplogClient, query: WaitingQuery) {
  return infiniteQueryOptions({
    queryKey: ['changes', 'waiting', query],
    queryFn: ({ pageParam: cursor, signal }) =>
      client.waitingChanges({ ...query, ...(cursor === undefined ? {} : { cursor }) }, signal),
    ...pagesByCursor,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => pollUnlessLong(query, changePollMs),
  });
}
