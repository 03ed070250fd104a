import { queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

/** The latest events of all, to see what comes in after the view was opened. */
export function arrivalsQuery(client: ShiplogClient, opened: number) {
  return queryOptions({
    queryKey: ['arrivals', opened],
    queryFn: ({ signal }) => client.deployments({ limit: '5' }, signal),
    gcTime: 0,
  });
}
