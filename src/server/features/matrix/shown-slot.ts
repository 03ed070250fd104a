import { tiers } from '../../../contract/tiers.ts';
import { type DeploymentState, effectiveMarkOf, type Mark } from '../../log/fold-deployment.ts';
import type { RecentSuccess } from '../../log/fold-slot.ts';
import type { ReadPlace } from '../../log/places.ts';
import type { FullSlot } from './matrix-store.ts';

/** A deployment as a slot shows it: at one of its marks. */
export interface Shown {
  readonly deployment: DeploymentState;
  readonly mark: Mark;
}

/** Of the deployments that wait in a lane, the newest, and how many they are. */
export interface ShownWaiting {
  readonly newest: Shown;
  readonly count: number;
}

/** How far a slot is behind the environment before it. */
export interface Drift {
  readonly environment: string;
  readonly versions: number;
  /** At least so many: what is remembered of the environment before ends there. */
  readonly more: boolean;
}

/** What one cell of the matrix says. The rules are those of the contract's MatrixSlot. */
export interface ShownSlot {
  readonly place: ReadPlace;
  readonly current: Shown;
  readonly lastSuccessful: Shown | undefined;
  readonly next: Shown | undefined;
  readonly waiting: ShownWaiting | undefined;
  readonly prevFailed: boolean;
  readonly startedAt: number | null;
  /** When a running deployment without news begins to count as stale. */
  readonly staleAt: number | null;
  readonly behind: Drift | undefined;
  /** Of the last change to anything said here. */
  readonly version: number;
}

const defaultStaleMs = 3_600_000;
const shortestStaleMs = 60_000;
const enoughDurations = 5;

/** What the slots of one project show; each knows its siblings, since drift is measured between them. */
export function showProject(slots: readonly FullSlot[]): ShownSlot[] {
  return slots.flatMap((slot) => {
    const shown = showSlot(
      slot,
      slots.filter((other) => precedes(other.place, slot.place)),
    );
    return shown ? [shown] : [];
  });
}

function showSlot(full: FullSlot, before: readonly FullSlot[]): ShownSlot | undefined {
  const { place, slot, version } = full;
  const effective = shownAt(full.current, effectiveMarkOf);
  const context = shownAt(full.context, ({ latest }) => latest);
  const current = effective ?? context;
  if (!current) return undefined;
  const success = shownAt(full.success, (deployment) => deployment.success);
  const running = current.mark.status === 'running';
  const previous = nearest(before);
  return {
    place,
    current,
    lastSuccessful: current.mark.status === 'success' ? undefined : success,
    next: effective ? context : undefined,
    waiting: shownWaiting(full),
    prevFailed: running && slot.terminal?.status === 'failed' && slot.terminal.at < current.mark.at,
    // What the deployment keeps is of its latest attempt: of another than this one where that came to nothing.
    startedAt: current.mark.position === current.deployment.latest.position ? current.deployment.startedAt : null,
    staleAt: running ? current.mark.at + staleLimit(slot.recent) : null,
    behind: previous && drift(previous, slot.recent),
    version: Math.max(version, previous?.version ?? 0),
  };
}

function shownAt(
  deployment: DeploymentState | undefined,
  markOf: (deployment: DeploymentState) => Mark | null,
): Shown | undefined {
  const mark = deployment && markOf(deployment);
  return deployment && mark ? { deployment, mark } : undefined;
}

/** It may have gone on between the reading of the lane and that of the deployment: the slot's next version says so. */
function shownWaiting({ waiting, waits }: FullSlot): ShownWaiting | undefined {
  const newest = shownAt(waiting, ({ latest }) => (latest.status === 'waiting' ? latest : null));
  return newest && { newest, count: waits };
}

/** A lane that has shown how long it takes is stale after three times its slowest normal run; another after an hour. */
function staleLimit(recent: readonly RecentSuccess[]): number {
  const durations = recent.flatMap(({ durationMs }) => durationMs ?? []).sort((a, b) => a - b);
  const p95 = durations[Math.ceil(durations.length * 0.95) - 1];
  return p95 === undefined || durations.length < enoughDurations ? defaultStaleMs : Math.max(3 * p95, shortestStaleMs);
}

/** Changes travel from tier to tier; environments of no known tier take no part. */
function precedes(a: ReadPlace, b: ReadPlace): boolean {
  return a.tier !== 'other' && b.tier !== 'other' && tiers.indexOf(a.tier) < tiers.indexOf(b.tier);
}

/** Of the environments before, the one in the latest tier; of several there, the first by name. */
function nearest(before: readonly FullSlot[]): FullSlot | undefined {
  const order = (a: FullSlot, b: FullSlot) =>
    tiers.indexOf(b.place.tier) - tiers.indexOf(a.place.tier) || (a.place.environment < b.place.environment ? -1 : 1);
  return before.filter(({ slot }) => slot.recent.length > 0).toSorted(order)[0];
}

/**
 * Counts the different versions that succeeded in the environment before since the one that is live here. Where that one
 * was never there (a hotfix, or too long ago) it counts what succeeded there later than here.
 */
function drift({ place, slot }: FullSlot, here: readonly RecentSuccess[]): Drift | undefined {
  const [live] = here;
  if (!live || live.what === null) return undefined;
  const there = slot.recent;
  const same = there.findIndex(({ what }) => what === live.what);
  const newer = same === -1 ? there.filter(({ at }) => at > live.at) : there.slice(0, same);
  const versions = new Set(newer.map(({ what, deploymentId }) => what ?? deploymentId)).size;
  if (versions === 0) return undefined;
  return { environment: place.environment, versions, more: newer.length === there.length && same === -1 };
}
