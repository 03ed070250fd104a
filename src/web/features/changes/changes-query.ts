import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { ChangeQuery } from '../../../contract/changes.ts';
import { pagesByCursor } from '../../lib/page-by-page.ts';
import { pollUnlessLong } from '../../lib/poll-unless-long.ts';
import { changePollMs } from '../../lib/use-change-news.ts';

/** Merge and pull requests, latest updated first, page by page. What was found before stays while others are asked for. */
export function changesQuery(client: ShiplogClient, query: ChangeQuery) {
  return infiniteQueryOptions({
    queryKey: ['changes', query],
    queryFn: ({ pageParam: cursor, signal }) =>
      client.changes({ ...query, ...(cursor === undefined ? {} : { cursor }) }, signal),
    ...pagesByCursor,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => pollUnlessLong(query, changePollMs),
  });
}
