import { queryOptions } from '@tanstack/react-query';
import { ProjectsClient } from '../../client/projects-client.ts';
import type { ShiplogClient } from '../../client/shiplog-client.ts';

/** A project by its path, and with `access_level` how much the reader may do in it. */
export function projectQuery(client: ShiplogClient, path: string) {
  return queryOptions({
    queryKey: ['project', path],
    queryFn: ({ signal }) => new ProjectsClient(client.requests).one(path, signal),
    staleTime: 30_000,
  });
}
