import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { AuditClient } from '../../../client/audit-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import { type AuditSearch, auditRange } from './audit-search.ts';

const pageSize = '50';

/** What people did in a project, newest first, page by page. */
export function auditQuery(client: ShiplogClient, project: string, search: AuditSearch) {
  const range = auditRange(search);
  return infiniteQueryOptions({
    queryKey: ['audit', project, range],
    queryFn: ({ pageParam: page, signal }) =>
      new AuditClient(client.requests).list({ project, ...range, limit: pageSize, page: String(page) }, signal),
    initialPageParam: 1,
    getNextPageParam: ({ next_page: next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}
