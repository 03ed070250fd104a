import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { PeopleClient } from '../../../client/people-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import { pagesByNumber } from '../../lib/page-by-page.ts';
import { type Holder, queryOf } from './holder.ts';

/** What all lists of members of a holder have in their keys. */
export function membersKey({ kind, path }: Holder) {
  return ['members', kind, path] as const;
}

export function membersQuery(client: ShiplogClient, holder: Holder, search: string) {
  return infiniteQueryOptions({
    queryKey: [...membersKey(holder), search],
    queryFn: ({ signal, pageParam }) =>
      new PeopleClient(client.requests).members(
        { ...queryOf(holder), search, limit: '50', page: String(pageParam) },
        signal,
      ),
    ...pagesByNumber,
    placeholderData: keepPreviousData,
  });
}
