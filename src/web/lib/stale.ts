import type { MatrixSlot } from '../../contract/matrix.ts';

/** A running deployment without news for too long: the server said so, or its limit has passed since. */
export function isStale({ current, stale, stale_at: limit }: MatrixSlot, now: number): boolean {
  return current.status === 'in-progress' && (stale === true || (limit !== undefined && now > Date.parse(limit)));
}
