import { queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

export function environmentsQuery(client: ShiplogClient) {
  return queryOptions({ queryKey: ['environments'], queryFn: () => client.environments(), staleTime: 60_000 });
}
