import { type Status, statusTable } from '../../../contract/statuses.ts';
import type { DeploymentState } from '../../log/fold-deployment.ts';
import { heldWords } from './request-types.ts';

/** Whether a deployment waits for approvals, or for the end of a freeze, that are given here. */
function isHeld({ latest, key }: Pick<DeploymentState, 'latest' | 'key'>): boolean {
  return latest.status === 'waiting' && key === null && heldWords.includes(latest.word);
}

/** What a deployment is that is told to be something: while it is held back, nothing that has not begun ends its waiting. */
export function statusWhileHeld(state: Pick<DeploymentState, 'latest' | 'key'>, told: Status): Status {
  return isHeld(state) && statusTable[told].phase === 'open' ? 'waiting' : told;
}
