import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { DeploymentsClient } from '../../../client/deployments-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import { pagesByCursor } from '../../lib/page-by-page.ts';

/** What one deployment was promoted from and to. */
export function deploymentLineageQuery(client: ShiplogClient, deployment: number) {
  return queryOptions({
    queryKey: ['deployment lineage', deployment],
    queryFn: ({ signal }) => new DeploymentsClient(client.requests).lineage(deployment, signal),
  });
}

/** The latest promotions of a project, page by page. */
export function projectLineageQuery(client: ShiplogClient, project: string) {
  return infiniteQueryOptions({
    queryKey: ['lineage', project],
    queryFn: ({ pageParam, signal }) =>
      new DeploymentsClient(client.requests).projectLineage(
        { project, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        signal,
      ),
    ...pagesByCursor,
  });
}
