import { infiniteQueryOptions } from '@tanstack/react-query';
import { DeploymentsClient } from '../../../client/deployments-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { EarlierEvents } from '../../../contract/deployment-details.ts';

/** What was told of a deployment before the events that it came with, page by page, once a cursor says from where: what is past stays as it is. */
export function earlierEventsQuery(client: ShiplogClient, deployment: number, cursor: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['deployment', deployment, 'before', cursor],
    queryFn: ({ pageParam, signal }) =>
      new DeploymentsClient(client.requests).earlierEvents(deployment, pageParam, signal),
    initialPageParam: cursor ?? '',
    getNextPageParam: (page: EarlierEvents) => page.next_cursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: cursor !== undefined,
  });
}
