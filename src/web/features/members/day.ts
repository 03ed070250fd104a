/** The day of a moment in UTC, `yyyy-mm-dd`: memberships end as a day begins. */
export function utcDayOf(moment: string): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** The beginning of a day in UTC; null for none. */
export function utcMomentOf(day: string): string | null {
  return day === '' ? null : `${day}T00:00:00Z`;
}

/** The first day on which a membership can end. */
export function firstDay(now: number): string {
  return new Date(now + 24 * 3_600_000).toISOString().slice(0, 10);
}
