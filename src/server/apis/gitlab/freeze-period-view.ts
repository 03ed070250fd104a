import type { FreezePeriod } from '../../features/freeze-periods/freeze-period-types.ts';

/** A freeze period as GitLab shows it. */
export function freezePeriodView(period: FreezePeriod) {
  const { id, freezeStart, freezeEnd, timezone, createdAt, updatedAt } = period;
  return {
    id,
    freeze_start: freezeStart,
    freeze_end: freezeEnd,
    cron_timezone: timezone,
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
  };
}
