import { queryOptions } from '@tanstack/react-query';
import { EnvironmentsClient } from '../../../client/environments-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import { hasPart } from '../../lib/has-part.ts';

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
    // Of those found before only what the text fits, too: whoever types on and presses Enter means no other.
    placeholderData: (before) =>
      before && { ...before, items: before.items.filter(({ name }) => hasPart(search, name)) },
    staleTime: 10_000,
  });
}
