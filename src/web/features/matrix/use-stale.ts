import type { MatrixSlot } from '../../../contract/matrix.ts';
import { useNow } from '../../ui/now.tsx';

/** A running deployment without news for too long: the server said so, or its limit has passed since. */
export function useStale(slot: MatrixSlot | undefined): boolean {
  const limit =
    slot?.current.status === 'in-progress' && slot.stale_at ? Date.parse(slot.stale_at) : Number.POSITIVE_INFINITY;
  const passed = useNow((now) => now > limit);
  return slot?.stale === true || passed;
}
