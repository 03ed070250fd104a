import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { matchesQuery } from '../../client/event-match.ts';
import type { DeploymentQuery } from '../../contract/deployment-event.ts';
import { useLiveRefresh } from './live/use-live-refresh.ts';
import { LiveEvents } from './live-events.ts';
import { pagesByCursor } from './page-by-page.ts';
import { usePageServices } from './page-services.tsx';

/** Events by a query, newest first, page by page, with live ones put in as they come. */
export function useEventFeed(query: DeploymentQuery) {
  const { client, live } = usePageServices();
  const cache = useQueryClient();
  const queryKey = useMemo(() => ['deployments', query], [query]);
  const feed = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      client.deployments({ ...query, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal),
    ...pagesByCursor,
    staleTime: Number.POSITIVE_INFINITY,
  });

  const liveEvents = useMemo(() => new LiveEvents(client, cache, query, queryKey), [client, cache, query, queryKey]);
  useEffect(() => {
    const stop = live.onEvent((event) => {
      if (matchesQuery(event, query)) liveEvents.take(event);
    });
    return () => {
      stop();
      liveEvents.stop();
    };
  }, [live, liveEvents, query]);
  useLiveRefresh(feed, { refresh: () => liveEvents.refresh(), concerns: () => false });

  // What is in the cache may be from before this view was opened.
  const cached = feed.dataUpdatedAt;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each query, not for each answer
  useEffect(() => {
    if (cached > 0 && Date.now() - cached > 1000) liveEvents.refresh().catch(() => undefined);
  }, [queryKey]);

  const events = useMemo(() => feed.data?.pages.flatMap(({ items }) => items) ?? [], [feed.data]);
  return { ...feed, events };
}
