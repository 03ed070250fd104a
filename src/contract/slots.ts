import type { DeploymentEvent } from './deployment-event.ts';
import type { MatrixRow, MatrixSlot } from './matrix.ts';

/** A row's slot in an environment, which may have any name: `constructor` must not find what every object inherits. */
export function slotIn(row: MatrixRow, environment: string): MatrixSlot | undefined {
  return Object.hasOwn(row.slots, environment) ? row.slots[environment] : undefined;
}

/** What waits in a slot and is neither its current deployment nor what comes next. */
export interface StillWaiting {
  /** The newest that waits; undefined where that is current or next. */
  readonly newest: DeploymentEvent | undefined;
  /** How many wait besides the newest. */
  readonly more: number;
}

/** undefined: nothing waits but what is current or next. */
export function stillWaiting({ current, next, waiting }: MatrixSlot): StillWaiting | undefined {
  if (!waiting) return undefined;
  const { newest, count } = waiting;
  const shown = newest.id === current.id || newest.id === next?.id;
  return shown && count === 1 ? undefined : { newest: shown ? undefined : newest, more: count - 1 };
}
