import { queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import { projectAt } from '../../../contract/project-path.ts';

/** The latest events of one project, or of all, to see what comes in after the view was opened. */
export function arrivalsQuery(client: ShiplogClient, project: string | undefined, opened: number) {
  return queryOptions({
    queryKey: ['arrivals', project, opened],
    queryFn: ({ signal }) =>
      client.deployments({ ...(project === undefined ? {} : projectAt(project)), limit: '5' }, signal),
    gcTime: 0,
  });
}
