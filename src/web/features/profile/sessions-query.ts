import { queryOptions } from '@tanstack/react-query';
import { ProfileClient } from '../../../client/profile-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

/** Where the reader is signed in. */
export function sessionsQuery(client: ShiplogClient) {
  return queryOptions({
    queryKey: ['own sessions'],
    queryFn: ({ signal }) => new ProfileClient(client.requests).sessions(signal),
  });
}
