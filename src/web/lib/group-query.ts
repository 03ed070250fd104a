import { queryOptions } from '@tanstack/react-query';
import { PeopleClient } from '../../client/people-client.ts';
import type { ShiplogClient } from '../../client/shiplog-client.ts';

/** A group by its path, and with `access_level` how much the reader may do in it. */
export function groupQuery(client: ShiplogClient, path: string) {
  return queryOptions({
    queryKey: ['group', path],
    queryFn: ({ signal }) => new PeopleClient(client.requests).group(path, signal),
    staleTime: 30_000,
  });
}
