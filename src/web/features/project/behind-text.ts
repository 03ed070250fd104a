import type { MatrixSlot } from '../../../contract/matrix.ts';
import type { Lag } from '../../../contract/where.ts';

/** How far an environment is behind the one before it: in commits and changes where those are known, else in versions. */
export function behindText({ behind }: MatrixSlot, lag: Lag | undefined): string | undefined {
  if (lag && (lag.commits || lag.changes)) {
    const counts = [countOf(lag.commits, 'commit'), countOf(lag.changes, 'change')].filter(
      (text) => text !== undefined,
    );
    return `${counts.join(' and ')} behind ${lag.before}`;
  }
  if (lag || !behind || behind.versions === 0) return undefined;
  return `${behind.versions}${behind.more ? ' or more' : ''} ${behind.versions === 1 ? 'version' : 'versions'} behind ${behind.environment}`;
}

function countOf(count: number | null, word: string): string | undefined {
  return count ? `${count.toLocaleString()} ${word}${count === 1 ? '' : 's'}` : undefined;
}
