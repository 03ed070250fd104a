import { type Status, statusTable } from '../../contract/statuses.ts';
import type { Details } from './event.ts';
import { type DeploymentState, effectiveMarkOf, type Mark } from './fold-deployment.ts';

/**
 * A slot is the fold of a lane: of all deployments of one project in one environment.
 *
 *   current   the newest mark, among the deployments, of one that changes or changed the environment. A deployment that
 *             ends canceled or goes back to waiting changes nothing, so a spinner never outlives its run.
 *   success   the newest success, terminal the newest success or failure
 *   context   the newest news of a deployment that changes nothing (pending, waiting, queued, canceled, rejected), kept
 *             only while it is later than current
 *   recent    the newest successful deployments: what drift and typical durations are counted from
 *
 * Newest is by happened_at, then by position.
 *
 * What waits is not folded: it may be older than all of these. The table `waits` tells it by the environment.
 */
export interface SlotState {
  readonly environmentId: number;
  readonly projectId: number;
  readonly current: SlotRef | null;
  readonly success: SlotRef | null;
  readonly terminal: SlotRef | null;
  readonly context: SlotRef | null;
  readonly recent: readonly RecentSuccess[];
}

export interface SlotRef {
  readonly deploymentId: number;
  readonly at: number;
  readonly position: number;
  readonly status: Status;
}

export interface RecentSuccess {
  readonly deploymentId: number;
  readonly at: number;
  readonly position: number;
  /** What tells two deployed things apart: version, else sha. */
  readonly what: string | null;
  /** From the first running status to the success; null where no running status was told. */
  readonly durationMs: number | null;
}

const recentLimit = 10;
const emptySlot = { current: null, success: null, terminal: null, context: null, recent: [] } as const;
const kinds = ['current', 'success', 'terminal', 'context'] as const;
type Kind = (typeof kinds)[number];

const markOf: Readonly<Record<Kind, (deployment: DeploymentState) => Mark | null>> = {
  current: effectiveMarkOf,
  success: ({ success }) => success,
  terminal: ({ terminal }) => terminal,
  context: ({ latest }) => (statusTable[latest.status].effect === 'context' ? latest : null),
};

/**
 * Folds a lane from its deployments, that with the newest event first. Reads no further than the answer needs: a
 * deployment's marks are never newer than its latest one.
 */
export async function foldSlot(
  lane: { readonly environmentId: number; readonly projectId: number },
  deployments: AsyncIterable<DeploymentState>,
): Promise<SlotState> {
  let slot: SlotState = { ...emptySlot, ...lane };
  for await (const deployment of deployments) {
    if (deployment.deleted) continue;
    if (isSettled(slot, deployment.latest)) break;
    slot = include(slot, deployment);
  }
  return withoutOldContext(slot);
}

function isSettled({ current, success, terminal, recent }: SlotState, latest: Mark): boolean {
  const oldest = recent.at(-1);
  const found = recent.length === recentLimit && oldest ? [current, success, terminal, oldest] : [null];
  return found.every((ref) => ref !== null && ref.at > latest.at);
}

/**
 * Folds one changed deployment into its slot. Answers undefined where the lane must be folded anew: when the deployment
 * no longer has a mark that the slot shows, or was deleted.
 */
export function applyDeployment(slot: SlotState | undefined, after: DeploymentState): SlotState | undefined {
  const { environmentId, projectId } = after;
  if (after.deleted) return undefined;
  if (!slot) return withoutOldContext(include({ ...emptySlot, environmentId, projectId }, after));
  const current = effectiveMarkOf(after);
  if (slot.current?.deploymentId === after.id && (!current || compareRefs(current, slot.current) < 0)) return undefined;
  const wasContext = slot.context?.deploymentId === after.id;
  if (wasContext && statusTable[after.latest.status].effect === 'quiet') return undefined;
  // A context that has moved on to change the environment leaves nothing newer than itself behind it.
  return withoutOldContext(include(wasContext ? { ...slot, context: null } : slot, after));
}

function include(slot: SlotState, deployment: DeploymentState): SlotState {
  const refs = kinds.map((kind) => {
    const mark = markOf[kind](deployment);
    const ref = mark && { deploymentId: deployment.id, at: mark.at, position: mark.position, status: mark.status };
    return [kind, newer(slot[kind], ref)] as const;
  });
  return { ...slot, ...Object.fromEntries(refs), recent: includeRecent(slot.recent, deployment) };
}

function includeRecent(recent: readonly RecentSuccess[], { id, success, startedAt, latest }: DeploymentState) {
  if (!success) return recent;
  const entry: RecentSuccess = {
    deploymentId: id,
    at: success.at,
    position: success.position,
    what: whatOf(success.details),
    durationMs: startedAt !== null && latest.position === success.position ? success.at - startedAt : null,
  };
  return [entry, ...recent.filter(({ deploymentId }) => deploymentId !== id)]
    .toSorted((a, b) => compareRefs(b, a))
    .slice(0, recentLimit);
}

/** What tells two deployed things apart. */
export function whatOf({ version, sha }: Pick<Details, 'version' | 'sha'>): string | null {
  return version ?? sha;
}

function withoutOldContext(slot: SlotState): SlotState {
  const { current, context } = slot;
  return current && context && context.at <= current.at ? { ...slot, context: null } : slot;
}

function newer(a: SlotRef | null, b: SlotRef | null): SlotRef | null {
  if (!a || !b) return a ?? b;
  return compareRefs(b, a) > 0 ? b : a;
}

function compareRefs(
  a: { readonly at: number; readonly position: number },
  b: { readonly at: number; readonly position: number },
): number {
  return a.at - b.at || a.position - b.position;
}
