import { ShiplogFault } from '../../errors.ts';
import type { ConsideredContext } from './commit-status-types.ts';

/** A deployment is refused because checks of its commit did not succeed. */
export class ContextsNotSuccessful extends ShiplogFault {
  /** All that were looked at, those that succeeded too. */
  readonly contexts: readonly ConsideredContext[];

  constructor(contexts: readonly ConsideredContext[]) {
    const failing = contexts.filter(({ state }) => state !== 'success').map(({ context }) => context);
    super('deployment_held', `Checks of the commit did not succeed: ${failing.join(', ')}.`);
    this.contexts = contexts;
  }
}
