import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import type { MatrixRow, MatrixSlot } from '../../../contract/matrix.ts';
import { slotIn, stillWaiting } from '../../../contract/slots.ts';
import { spans } from '../../lib/day-span.ts';
import { globMatcher, isGlob } from '../../lib/glob.ts';
import { projectName } from '../../lib/project-name.ts';
import { isStale } from '../../lib/stale.ts';
import { isBehind } from './lagged-matrix.ts';
import { type MatrixSearch, staleState } from './matrix-search.ts';

/** Whether a row is wanted by the text: a glob over its name, or words found in its name, versions, shas or refs. */
export function rowMatcher(text: string, environments: readonly string[]): (row: MatrixRow) => boolean {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return () => true;
  if (isGlob(wanted)) return globMatcher(wanted);
  const words = wanted.split(/\s+/);
  return (row) => {
    const name = projectName(row).toLowerCase();
    return words.every(
      (word) => name.includes(word) || environments.some((environment) => holds(slotIn(row, environment), word)),
    );
  };
}

function holds(slot: MatrixSlot | undefined, word: string): boolean {
  if (!slot) return false;
  return [...newsIn(slot), slot.last_successful].some(
    (event) =>
      event !== undefined &&
      (event.version?.toLowerCase().includes(word) ||
        event.sha?.toLowerCase().startsWith(word) ||
        event.ref?.toLowerCase().includes(word)),
  );
}

/** What a slot says of now: its current deployment, the next, and the one that waits still. */
function newsIn(slot: MatrixSlot): readonly DeploymentEvent[] {
  return [slot.current, slot.next, stillWaiting(slot)?.newest].filter((event) => event !== undefined);
}

interface Reader {
  readonly username: string | null;
  readonly now: number;
}

/** Whether a slot is wanted by status, time, drift and "mine"; undefined where none of them is asked for. */
export function slotMatcher(search: MatrixSearch, reader: Reader): ((slot: MatrixSlot) => boolean) | undefined {
  const tests: ((slot: MatrixSlot) => boolean)[] = [];
  if (search.status.length > 0) {
    const orStale = search.status.includes(staleState);
    tests.push(
      (slot) =>
        newsIn(slot).some(({ status }) => search.status.includes(status)) || (orStale && isStale(slot, reader.now)),
    );
  }
  if (search.since) {
    const earliest = reader.now - spans[search.since];
    tests.push((slot) => changedAt(slot) >= earliest);
  }
  if (search.drift) tests.push(isBehind);
  if (search.mine) {
    tests.push((slot) => newsIn(slot).some(({ actor }) => sameName(actor, reader.username)));
  }
  return tests.length === 0 ? undefined : (slot) => tests.every((test) => test(slot));
}

function sameName(actor: string | undefined, username: string | null): boolean {
  return actor !== undefined && username !== null && actor.toLowerCase() === username.toLowerCase();
}

/** The newest news of a slot, epoch milliseconds. */
export function changedAt({ current, next }: MatrixSlot): number {
  return Math.max(Date.parse(current.happened_at), next ? Date.parse(next.happened_at) : 0);
}
