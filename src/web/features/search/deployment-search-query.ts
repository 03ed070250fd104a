import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

/** Events that have each word of the text somewhere, newest first; until they come, those of the text before. */
export function deploymentSearchQuery(client: ShiplogClient, q: string) {
  return queryOptions({
    queryKey: ['deployment-search', q],
    queryFn: ({ signal }) => client.deployments({ q, limit: '30' }, signal),
    enabled: q.length >= 2,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}
