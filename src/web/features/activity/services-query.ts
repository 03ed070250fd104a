import { queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

export function servicesQuery(client: ShiplogClient) {
  return queryOptions({ queryKey: ['services'], queryFn: () => client.services(), staleTime: 60_000 });
}
