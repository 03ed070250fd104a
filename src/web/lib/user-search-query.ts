import { queryOptions } from '@tanstack/react-query';
import { PeopleClient } from '../../client/people-client.ts';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import { hasPart } from './has-part.ts';

/** The first people whose name or user name has a text in it, who can sign in. */
export function userSearchQuery(client: ShiplogClient, text: string) {
  const search = text.trim();
  return queryOptions({
    queryKey: ['user-search', search],
    queryFn: ({ signal }) =>
      new PeopleClient(client.requests).users({ search, kind: 'people', state: 'active', limit: '8' }, signal),
    // Of those found before only whom the text fits, too: whoever types on and presses Enter means no other.
    placeholderData: (before) =>
      before && { ...before, items: before.items.filter((user) => hasPart(search, user.username, user.name)) },
    staleTime: 10_000,
  });
}
