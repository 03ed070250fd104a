import { queryOptions } from '@tanstack/react-query';
import { DeploymentsClient } from '../../client/deployments-client.ts';
import type { ShiplogClient } from '../../client/shiplog-client.ts';

/** One deployment by its number, with the events told of it last. */
export function deploymentQuery(client: ShiplogClient, deployment: number) {
  return queryOptions({
    queryKey: ['deployment', deployment],
    queryFn: ({ signal }) => new DeploymentsClient(client.requests).one(deployment, signal),
  });
}
