import { queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

export function approvalsQuery(client: ShiplogClient, deployment: number) {
  return queryOptions({
    queryKey: ['approvals', deployment],
    queryFn: ({ signal }) => client.approvals(deployment, signal),
  });
}
