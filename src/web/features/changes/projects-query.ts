import { queryOptions } from '@tanstack/react-query';
import { ProjectsClient } from '../../../client/projects-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

/** The first projects that the reader sees, each with how much they may do in it. */
export function projectsQuery(client: ShiplogClient) {
  return queryOptions({
    queryKey: ['projects', 'first'],
    queryFn: ({ signal }) => new ProjectsClient(client.requests).list({ limit: '100' }, signal),
    staleTime: 30_000,
  });
}
