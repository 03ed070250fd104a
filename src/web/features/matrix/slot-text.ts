import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import type { MatrixSlot } from '../../../contract/matrix.ts';
import { stillWaiting } from '../../../contract/slots.ts';
import { countText } from '../../lib/count-text.ts';
import { flagsOf } from '../../lib/deployment-flags.ts';
import { shortSha, shortVersion } from '../../lib/short-version.ts';
import { formatMoment } from '../../lib/time-format.ts';
import { flagLooks } from '../../ui/flag-mark.tsx';
import type { LaggedSlot } from './lagged-matrix.ts';

/** What still runs well underneath, while the slot's newest deployment is not a success. */
export function lastGood({ current, last_successful }: MatrixSlot): DeploymentEvent | undefined {
  return current.status === 'success' ? undefined : last_successful;
}

/** Lines below the first two: what is still good, that the one before failed, what comes next, and what waits still. */
export function extraLines(slot: MatrixSlot): number {
  const above = Number(lastGood(slot) !== undefined) + Number(slot.prev_failed === true);
  return above + Number(slot.next !== undefined) + Number(stillWaiting(slot) !== undefined);
}

/** About how wide a character of a sentence is, in CSS pixels. */
export const proseCharacter = 6.2;

/**
 * How far a slot is behind the one before it, as fully as fits into so many CSS pixels: in commits and changes where
 * those are known, else in versions.
 */
export function behindText(slot: LaggedSlot, room: number): string | undefined {
  const forms = behindForms(slot);
  return forms.find((form) => form.length * proseCharacter <= room) ?? forms.at(-1);
}

/** The fullest form first. */
function behindForms({ behind, lag }: LaggedSlot): readonly string[] {
  if (lag) {
    const changes = lag.changes ? [countText(lag.changes, 'change')] : [];
    if (!lag.commits) return changes.flatMap((count) => [`${count} behind ${lag.before}`, `${count} behind`, count]);
    const commits = countText(lag.commits, 'commit');
    const all = [commits, ...changes].join(' · ');
    const number = lag.commits.toLocaleString();
    return [`${all} behind ${lag.before}`, `${all} behind`, `${commits} behind`, `${number} behind`, `↓${number}`];
  }
  if (!behind || behind.versions === 0) return [];
  const number = `${behind.versions}${behind.more ? '+' : ''}`;
  return [`${number} behind ${behind.environment}`, `${number} behind`, `↓${number}`];
}

/** The same in words, one for each way of counting. */
function behindWords({ behind, lag }: LaggedSlot): readonly string[] {
  const counts = [
    ...(lag?.commits ? [countText(lag.commits, 'commit')] : []),
    ...(lag?.changes ? [countText(lag.changes, 'change')] : []),
  ];
  return [
    ...(lag ? [`${counts.join(' and ')} behind ${lag.before}`] : []),
    ...(behind && behind.versions > 0
      ? [
          `${behind.versions}${behind.more ? ' or more' : ''} successful ${behind.versions === 1 ? 'deployment' : 'deployments'} behind ${behind.environment}`,
        ]
      : []),
  ];
}

/**
 * Where the drift stands, which is of what runs well: on the line of what is still good, else beside the version, or
 * on the line below one that is long.
 */
export function behindPlace(slot: MatrixSlot): 'good' | 'beside' | 'below' {
  if (lastGood(slot)) return 'good';
  return shortVersion(slot.current).length <= 12 ? 'beside' : 'below';
}

/** Characters of a version that a cell has room for; of a longer one the tip has the rest. */
export const longestVersion = 50;

/** Begins `<project> in <environment>: <version or short sha>, <status>`; then all else the cell shows. */
export function slotLabel(project: string, environment: string, slot: LaggedSlot | undefined, stale: boolean): string {
  const where = `${project} in ${environment}`;
  if (!slot) return `${where}: not deployed`;
  const good = lastGood(slot);
  const waits = stillWaiting(slot);
  return [
    `${where}: ${shortVersion(slot.current)}`,
    slot.current.status,
    stale ? 'stale' : '',
    ...flagWords(slot.current),
    slot.current.clock_skew ? 'the reporter’s clock runs ahead' : '',
    slot.prev_failed ? 'the one before failed' : '',
    good ? [`${shortVersion(good)} is still good`, ...flagWords(good)].join(', ') : '',
    slot.lag ? (behindWords(slot)[0] ?? '') : (behindForms(slot)[0] ?? ''),
    slot.next ? `next ${shortVersion(slot.next)} ${slot.next.status}` : '',
    waits?.newest ? `${shortVersion(waits.newest)} is still waiting` : '',
    waits?.more ? `${waits.more} more waiting` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function flagWords(event: DeploymentEvent): string[] {
  return flagsOf(event).map((flag) => flagLooks[flag].word.toLowerCase());
}

/** What a cell has no room for, on hover and focus. */
export function slotTip(slot: LaggedSlot): string {
  const { current } = slot;
  const origin = [
    current.actor === undefined ? undefined : `by ${current.actor}`,
    current.ref,
    current.sha === undefined ? undefined : shortSha(current.sha),
    current.run_number === undefined ? undefined : `#${current.run_number}`,
  ].filter((part) => part !== undefined);
  const flags = flagsOf(current).map((flag) => flagLooks[flag].sentence);
  const version = shortVersion(current);
  const whole = version.length > longestVersion ? version : '';
  return [whole, formatMoment(Date.parse(current.happened_at)), origin.join(' · '), ...behindWords(slot), ...flags]
    .filter((line) => line !== '')
    .join('\n');
}
