import { Cron } from 'croner';

/** A cron line of five fields, read in a time zone. Moments are epoch milliseconds. */
export interface CronLine {
  /** The newest tick that is not after `now`. */
  lastTick(now: number): number | undefined;
  /** The first tick after `now`. */
  nextTick(now: number): number | undefined;
}

const fields = /^\s*\S+(\s+\S+){4}\s*$/;
const longestLine = 255;

/**
 * Reads minute, hour, day of month, month and day of week. Where clocks are put forward, a tick in the hour that is left
 * out comes right after it; where they are put back, a fixed time ticks once. Answers undefined for anything else.
 */
export function parseCron(line: string, timezone: string): CronLine | undefined {
  if (line.length > longestLine || !fields.test(line)) return undefined;
  let cron: Cron;
  try {
    cron = new Cron(line, { mode: '5-part', timezone, paused: true });
  } catch {
    return undefined;
  }
  return {
    // The millisecond makes a tick at this very moment count as one that has been.
    lastTick: (now) => cron.previousRuns(1, new Date(now + 1))[0]?.getTime(),
    nextTick: (now) => cron.nextRun(new Date(now))?.getTime(),
  };
}
