import { type CronLine, parseCron } from './cron-line.ts';
import type { Freeze, FreezePeriod, FreezeWindow } from './freeze-period-types.ts';
import { timezoneOf } from './timezone.ts';

/** Periods that follow on each other without end are followed this far. */
const mostLinks = 10;
/** Starts that an end falls on hold nothing; so many in a row are passed over. */
const mostEmpty = 100;

interface Lines {
  readonly start: CronLine;
  readonly end: CronLine;
}

interface Window extends Lines {
  readonly period: FreezePeriod;
}

/** Whether any period is open at `now`, and when the last of those that overlap it ends. */
export function frozenAt(periods: readonly FreezePeriod[], now: number): Freeze | undefined {
  const windows = periods.flatMap((period) => windowOf(period) ?? []);
  const first = lastToEnd(windows, now);
  if (!first) return undefined;
  let { until } = first;
  for (let link = 0; link < mostLinks; link += 1) {
    const next = lastToEnd(windows, until);
    if (!next) break;
    until = next.until;
  }
  return { period: first.period, until };
}

/** The next times that a period holds; the first has begun already where it holds at `now`. */
export function windowsFrom(
  period: Pick<FreezePeriod, 'freezeStart' | 'freezeEnd' | 'timezone'>,
  now: number,
  count: number,
): FreezeWindow[] {
  const lines = linesOf(period);
  if (!lines) return [];
  const { start, end } = lines;
  const windows: FreezeWindow[] = [];
  // Where it holds at this moment, it began with the first start after its latest end.
  let from = endOf(lines, now) === undefined ? now : (end.lastTick(now) ?? (start.lastTick(now) ?? now) - 1);
  for (let passed = 0; windows.length < count && passed < mostEmpty; passed += 1) {
    const begins = start.nextTick(from);
    if (begins === undefined) break;
    const ends = endOf(lines, begins);
    if (ends !== undefined) windows.push({ start: begins, end: ends });
    from = ends ?? begins;
  }
  return windows;
}

function windowOf(period: FreezePeriod): Window | undefined {
  const lines = linesOf(period);
  return lines && { period, ...lines };
}

function linesOf({
  freezeStart,
  freezeEnd,
  timezone,
}: Pick<FreezePeriod, 'freezeStart' | 'freezeEnd' | 'timezone'>): Lines | undefined {
  const zone = timezoneOf(timezone) ?? 'UTC';
  const start = parseCron(freezeStart, zone);
  const end = parseCron(freezeEnd, zone);
  return start && end && { start, end };
}

/** Of the windows open at a moment, the one that ends last. */
function lastToEnd(windows: readonly Window[], now: number): Freeze | undefined {
  const open = windows.flatMap((window) => {
    const until = endOf(window, now);
    return until === undefined ? [] : [{ period: window.period, until }];
  });
  return open.toSorted((a, b) => b.until - a.until)[0];
}

/** When a window that is open at `now` ends: it is open where its latest start is later than its latest end. */
function endOf({ start, end }: Lines, now: number): number | undefined {
  const started = start.lastTick(now);
  if (started === undefined) return undefined;
  const ended = end.lastTick(now) ?? Number.NEGATIVE_INFINITY;
  return started > ended ? end.nextTick(now) : undefined;
}
