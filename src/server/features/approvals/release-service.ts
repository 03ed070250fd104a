import type { Clock } from '../../clock.ts';
import type { Job } from '../../jobs/job-runner.ts';
import type { ReadPlace } from '../../log/places.ts';
import type { Principal } from '../../principal.ts';
import type { ApprovalNeeds, GateService } from '../gates/gate-service.ts';
import type { ApprovalStore } from './approval-store.ts';
import type { Approval } from './approval-types.ts';
import { gated } from './gated-place.ts';
import { outcomeOf } from './summarise.ts';
import type { WaitingStore } from './waiting-store.ts';

/** Moves a deployment on that waits; answers false where it does not wait any more. */
type Advance = (
  deploymentId: number,
  status: 'running' | 'failed',
  by: Pick<Principal, 'userId' | 'name'>,
) => Promise<boolean>;

interface ReleaseParts {
  readonly store: ApprovalStore;
  readonly waiting: WaitingStore;
  readonly gates: GateService;
  readonly advance: Advance;
  readonly clock: Clock;
  /** Told where deployments could not be let go at once; the next turn of the job tries again. */
  readonly onError: (error: unknown) => void;
}

const dayMs = 86_400_000;
/** What was decided longer ago, and still waits, is left to people. */
const repairedForMs = 90 * dayMs;
const everyMs = 60_000;
/** What ends before the turn after the next is not left to the job, whose turns are too far apart. */
const plannedForMs = 2 * everyMs;
const forgottenAtOnce = 500;

/**
 * Lets deployments go, or fail, that wait for nothing any more: as the last approval or a rejection comes, as a rule
 * changes, at the end of a freeze, and each minute what none of these has seen to.
 */
export class ReleaseService {
  readonly #parts: ReleaseParts;
  /** By project, what is planned for the end of a freeze. Lost with the node: then the job finds it. */
  readonly #planned = new Map<number, NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  #isStopped = false;

  constructor(parts: ReleaseParts) {
    this.#parts = parts;
  }

  /**
   * Carries out what was decided and not yet done: while a project was frozen, or as a node died in between. What waits
   * for approvals that nobody asks for any more runs, too.
   */
  readonly job: Job = { name: 'release-approved-deployments', everyMs, run: (now) => this.#turn(now) };

  /** After protections or freeze periods changed: of one project, or undefined: of any. Never throws. */
  async afterChange(projectId: number | undefined): Promise<void> {
    const run = this.#releaseAll(this.#parts.clock(), projectId).catch(this.#parts.onError);
    this.#running.add(run);
    await run.finally(() => this.#running.delete(run));
  }

  /** Does with a deployment that waits what its approvals come to. What is approved waits for the end of a freeze. */
  async settle(id: number, place: ReadPlace, needs: ApprovalNeeds, approvals: readonly Approval[]): Promise<void> {
    const { advance, gates, clock } = this.#parts;
    const status = outcomeOf(needs, approvals);
    const last = approvals.toSorted((a, b) => b.updatedAt - a.updatedAt || b.id - a.id)[0];
    const by = { userId: last?.user.id ?? null, name: last?.user.name ?? null };
    if (status === 'rejected') await advance(id, 'failed', by);
    if (status !== 'approved') return;
    const frozen = await gates.frozen(place.projectId, clock());
    if (frozen) this.#plan(place.projectId, frozen.until);
    else await advance(id, 'running', by);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#planned.values()) clearTimeout(timer);
    await Promise.all(this.#running);
  }

  #plan(projectId: number, at: number): void {
    const inMs = at - this.#parts.clock();
    if (inMs > plannedForMs || this.#isStopped) return;
    clearTimeout(this.#planned.get(projectId));
    const timer = setTimeout(() => {
      this.#planned.delete(projectId);
      void this.afterChange(projectId);
    }, inMs);
    this.#planned.set(projectId, timer.unref());
  }

  /** Forgets first what has gone on: whoever changes a rule is answered once all that waits was looked at. */
  async #turn(now: number): Promise<void> {
    let mayBeMore = true;
    while (mayBeMore && !this.#isStopped) mayBeMore = await this.#parts.store.forgetOvertaken(forgottenAtOnce);
    await this.#releaseAll(now);
  }

  async #releaseAll(now: number, projectId?: number): Promise<void> {
    const { store } = this.#parts;
    await this.#releaseSome(await store.decidedButWaiting(now - repairedForMs, projectId));
    let before: number | undefined;
    do {
      const slice = await store.heldBack(before, projectId);
      await this.#releaseSome(slice.ids);
      before = slice.next;
    } while (before !== undefined && !this.#isStopped);
  }

  async #releaseSome(ids: readonly number[]): Promise<void> {
    const { store, waiting, gates } = this.#parts;
    for (const { state, place } of await waiting.byIds(ids)) {
      // Not what is remembered: a protection made on another node a moment ago holds.
      const needs = await gates.needsNow(...gated(place));
      const approvals = (await store.ofDeployments([state.id])).get(state.id) ?? [];
      await this.settle(state.id, place, needs, approvals);
    }
  }
}
