import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { AuditClient } from '../../../client/audit-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import { pagesByNumber } from '../../lib/page-by-page.ts';
import { type AuditSearch, auditRange } from './audit-search.ts';

const pageSize = '50';

/** Whose log it is: a project's, a group's, or that of all of the server. */
export type AuditPlace = { readonly kind: 'project' | 'group'; readonly path: string } | { readonly kind: 'server' };

/** What people did there, newest first, page by page. */
export function auditQuery(client: ShiplogClient, place: AuditPlace, search: AuditSearch) {
  const audit = new AuditClient(client.requests);
  return infiniteQueryOptions({
    // What is asked for, not when it begins by the clock: else the pages that were loaded were lost with each minute.
    queryKey: ['audit', place, search],
    queryFn: ({ pageParam, signal }) => {
      const asked = { ...auditRange(search), limit: pageSize, page: String(pageParam) };
      if (place.kind === 'server') return audit.ofServer({ ...asked, of: search.only ?? 'all' }, signal);
      return place.kind === 'group'
        ? audit.ofGroup({ ...asked, group: place.path }, signal)
        : audit.list({ ...asked, project: place.path }, signal);
    },
    ...pagesByNumber,
    placeholderData: keepPreviousData,
  });
}
