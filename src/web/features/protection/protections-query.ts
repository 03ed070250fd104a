import { infiniteQueryOptions } from '@tanstack/react-query';
import { ProtectedEnvironmentsClient } from '../../../client/protected-environments-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import { pagesByCursor } from '../../lib/page-by-page.ts';
import { ownerOf, type ProtectionHolder } from './protection-holder.ts';

/** What a project or a group protects, by pages. No event tells of a change: it is asked for again on the way back. */
export function protectionsQuery(client: ShiplogClient, holder: ProtectionHolder) {
  return infiniteQueryOptions({
    queryKey: ['protections', holder.kind, holder.path],
    queryFn: ({ pageParam, signal }) =>
      new ProtectedEnvironmentsClient(client.requests).list(
        ownerOf(holder),
        pageParam === undefined ? {} : { cursor: pageParam },
        signal,
      ),
    ...pagesByCursor,
    refetchOnWindowFocus: true,
  });
}
