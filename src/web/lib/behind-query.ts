import { queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../client/shiplog-client.ts';

/** How many commits and changes each lane is behind the environment before it. */
export function behindQuery(client: ShiplogClient) {
  return queryOptions({
    queryKey: ['behind'],
    queryFn: ({ signal }) => client.behind({}, signal),
    staleTime: 10_000,
  });
}
