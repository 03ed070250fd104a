import { beginOf, type DaySpan, endOf, parseDaySpan } from '../../lib/day-span.ts';
import { type FlatSearch, textOf } from '../../lib/flat-search.ts';

/** All that the audit log can be asked by its URL. */
export interface AuditSearch {
  readonly happened: DaySpan;
  /** Of the server only what belongs to no project or group. */
  readonly only: 'server' | undefined;
}

export function parseAuditSearch(search: FlatSearch): AuditSearch {
  return { happened: parseDaySpan(search), only: textOf(search, 'of') === 'server' ? 'server' : undefined };
}

/** What the server is asked. */
export function auditRange({ happened }: Pick<AuditSearch, 'happened'>): {
  readonly after?: string;
  readonly before?: string;
} {
  const [after, before] = [beginOf(happened, 0), endOf(happened, -1)];
  return {
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  };
}
