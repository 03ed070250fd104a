import { statusOfNative, statusTable } from '../../contract/statuses.ts';

/** Whether a deployment has changed what its environment holds, or would yet. */
export type Shipment = 'done' | 'to-come';

/**
 * What there is to say of a deployment's changes. One that ended without a success shipped nothing, and what it would
 * have shipped then cannot be told from what runs now.
 */
export function shipmentOf(status: string, hasSucceeded: boolean): Shipment | undefined {
  if (hasSucceeded) return 'done';
  const known = statusOfNative(status);
  return known !== undefined && statusTable[known].phase === 'finished' ? undefined : 'to-come';
}
