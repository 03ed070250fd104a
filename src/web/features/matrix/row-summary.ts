import type { MatrixRow, MatrixSlot } from '../../../contract/matrix.ts';
import { slotIn } from '../../../contract/slots.ts';
import { isStale } from '../../lib/stale.ts';
import type { LaggedSlot } from './lagged-matrix.ts';
import { changedAt } from './slot-filter.ts';
import { extraLines } from './slot-text.ts';

/** What a row's slots in the environments shown add up to, counted in one pass: thousands of rows are, for each event. */
export interface RowSummary {
  readonly slots: number;
  /** Whether one of them is what the filters ask for. */
  readonly wanted: boolean;
  readonly running: number;
  /** Deployments, of which several may wait in one slot. */
  readonly waiting: number;
  readonly failed: number;
  readonly stale: number;
  /** Lines its tallest slot needs below the first. */
  readonly extraLines: number;
}

export function summariseRow(
  row: MatrixRow,
  environments: readonly string[],
  matches: ((slot: MatrixSlot) => boolean) | undefined,
  now: number,
): RowSummary {
  const sum = { slots: 0, wanted: matches === undefined, running: 0, waiting: 0, failed: 0, stale: 0, extraLines: 0 };
  for (const environment of environments) {
    const slot = slotIn(row, environment);
    if (!slot) continue;
    const { current, waiting } = slot;
    sum.slots += 1;
    if (!sum.wanted && matches?.(slot)) sum.wanted = true;
    if (current.status === 'failure') sum.failed += 1;
    if (current.status === 'in-progress') sum.running += 1;
    if (isStale(slot, now)) sum.stale += 1;
    sum.waiting += waiting?.count ?? 0;
    sum.extraLines = Math.max(sum.extraLines, extraLines(slot));
  }
  return sum;
}

/** Rows by what they were last: the newest change first, in all environments or in one. */
export function newestChange(row: MatrixRow, environments: readonly string[]): number {
  return most(row, environments, changedAt);
}

/** How far the furthest slot of a row is behind, in commits where they are known, else in deployments. */
export function furthestBehind(row: MatrixRow, environments: readonly string[]): number {
  return most(row, environments, ({ lag, behind }: LaggedSlot) =>
    lag ? (lag.commits ?? 0) + (lag.changes ?? 0) : (behind?.versions ?? 0),
  );
}

function most(row: MatrixRow, environments: readonly string[], measure: (slot: LaggedSlot) => number): number {
  let found = 0;
  for (const environment of environments) {
    const slot = slotIn(row, environment);
    if (slot) found = Math.max(found, measure(slot));
  }
  return found;
}
