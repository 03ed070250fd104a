// A clock of 24 hours, as cron lines have it: the names of freeze periods beside it do, too.
const look = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

/** The time zone of the reader's clock. */
export function readersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** `Mon, 8 Jun, 07:00`: when a freeze begins or ends, by the clocks of a zone, with the year where it is another one. */
export function zoneTime(at: string, zone = readersZone()): string {
  const moment = new Date(at);
  const isThisYear = moment.getFullYear() === new Date().getFullYear();
  const year = isThisYear ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(undefined, { ...look, ...year, timeZone: zone }).format(moment);
}

/** The same by the reader's clock, where that is another one. */
export function ownTime(at: string, zone: string): string | undefined {
  const own = zoneTime(at);
  return own === zoneTime(at, zone) ? undefined : `${own} your time`;
}
