import { infiniteQueryOptions } from '@tanstack/react-query';
import { ProjectsClient } from '../../../client/projects-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import { pagesByNumber } from '../../lib/page-by-page.ts';

/** The projects in a group, at any depth, page by page. */
export function groupProjectsQuery(client: ShiplogClient, group: string) {
  return infiniteQueryOptions({
    queryKey: ['group-projects', group],
    queryFn: ({ signal, pageParam }) =>
      new ProjectsClient(client.requests).list({ group, limit: '20', page: String(pageParam) }, signal),
    ...pagesByNumber,
  });
}
