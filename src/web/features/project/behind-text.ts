import type { MatrixSlot } from '../../../contract/matrix.ts';
import type { Lag } from '../../../contract/where.ts';
import { countText } from '../../lib/count-text.ts';

/** How far an environment is behind the one before it: in commits and changes where those are known, else in versions. */
export function behindText({ behind }: MatrixSlot, lag: Lag | undefined): string | undefined {
  if (lag && (lag.commits || lag.changes)) {
    const counts = [
      ...(lag.commits ? [countText(lag.commits, 'commit')] : []),
      ...(lag.changes ? [countText(lag.changes, 'change')] : []),
    ];
    return `${counts.join(' and ')} behind ${lag.before}`;
  }
  if (lag || !behind || behind.versions === 0) return undefined;
  return `${behind.versions}${behind.more ? ' or more' : ''} ${behind.versions === 1 ? 'version' : 'versions'} behind ${behind.environment}`;
}
