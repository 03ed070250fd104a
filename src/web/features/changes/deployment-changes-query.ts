import { queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

/** What a deployment ships and takes out, by its number. */
export function deploymentChangesQuery(client: ShiplogClient, deployment: number) {
  return queryOptions({
    queryKey: ['deployment changes', deployment],
    queryFn: ({ signal }) => client.deploymentChanges(deployment, signal),
  });
}
