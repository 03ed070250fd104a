import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import type { Matrix, MatrixSlot } from '../../../contract/matrix.ts';
import { slotIn, stillWaiting } from '../../../contract/slots.ts';
import type { Tier } from '../../../contract/tiers.ts';
import type { Attempt } from '../../lib/attempts.ts';
import { productionFirst } from '../../lib/production-first.ts';
import { isStale } from '../../lib/stale.ts';

/** Something that people want to know of now, in one environment. */
export interface Concern {
  readonly kind: 'failed' | 'stale' | 'waiting' | 'running';
  readonly name: string;
  readonly tier: Tier;
  /** The deployment that it is about. */
  readonly event: DeploymentEvent;
  readonly since: string;
  /** How many deployments in a row failed, as far as they are loaded. */
  readonly failures: number;
  /** What ran well before. */
  readonly good: DeploymentEvent | undefined;
}

const kinds: readonly Concern['kind'][] = ['failed', 'stale', 'waiting', 'running'];
const unfinished = ['waiting', 'queued', 'pending'];

/** What is broken, stuck, waiting and running in a project, the worst first and production before the rest. */
export function concernsOf(matrix: Matrix, attempts: readonly Attempt[], now: number): readonly Concern[] {
  const [row] = matrix.rows;
  if (!row) return [];
  const found = matrix.columns.flatMap(({ name, tier }) => {
    const slot = slotIn(row, name);
    const concerns = slot ? [...concernsIn(slot, attempts, now), ...heldBefore(slot, attempts)] : [];
    return concerns.map((concern) => ({ ...concern, name, tier }));
  });
  return found.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || productionFirst(a, b));
}

function concernsIn(slot: MatrixSlot, attempts: readonly Attempt[], now: number): Omit<Concern, 'name' | 'tier'>[] {
  const { current, next, last_successful: good } = slot;
  const begun = slot.started_at ?? current.happened_at;
  const said = [current, next, stillWaiting(slot)?.newest].filter((event) => event !== undefined);
  const waits = said.filter(({ status }) => unfinished.includes(status));
  return [
    ...(current.status === 'failure'
      ? [{ kind: 'failed' as const, event: current, ...failing(slot, attempts), good }]
      : []),
    ...(current.status === 'in-progress'
      ? [
          {
            kind: isStale(slot, now) ? ('stale' as const) : ('running' as const),
            event: current,
            since: begun,
            failures: 0,
            good,
          },
        ]
      : []),
    ...waits.map((event) => ({
      kind: 'waiting' as const,
      event,
      since: event.happened_at,
      failures: 0,
      good,
    })),
  ];
}

/** What else waits still, though something came to the environment since: a slot shows the newest only. */
function heldBefore({ current, next, waiting, last_successful: good }: MatrixSlot, attempts: readonly Attempt[]) {
  const shown = [current, next, waiting?.newest].map((event) => event?.deployment_number);
  return attempts
    .filter(({ head }) => head.environment === current.environment && head.status === 'waiting')
    .filter(({ head }) => !shown.includes(head.deployment_number))
    .map(({ head }) => ({ kind: 'waiting' as const, event: head, since: head.happened_at, failures: 0, good }));
}

/** Since when nothing succeeds there, and how often it was tried. */
function failing({ current, last_successful: good }: MatrixSlot, attempts: readonly Attempt[]) {
  const after = good === undefined ? 0 : Date.parse(good.happened_at);
  const failed = attempts.filter(
    ({ head }) =>
      head.environment === current.environment && head.status === 'failure' && Date.parse(head.happened_at) > after,
  );
  const first = failed.at(-1)?.head ?? current;
  return { since: first.happened_at, failures: Math.max(failed.length, 1) };
}
