import { readersZone } from './freeze-draft.ts';

// By the clock that cron lines count by: the names of the periods beside it do, too.
const look = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

/** `Mon, 8 Jun, 07:00`: a moment by the clocks of a zone, with the year where it is another one. */
export function zoneTime(at: string, zone: string): string {
  const moment = new Date(at);
  const isThisYear = moment.getFullYear() === new Date().getFullYear();
  const year = isThisYear ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(undefined, { ...look, ...year, timeZone: zone }).format(moment);
}

/** The same by the reader's clock, where that is another one. */
export function ownTime(at: string, zone: string): string | undefined {
  const own = zoneTime(at, readersZone());
  return own === zoneTime(at, zone) ? undefined : `${own} your time`;
}
