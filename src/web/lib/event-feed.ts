import { type InfiniteData, type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import type { DeploymentEvent, DeploymentPage, DeploymentQuery } from '../../contract/deployment-event.ts';
import { compareEvents } from './attempts.ts';
import { matchesQuery } from './event-match.ts';
import { useLiveRefresh } from './live/use-live-refresh.ts';
import { usePageServices } from './page-services.tsx';

/** Events come in crowds. */
const crowdMs = 100;

/** How many may be on the first page, which the live ones are put on, before it begins anew. */
const liveLimit = { seen: 3000, hidden: 500 } as const;

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

  useEffect(() => {
    let waiting: DeploymentEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const put = () => {
      timer = undefined;
      const pages = cache.getQueryData<Pages>(queryKey);
      const merged = pages && withEvents(pages, waiting);
      waiting = [];
      if (merged && merged !== pages) cache.setQueryData<Pages>(queryKey, merged);
      if (merged && isTooLong(merged)) beginAnew(client, cache, query);
    };
    const stop = live.onEvent((event) => {
      if (!matchesQuery(event, query)) return;
      waiting.push(event);
      timer ??= setTimeout(put, crowdMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
      put();
    };
  }, [client, live, cache, queryKey, query]);

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

/** With its latest events only. One that fails is tried again with the next event. */
async function beginAnew(client: ShiplogClient, cache: QueryClient, query: DeploymentQuery): Promise<void> {
  const head = await client.deployments(query).catch(() => undefined);
  if (head) cache.setQueryData<Pages>(['deployments', query], { pages: [head], pageParams: [undefined] });
}

/** A page that is open for days must not grow; one that somebody reads down may, for a while. */
function isTooLong({ pages: [first] }: Pages): boolean {
  return (first?.items.length ?? 0) > (document.visibilityState === 'hidden' ? liveLimit.hidden : liveLimit.seen);
}

/** Puts events where they belong by time. One older than all that is loaded waits for its page. */
function withEvents(before: Pages, events: readonly DeploymentEvent[]): Pages {
  const { pages, pageParams } = before;
  const known = new Set(pages.flatMap(({ items }) => items.map(({ id }) => id)));
  const fresh = events.filter(({ id }) => !known.has(id));
  const last = pages.at(-1);
  const oldest = last?.items.at(-1);
  const fitting = fresh.filter((event) => !oldest || last?.next_cursor === null || compareEvents(event, oldest) > 0);
  const [first, ...rest] = pages;
  if (fitting.length === 0 || !first) return before;
  const items = [...first.items, ...fitting].sort((a, b) => compareEvents(b, a));
  return { pages: [{ ...first, items }, ...rest], pageParams };
}
