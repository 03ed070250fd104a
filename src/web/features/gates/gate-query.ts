import { queryOptions } from '@tanstack/react-query';
import { GatesClient } from '../../../client/gates-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { GateQuery } from '../../../contract/gates.ts';

/** A freeze begins and ends without an event: the page asks this often. */
const pollMs = 60_000;

/** Whether the reader may deploy somewhere now, and what a deployment would wait for. */
export function gateQuery(client: ShiplogClient, { project, environment }: GateQuery) {
  return queryOptions({
    queryKey: ['gate', project, environment],
    queryFn: ({ signal }) => new GatesClient(client.requests).ask({ project, environment }, signal),
    refetchInterval: pollMs,
    refetchOnWindowFocus: true,
  });
}
