import { queryOptions } from '@tanstack/react-query';
import { RetentionClient } from '../../../client/retention-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

export function retentionQuery(client: ShiplogClient) {
  return queryOptions({
    queryKey: ['retention'],
    queryFn: ({ signal }) => new RetentionClient(client.requests).list(signal),
  });
}
