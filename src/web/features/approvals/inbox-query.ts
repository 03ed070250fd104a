import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import { pagesByCursor } from '../../lib/page-by-page.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { useSession } from '../../lib/use-session.ts';

/** An approval of somebody else, and a rule that changes, are no events: without any the page asks this often. */
export const approvalPollMs = 60_000;

export function inboxQuery(client: ShiplogClient) {
  return infiniteQueryOptions({
    queryKey: ['inbox'],
    queryFn: ({ pageParam, signal }) =>
      client.inbox({ limit: '50', ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal),
    ...pagesByCursor,
  });
}

/** What waits for the reader, latest first. */
export function useInbox() {
  const { client } = usePageServices();
  const session = useSession();
  const inbox = useInfiniteQuery({
    ...inboxQuery(client),
    enabled: session?.signed_in === true,
    staleTime: approvalPollMs / 2,
    refetchInterval: approvalPollMs,
  });
  const items = useMemo(() => inbox.data?.pages.flatMap((page) => page.items) ?? [], [inbox.data]);
  return { ...inbox, items };
}
