import { queryOptions } from '@tanstack/react-query';
import { ProfileClient } from '../../../client/profile-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

/** The user that the reader acts for. */
export function profileQuery(client: ShiplogClient) {
  return queryOptions({
    queryKey: ['profile'],
    queryFn: ({ signal }) => new ProfileClient(client.requests).get(signal),
  });
}
