import type { FreezePeriod, FreezePeriodRequest, FreezePeriodUpdate } from '../../../contract/freeze-periods.ts';
import { readersZone } from '../../lib/zone-time.ts';

/** What the form holds while it is filled in: two cron lines, and where their clocks are. */
export interface FreezeDraft {
  readonly start: string;
  readonly end: string;
  readonly zone: string;
}

/** The period as the form begins with it; without one, the weekend where the reader is. */
export function draftOf(period: FreezePeriod | undefined): FreezeDraft {
  if (!period) return { start: '0 18 * * 5', end: '0 7 * * 1', zone: readersZone() };
  return { start: period.freeze_start, end: period.freeze_end, zone: period.cron_timezone };
}

/** A new period, as it is sent. */
export function requestOf({ start, end, zone }: FreezeDraft): FreezePeriodRequest {
  return { freeze_start: start.trim(), freeze_end: end.trim(), cron_timezone: zone.trim() };
}

/** What to send of a change: only what the reader changed, so that the rest stays as others have left it. */
export function changeOf(draft: FreezeDraft, begun: FreezeDraft): FreezePeriodUpdate {
  return {
    ...(draft.start === begun.start ? {} : { freeze_start: draft.start.trim() }),
    ...(draft.end === begun.end ? {} : { freeze_end: draft.end.trim() }),
    ...(draft.zone === begun.zone ? {} : { cron_timezone: draft.zone.trim() }),
  };
}
