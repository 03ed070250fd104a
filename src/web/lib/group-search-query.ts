import { queryOptions } from '@tanstack/react-query';
import { PeopleClient } from '../../client/people-client.ts';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import { hasPart } from './has-part.ts';

/** The first groups whose name or path has a text in it, of those that the reader may know of. */
export function groupSearchQuery(client: ShiplogClient, text: string) {
  const search = text.trim();
  return queryOptions({
    queryKey: ['group-search', search],
    queryFn: ({ signal }) => new PeopleClient(client.requests).groups({ search, limit: '8' }, signal),
    // Of those found before only what the text fits, too: whoever types on and presses Enter means no other.
    placeholderData: (before) =>
      before && { ...before, items: before.items.filter((group) => hasPart(search, group.path, group.name)) },
    staleTime: 10_000,
  });
}
