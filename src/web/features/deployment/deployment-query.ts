import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { DeploymentsClient } from '../../../client/deployments-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { EarlierEvents } from '../../../contract/deployment-details.ts';

/** One deployment by its number, with the events told of it last. */
export function deploymentQuery(client: ShiplogClient, deployment: number) {
  return queryOptions({
    queryKey: ['deployment', deployment],
    queryFn: ({ signal }) => new DeploymentsClient(client.requests).one(deployment, signal),
  });
}

/** What was told of it before those, page by page, once a cursor says from where: what is past stays as it is. */
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
