import type { MatrixRow, MatrixSlot } from './matrix.ts';

/** A row's slot in an environment, which may have any name: `constructor` must not find what every object inherits. */
export function slotIn(row: MatrixRow, environment: string): MatrixSlot | undefined {
  return Object.hasOwn(row.slots, environment) ? row.slots[environment] : undefined;
}
