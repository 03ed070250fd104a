import { type CronLine, parseCron } from './cron-line.ts';
import type { Freeze, FreezePeriod } from './freeze-period-types.ts';
import { timezoneOf } from './timezone.ts';

/** Periods that follow on each other without end are followed this far. */
const mostLinks = 10;

interface Window {
  readonly period: FreezePeriod;
  readonly start: CronLine;
  readonly end: CronLine;
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

function windowOf(period: FreezePeriod): Window | undefined {
  const zone = timezoneOf(period.timezone) ?? 'UTC';
  const start = parseCron(period.freezeStart, zone);
  const end = parseCron(period.freezeEnd, zone);
  return start && end && { period, start, end };
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
function endOf({ start, end }: Window, now: number): number | undefined {
  const started = start.lastTick(now);
  if (started === undefined) return undefined;
  const ended = end.lastTick(now) ?? Number.NEGATIVE_INFINITY;
  return started > ended ? end.nextTick(now) : undefined;
}
