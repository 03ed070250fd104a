import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

/** Commits, changes and versions that the text may mean, with the environments they are in; until they come, those of the text before. */
export function whereQuery(client: ShiplogClient, q: string) {
  return queryOptions({
    queryKey: ['where', q],
    queryFn: ({ signal }) => client.where(q, signal),
    enabled: q.length >= 2,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}
