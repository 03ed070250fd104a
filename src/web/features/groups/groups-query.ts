import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { PeopleClient } from '../../../client/people-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import { accessLevels } from '../../../contract/access-levels.ts';
import type { GroupListQuery } from '../../../contract/groups.ts';
import { hasPart } from '../../lib/has-part.ts';
import { pagesByNumber } from '../../lib/page-by-page.ts';

export const groupsKey = ['groups'] as const;

/** Groups page by page: those that a search finds, or those right in a parent. */
export function groupsQuery(client: ShiplogClient, filter: Pick<GroupListQuery, 'search' | 'parent'>) {
  return infiniteQueryOptions({
    queryKey: [...groupsKey, filter],
    queryFn: ({ signal, pageParam }) =>
      new PeopleClient(client.requests).groups({ ...filter, limit: '50', page: String(pageParam) }, signal),
    ...pagesByNumber,
    placeholderData: keepPreviousData,
  });
}

/** The first groups with a text in their names in which the reader may make something. */
export function parentsQuery(client: ShiplogClient, text: string) {
  const search = text.trim();
  return queryOptions({
    queryKey: [...groupsKey, 'parents', search],
    queryFn: ({ signal }) =>
      new PeopleClient(client.requests).groups(
        { search, min_access_level: String(accessLevels.maintainer), limit: '8' },
        signal,
      ),
    // Of those found before only what the text fits, too: whoever types on and presses Enter means no other.
    placeholderData: (before) =>
      before && { ...before, items: before.items.filter((group) => hasPart(search, group.path, group.name)) },
  });
}
