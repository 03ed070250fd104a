const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

/** How long ago, in one unit: `just now`, `4m ago`, `3h ago`, `12d ago`, `9w ago`, then the date; `in 3d` for what comes. */
export function formatAge(then: number, now: number): string {
  const age = now - then;
  if (age <= -26 * week) return dayFormat.format(then);
  if (age < -minute) return `in ${formatSpan(-age)}`;
  if (age < minute) return 'just now';
  if (age < 26 * week) return `${formatSpan(age)} ago`;
  return dayFormat.format(then);
}

function formatSpan(span: number): string {
  if (span < hour) return `${Math.floor(span / minute)}m`;
  if (span < day) return `${Math.floor(span / hour)}h`;
  if (span < 5 * week) return `${Math.floor(span / day)}d`;
  return `${Math.floor(span / week)}w`;
}

/** `3m 12s`: at most two units, none left out between them. */
export function formatDuration(ms: number): string {
  const whole = Math.max(0, Math.round(ms / second));
  const units: readonly (readonly [number, string])[] = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'm'],
    [whole % 60, 's'],
  ];
  const first = units.findIndex(([count]) => count > 0);
  if (first === -1) return '0s';
  return units
    .slice(first, first + 2)
    .filter(([count], index) => index === 0 || count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(' ');
}

/** How long an answer took: `34 ms`, `1.2 s`. */
export function formatLatency(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

// Made once: making a formatter costs a hundred times more than using it.
const momentFormat = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});
const dateFormat = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const dayFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const clockFormat = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit', second: '2-digit' });

/** The moment in the reader's zone and in UTC, on two lines. */
export function formatMoment(then: number): string {
  return `${momentFormat.format(then)}\n${new Date(then).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

export function formatDate(then: number): string {
  return dateFormat.format(then);
}

export function formatClock(then: number): string {
  return clockFormat.format(then);
}

/** The moment in the reader's zone, on one line. */
export function formatDateTime(then: number): string {
  return `${dateFormat.format(then)}, ${clockFormat.format(then)}`;
}

/** `Today`, `Yesterday`, or the date. */
export function formatDay(then: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(then)) / day);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const sameYear = new Date(then).getFullYear() === new Date(now).getFullYear();
  return new Date(then).toLocaleDateString(undefined, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

export function startOfDay(moment: number): number {
  return new Date(moment).setHours(0, 0, 0, 0);
}
