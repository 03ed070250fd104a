import { type FlatSearch, textOf } from './flat-search.ts';

/** Spans of time up to now, in milliseconds. */
export const spans = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const;
export type Span = keyof typeof spans;

export const spanNames = { '1h': 'Last hour', '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days' };

/** A span up to now, or two days of the reader's calendar, `2026-11-21`: both belong to it, and either may be open. */
export interface DaySpan {
  readonly since: Span | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export const anyTime: DaySpan = { since: undefined, from: undefined, to: undefined };

/** Days count only where no span up to now is asked for. */
export function parseDaySpan(search: FlatSearch): DaySpan {
  const since = parseSpan(search);
  if (since !== undefined) return { ...anyTime, since };
  return { since, from: dayOf(textOf(search, 'from')), to: dayOf(textOf(search, 'to')) };
}

/** The span up to now that a URL asks for; undefined: none that there is. */
export function parseSpan(search: FlatSearch): Span | undefined {
  const since = textOf(search, 'since');
  return since !== undefined && Object.hasOwn(spans, since) ? (since as Span) : undefined; // checked on the left
}

/** Whether it leaves nothing out. */
export function isAnyTime({ since, from, to }: DaySpan): boolean {
  return [since, from, to].every((part) => part === undefined);
}

/**
 * The first moment as the API takes it, some milliseconds later. A span up to now goes by the clock, to the minute: call
 * it once for a search, not with each render, where its answer becomes part of a query's key.
 */
export function beginOf({ since, from }: DaySpan, ms: number): string | undefined {
  if (since !== undefined) return textOfMoment(Math.floor(Date.now() / 60_000) * 60_000 - spans[since] + ms);
  return from === undefined ? undefined : textOfMoment(beginOfDay(from, 0) + ms);
}

/** The first moment after it, some milliseconds later; undefined: it is open. */
export function endOf({ to }: DaySpan, ms: number): string | undefined {
  return to === undefined ? undefined : textOfMoment(beginOfDay(to, 1) + ms);
}

function textOfMoment(moment: number): string {
  return new Date(moment).toISOString();
}

/** A day as a URL and a date field have it; undefined for any other text. */
function dayOf(text: string | undefined): string | undefined {
  const isDay = text !== undefined && /^[12]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
  return isDay ? text : undefined;
}

/** The beginning of a day of the reader's calendar, some days later. */
function beginOfDay(day: string, days: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + days).getTime();
}
