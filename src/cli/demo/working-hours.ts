import type { Random } from './random.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export function startOfDay(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}

export function isWeekend(at: number): boolean {
  return [0, 6].includes(new Date(at).getUTCDay());
}

/** A moment of a day on which somebody would release: most before lunch, many in the afternoon, hardly one at night. */
export function workingMoment(day: number, random: Random): number {
  const peak = random.chance(0.55) ? 10.2 : 14.8;
  const spread = (random.next() + random.next() + random.next() - 1.5) * 2.6;
  const hour = random.chance(0.03) ? random.next() * 24 : peak + spread;
  return startOfDay(day) + Math.round(hour * hourMs);
}

/**
 * The first moment from then on when production may be changed: Monday to Friday, 8 to 17, on Friday until 15 o'clock.
 */
export function nextWindow(at: number, random: Random): number {
  for (let moment = at; ; moment = startOfDay(moment) + dayMs + 8 * hourMs + random.integer(0, 90) * minuteMs) {
    const hour = (moment - startOfDay(moment)) / hourMs;
    const closes = new Date(moment).getUTCDay() === 5 ? 15 : 17;
    if (isWeekend(moment) || hour >= closes) continue;
    return hour < 8 ? startOfDay(moment) + 8 * hourMs + random.integer(0, 90) * minuteMs : moment;
  }
}
