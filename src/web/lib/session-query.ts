import { queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../client/shiplog-client.ts';

/** Who is asking, and what they may do here. */
export function sessionQuery(client: ShiplogClient) {
  return queryOptions({
    queryKey: ['session'],
    queryFn: ({ signal }) => client.session(signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
}
