/** The day of a moment, in UTC, as `2026-05-30`: GitLab's memberships and tokens end as a day begins. */
export function dayOf(moment: number | null): string | null {
  return moment === null ? null : new Date(moment).toISOString().slice(0, 10);
}
