import { queryOptions } from '@tanstack/react-query';
import { FreezePeriodsClient } from '../../client/freeze-periods-client.ts';
import type { ShiplogClient } from '../../client/shiplog-client.ts';

/** A freeze begins and ends without an event: the page asks this often. */
const pollMs = 60_000;

/** The freeze periods of a project, and whether it is frozen. */
export function freezesQuery(client: ShiplogClient, project: string) {
  return queryOptions({
    queryKey: ['freezes', project],
    queryFn: ({ signal }) => new FreezePeriodsClient(client.requests).list(project, signal),
    refetchInterval: pollMs,
    refetchOnWindowFocus: true,
  });
}
