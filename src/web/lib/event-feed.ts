import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { DeploymentEvent, DeploymentPage, DeploymentQuery } from '../../contract/deployment-event.ts';
import { compareEvents } from './attempts.ts';
import { matchesQuery } from './event-match.ts';
import { useLiveRefresh } from './live/use-live-refresh.ts';
import { usePageServices } from './page-services.tsx';

type Pages = InfiniteData<DeploymentPage, string | undefined>;

/** Events by a query, newest first, page by page, with live ones put in as they come. */
export function useEventFeed(query: DeploymentQuery) {
  const { client, live } = usePageServices();
  const cache = useQueryClient();
  const queryKey = useMemo(() => ['deployments', query], [query]);
  const feed = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      client.deployments({ ...query, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal),
    initialPageParam: undefined as string | undefined, // the first page has no cursor
    getNextPageParam: (page: DeploymentPage) => page.next_cursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });

  useEffect(
    () =>
      live.onEvent((event) => {
        if (matchesQuery(event, query))
          cache.setQueryData<Pages>(queryKey, (pages) => pages && withEvents(pages, [event]));
      }),
    [live, cache, queryKey, query],
  );

  const refresh = async () => {
    if (!cache.getQueryData<Pages>(queryKey)) return;
    const head = await client.deployments(query);
    const pages = cache.getQueryData<Pages>(queryKey);
    if (!pages) return;
    const known = new Set(pages.pages.flatMap(({ items }) => items.map(({ id }) => id)));
    const joins = head.next_cursor === null || head.items.some(({ id }) => known.has(id));
    if (joins) cache.setQueryData<Pages>(queryKey, withEvents(pages, head.items));
    else cache.setQueryData<Pages>(queryKey, { pages: [head], pageParams: [undefined] });
  };
  useLiveRefresh({ refresh, concerns: () => false });

  // What is in the cache may be from before this view was opened.
  const cached = feed.dataUpdatedAt;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each query, not for each answer
  useEffect(() => {
    if (cached > 0 && Date.now() - cached > 1000) refresh().catch(() => undefined);
  }, [queryKey]);

  const events = useMemo(() => feed.data?.pages.flatMap(({ items }) => items) ?? [], [feed.data]);
  return { ...feed, events };
}

/** Puts events where they belong by time. One older than all that is loaded waits for its page. */
function withEvents({ pages, pageParams }: Pages, events: readonly DeploymentEvent[]): Pages {
  const known = new Set(pages.flatMap(({ items }) => items.map(({ id }) => id)));
  const fresh = events.filter(({ id }) => !known.has(id));
  const last = pages.at(-1);
  const oldest = last?.items.at(-1);
  const fitting = fresh.filter((event) => !oldest || last?.next_cursor === null || compareEvents(event, oldest) > 0);
  const [first, ...rest] = pages;
  if (fitting.length === 0 || !first) return { pages, pageParams };
  const items = [...first.items, ...fitting].sort((a, b) => compareEvents(b, a));
  return { pages: [{ ...first, items }, ...rest], pageParams };
}
