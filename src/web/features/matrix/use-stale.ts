import type { MatrixSlot } from '../../../contract/matrix.ts';
import { isStale } from '../../lib/stale.ts';
import { useNow } from '../../ui/now.tsx';

/** Whether a slot is stale now; renders again when that changes. */
export function useStale(slot: MatrixSlot | undefined): boolean {
  return useNow((now) => slot !== undefined && isStale(slot, now));
}
