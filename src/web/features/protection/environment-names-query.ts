import { queryOptions } from '@tanstack/react-query';
import { EnvironmentsClient } from '../../../client/environments-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

/** The environments of a project whose names have a text in them. */
export function environmentNamesQuery(client: ShiplogClient, project: string, text: string) {
  const search = text.trim();
  return queryOptions({
    queryKey: ['environment-names', project, search],
    queryFn: ({ signal }) =>
      new EnvironmentsClient(client.requests).list(
        { project, limit: '50', ...(search === '' ? {} : { search }) },
        signal,
      ),
    placeholderData: (before) => before,
    staleTime: 10_000,
  });
}
