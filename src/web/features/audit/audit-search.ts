import { dayOf, momentOf } from '../../lib/calendar-day.ts';
import { type FlatSearch, textOf } from '../../lib/flat-search.ts';
import type { DaySpan } from '../../ui/pick-dates.tsx';

/** All that the audit log can be asked by its URL. */
export interface AuditSearch {
  readonly days: DaySpan;
}

export function parseAuditSearch(search: FlatSearch): AuditSearch {
  return { days: { from: dayOf(textOf(search, 'from')), to: dayOf(textOf(search, 'to')) } };
}

/** What the server is asked: whole days of the reader's calendar. */
export function auditRange({ days: { from, to } }: AuditSearch): { readonly after?: string; readonly before?: string } {
  return {
    ...(from === undefined ? {} : { after: momentOf(from, 0, 0) }),
    ...(to === undefined ? {} : { before: momentOf(to, 1, -1) }),
  };
}
