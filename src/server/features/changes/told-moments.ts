import type { ToldChange } from './change-types.ts';

/** Clocks of tools may be ahead, and zones be mistaken; a moment beyond that would stay the latest for ever. */
const mostAheadMs = 24 * 3_600_000;

export function isFarAhead(at: number | null | undefined, now: number): boolean {
  return at != null && at > now + mostAheadMs;
}

/** With now in place of moments that are far ahead: for what nobody is there to correct. */
export function notAhead(told: ToldChange, now: number): ToldChange {
  const moments = ['createdAt', 'updatedAt', 'mergedAt', 'closedAt'] as const;
  const ahead = moments.filter((moment) => isFarAhead(told[moment], now));
  return { ...told, ...Object.fromEntries(ahead.map((moment) => [moment, now])) };
}
