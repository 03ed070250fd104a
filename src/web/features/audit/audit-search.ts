import { dayOf, momentOf } from '../../lib/calendar-day.ts';
import { type FlatSearch, textOf } from '../../lib/flat-search.ts';
import type { DaySpan } from '../../ui/pick-dates.tsx';

/** All that the audit log can be asked by its URL. */
export interface AuditSearch {
  readonly days: DaySpan;
  /** Of the server only what belongs to no project or group. */
  readonly only: 'server' | undefined;
}

export function parseAuditSearch(search: FlatSearch): AuditSearch {
  const days = { from: dayOf(textOf(search, 'from')), to: dayOf(textOf(search, 'to')) };
  return { days, only: textOf(search, 'of') === 'server' ? 'server' : undefined };
}

/** What the server is asked: whole days of the reader's calendar. */
export function auditRange({ days: { from, to } }: Pick<AuditSearch, 'days'>): {
  readonly after?: string;
  readonly before?: string;
} {
  return {
    ...(from === undefined ? {} : { after: momentOf(from, 0, 0) }),
    ...(to === undefined ? {} : { before: momentOf(to, 1, -1) }),
  };
}
