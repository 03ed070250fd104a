/** What a simple cron line says: a time on a day of the week, on every day, or on a day of the year. */
export type CronMoment =
  | { readonly kind: 'daily'; readonly time: string }
  | { readonly kind: 'weekly'; readonly time: string; readonly weekday: number }
  | { readonly kind: 'yearly'; readonly time: string; readonly day: number; readonly month: number };

export type Rhythm = CronMoment['kind'];

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const simple = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) (\*|\d{1,2}) (\*|[0-7]|sun|mon|tue|wed|thu|fri|sat)$/;

/** Reads a line that is as simple; undefined for all others, which may mean anything. */
export function readCron(line: string): CronMoment | undefined {
  const parts = simple.exec(line.trim().toLowerCase().replaceAll(/\s+/g, ' '));
  if (!parts) return undefined;
  const [, minute = '', hour = '', day = '', month = '', weekday = ''] = parts;
  if (Number(minute) > 59 || Number(hour) > 23) return undefined;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day === '*' && month === '*') {
    return weekday === '*' ? { kind: 'daily', time } : { kind: 'weekly', time, weekday: weekdayOf(weekday) };
  }
  if (day === '*' || month === '*' || weekday !== '*') return undefined;
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > lastDay(Number(month)))
    return undefined;
  return { kind: 'yearly', time, day: Number(day), month: Number(month) };
}

/** Of a month from 1 to 12; a leap year's, whose February is the longest. */
export function lastDay(month: number): number {
  return new Date(Date.UTC(2024, month, 0)).getUTCDate();
}

/** The cron line that says a moment. */
export function writeCron(moment: CronMoment): string {
  const [hour = '0', minute = '0'] = moment.time.split(':');
  const clock = `${Number(minute)} ${Number(hour)}`;
  switch (moment.kind) {
    case 'daily':
      return `${clock} * * *`;
    case 'weekly':
      return `${clock} * * ${moment.weekday}`;
    case 'yearly':
      return `${clock} ${moment.day} ${moment.month} *`;
    default:
      return moment satisfies never;
  }
}

/** `Fri 18:00`, `18:00`, `24 Dec 00:00`; undefined for a line that is not as simple. */
function momentText(line: string): string | undefined {
  const moment = readCron(line);
  if (!moment) return undefined;
  if (moment.kind === 'weekly') return `${weekdays[moment.weekday]?.slice(0, 3)} ${moment.time}`;
  if (moment.kind === 'yearly') return `${moment.day} ${months[moment.month - 1]?.slice(0, 3)} ${moment.time}`;
  return moment.time;
}

/** `Fri 18:00 → Mon 07:00`, `Every day 22:00 → 06:00`; undefined where the lines are not as simple. */
export function periodText(start: string, end: string): string | undefined {
  const [from, to] = [momentText(start), momentText(end)];
  if (from === undefined || to === undefined) return undefined;
  const isDaily = readCron(start)?.kind === 'daily' && readCron(end)?.kind === 'daily';
  return `${isDaily ? 'Every day ' : ''}${from} → ${to}`;
}

function weekdayOf(text: string): number {
  const named = weekdays.findIndex((day) => day.slice(0, 3).toLowerCase() === text);
  return named === -1 ? Number(text) % 7 : named;
}
