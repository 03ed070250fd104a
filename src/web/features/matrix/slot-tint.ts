import type { MatrixSlot } from '../../../contract/matrix.ts';
import { statusLook, toneTint } from '../../ui/status-look.ts';

/** The colour behind a slot; none where all is well, or where the filters ask for others: `dim`. */
export function slotTint({ current }: MatrixSlot, stale: boolean, dim: boolean): string {
  const tone = stale ? 'waiting' : statusLook(current.status).tone;
  return dim || tone === 'success' || tone === 'neutral' ? '' : toneTint[tone];
}
