import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import type { MatrixSlot } from '../../../contract/matrix.ts';
import { flagsOf } from '../../lib/deployment-flags.ts';
import { shortSha, shortVersion } from '../../lib/short-version.ts';
import { formatMoment } from '../../lib/time-format.ts';
import { flagLooks } from '../../ui/flag-mark.tsx';

/** What still runs well underneath, while the slot's newest deployment is not a success. */
export function lastGood({ current, last_successful }: MatrixSlot): DeploymentEvent | undefined {
  return current.status === 'success' ? undefined : last_successful;
}

/** Lines below the first two: what is still good, that the one before failed, and what comes next. */
export function extraLines(slot: MatrixSlot): number {
  return Number(lastGood(slot) !== undefined) + Number(slot.prev_failed === true) + Number(slot.next !== undefined);
}

export function behindText({ behind }: MatrixSlot, withName: boolean): string | undefined {
  if (!behind || behind.versions === 0) return undefined;
  const count = `${behind.versions}${behind.more ? '+' : ''}`;
  return withName ? `${count} behind ${behind.environment}` : `${count} behind`;
}

/** Whether a version is short enough for the drift to stand on its line. */
export function behindFitsBeside({ current }: MatrixSlot): boolean {
  return shortVersion(current).length <= 12;
}

/** Begins `<project> in <environment>: <version or short sha>, <status>`; then all else the cell shows. */
export function slotLabel(project: string, environment: string, slot: MatrixSlot | undefined, stale: boolean): string {
  const where = `${project} in ${environment}`;
  if (!slot) return `${where}: not deployed`;
  const good = lastGood(slot);
  return [
    `${where}: ${shortVersion(slot.current)}`,
    slot.current.status,
    stale ? 'stale' : '',
    ...flagWords(slot.current),
    slot.current.clock_skew ? 'the reporter’s clock runs ahead' : '',
    slot.prev_failed ? 'the one before failed' : '',
    good ? [`${shortVersion(good)} is still good`, ...flagWords(good)].join(', ') : '',
    slot.next ? `next ${shortVersion(slot.next)} ${slot.next.status}` : '',
    behindText(slot, true) ?? '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function flagWords(event: DeploymentEvent): string[] {
  return flagsOf(event).map((flag) => flagLooks[flag].word.toLowerCase());
}

/** What a cell has no room for, on hover and focus. */
export function slotTip({ current, behind }: MatrixSlot): string {
  const origin = [
    current.actor === undefined ? undefined : `by ${current.actor}`,
    current.ref,
    current.sha === undefined ? undefined : shortSha(current.sha),
    current.run_number === undefined ? undefined : `#${current.run_number}`,
  ].filter((part) => part !== undefined);
  const drift =
    behind && behind.versions > 0
      ? `${behind.versions}${behind.more ? ' or more' : ''} successful deployments behind ${behind.environment}`
      : '';
  const flags = flagsOf(current).map((flag) => flagLooks[flag].sentence);
  return [formatMoment(Date.parse(current.happened_at)), origin.join(' · '), drift, ...flags]
    .filter((line) => line !== '')
    .join('\n');
}
