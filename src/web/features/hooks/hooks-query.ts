import { queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

/** A delivery is no event: without any the page asks this often how the last ones went. */
export const hookPollMs = 15_000;

export function hooksQuery(client: ShiplogClient, project: string) {
  return queryOptions({
    queryKey: ['hooks', project],
    queryFn: ({ signal }) => client.hooks(project, signal),
  });
}
