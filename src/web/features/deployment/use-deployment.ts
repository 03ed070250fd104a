import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { compareEvents } from '../../lib/attempts.ts';
import { deploymentQuery } from '../../lib/deployment-query.ts';
import { useLiveRefresh } from '../../lib/live/use-live-refresh.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { isOfProject } from '../../lib/project-name.ts';
import { earlierEventsQuery } from './earlier-events-query.ts';

/** A deployment that keeps up with what happens in its lane, and as many of its events as were asked for. */
export function useDeployment(number: number) {
  const { client } = usePageServices();
  const query = useQuery(deploymentQuery(client, number));
  const details = query.data;
  useLiveRefresh(query, {
    concerns: (event) =>
      event.deployment_number === number ||
      (details !== undefined &&
        event.environment === details.deployment.environment &&
        isOfProject(event, details.project)),
  });
  // Where the answer ended when more was asked for; a later one may begin further on.
  const [cursor, setCursor] = useState<string>();
  const earlier = useInfiniteQuery(earlierEventsQuery(client, number, cursor));
  const events = useMemo(() => {
    const all = [...(earlier.data?.pages.flatMap(({ items }) => items) ?? []), ...(details?.events ?? [])];
    return [...new Map(all.map((event) => [event.id, event])).values()].sort(compareEvents);
  }, [earlier.data, details]);
  return {
    query,
    events,
    earlier: {
      hasMore: details !== undefined && events.length < details.event_count,
      isLoading: earlier.isFetching,
      error: earlier.error,
      load: () =>
        cursor === undefined
          ? setCursor(details?.earlier_cursor ?? undefined)
          : earlier.isError && !earlier.data
            ? earlier.refetch()
            : earlier.fetchNextPage(),
    },
  };
}
