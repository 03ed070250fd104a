import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { EnvironmentsClient } from '../../../client/environments-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import { pagesByNumber } from '../../lib/page-by-page.ts';
import type { EnvironmentsSearch } from './environments-search.ts';

/** The environments of a project, page by page. What was found before stays while others are asked for. */
export function environmentsQuery(client: ShiplogClient, project: string, { q, state }: EnvironmentsSearch) {
  return infiniteQueryOptions({
    queryKey: ['project-environments', project, { q, state }],
    queryFn: ({ pageParam: page, signal }) =>
      new EnvironmentsClient(client.requests).list(
        { project, ...(q.trim() === '' ? {} : { search: q.trim() }), ...(state ? { state } : {}), page: String(page) },
        signal,
      ),
    ...pagesByNumber,
    placeholderData: keepPreviousData,
  });
}
