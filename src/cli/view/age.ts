const steps = [
  { unit: 'w', ms: 7 * 86_400_000, upTo: Number.POSITIVE_INFINITY },
  { unit: 'd', ms: 86_400_000, upTo: 14 * 86_400_000 },
  { unit: 'h', ms: 3_600_000, upTo: 48 * 3_600_000 },
  { unit: 'm', ms: 60_000, upTo: 60 * 60_000 },
  { unit: 's', ms: 1000, upTo: 60_000 },
] as const;

/** Time since a moment in at most three characters: 40s, 12m, 5h, 3d, 8w. */
export function age(happenedAt: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(happenedAt));
  const step = steps.findLast(({ upTo }) => ms < upTo) ?? steps[0];
  return `${Math.floor(ms / step.ms)}${step.unit}`;
}

/** A moment as people write it down, in UTC: 2026-11-20 21:47:04. */
export function utcText(moment: string): string {
  return new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
}
