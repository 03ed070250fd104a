import type { Clock } from '../../clock.ts';
import { forbidden, notFound } from '../../errors.ts';
import type { Job } from '../../jobs/job-runner.ts';
import type { AuditEntry } from '../../log/audit-log.ts';
import type { ReadPlace } from '../../log/places.ts';
import { type Principal, sees } from '../../principal.ts';
import type { ApprovalNeeds, GateService } from '../gates/gate-service.ts';
import type { ApprovalStore } from './approval-store.ts';
import type { ApprovableDeployment, Approval, ApprovalSummary, Decision } from './approval-types.ts';
import { judge, refuse } from './judge-decision.ts';
import { missingOf, outcomeOf, summarise } from './summarise.ts';
import type { WaitingStore } from './waiting-store.ts';
import type { WaitingDeployment } from './waiting-types.ts';

/** Moves a deployment on that waits; answers false where it does not wait any more. */
export type Advance = (
  deploymentId: number,
  status: 'running' | 'failed',
  by: { readonly userId: number | null },
) => Promise<boolean>;

const dayMs = 86_400_000;
/** What was decided longer ago, and still waits, is left to people. */
const repairedForMs = 90 * dayMs;

/**
 * What people decide about deployments that wait. A rejection ends the waiting at once; the last approval that is needed
 * ends it too, but not before the end of a freeze.
 */
export class ApprovalService {
  readonly #store: ApprovalStore;
  readonly #waiting: WaitingStore;
  readonly #gates: GateService;
  readonly #advance: Advance;
  readonly #clock: Clock;

  constructor(store: ApprovalStore, waiting: WaitingStore, gates: GateService, advance: Advance, clock: Clock) {
    this.#store = store;
    this.#waiting = waiting;
    this.#gates = gates;
    this.#advance = advance;
    this.#clock = clock;
  }

  /** What was decided about a deployment, and what is needed. */
  async summary(deployment: ApprovableDeployment): Promise<ApprovalSummary> {
    const { needs, approvals } = await this.#standing(deployment);
    return summarise(needs, approvals, deployment.state.latest.status);
  }

  /** How many approvals a deployment lacks, whether or not it waits for them. */
  async missing(deployment: ApprovableDeployment): Promise<number> {
    const { needs, approvals } = await this.#standing(deployment);
    return missingOf(needs, approvals);
  }

  /** Throws `not_found`, also for what the caller may not see. */
  async find(principal: Principal, id: number): Promise<WaitingDeployment> {
    const [found] = Number.isSafeInteger(id) ? await this.#waiting.byIds([id]) : [];
    if (!found || !sees(principal, found.place)) throw notFound('deployment');
    return found;
  }

  /**
   * Stores a user's decision, with its audit entry, and moves the deployment on where that was the last one needed. Throws
   * `forbidden` for a token without a user, and `rule_refused` as judge-decision.ts says.
   */
  async decide(principal: Principal, { state, place }: ApprovableDeployment, decision: Decision): Promise<Approval> {
    const { userId } = principal;
    if (userId === null) throw forbidden('A decision needs a user, and this token acts for none');
    const isFrozen = (await this.#gates.frozen(place.projectId, this.#clock())) !== undefined;
    const competence = { ...(await this.#gates.competence(principal, ...gated(place))), isFrozen };
    const made = { deploymentId: state.id, projectId: place.projectId, userId, decision, at: this.#clock() };
    const { approval, all, isNew } = await this.#store.decide(made, auditOf(principal, place, made), (now) => {
      if (!now) throw notFound('deployment');
      return judge(userId, competence, now, decision);
    });
    await this.#settle(state.id, place, competence.needs, all);
    if (isNew && decision.status === 'rejected') await this.#refuseOvertaken(state.id);
    return approval;
  }

  /**
   * Carries out what was decided and not yet done: while a project was frozen, or as a node died in between. What waits
   * for approvals that nobody asks for any more runs, too.
   */
  readonly release: Job = {
    name: 'release-approved-deployments',
    everyMs: 60_000,
    run: async (now) => {
      const decided = await this.#store.decidedButWaiting(now - repairedForMs);
      const ids = [...new Set([...decided, ...(await this.#store.heldBack())])];
      for (const { state, place } of await this.#waiting.byIds(ids)) {
        // Not what is remembered: a protection made on another node a moment ago holds.
        const needs = await this.#gates.needsNow(...gated(place));
        const approvals = (await this.#store.ofDeployments([state.id])).get(state.id) ?? [];
        await this.#settle(state.id, place, needs, approvals);
      }
    },
  };

  async #settle(id: number, place: ReadPlace, needs: ApprovalNeeds, approvals: readonly Approval[]): Promise<void> {
    const status = outcomeOf(needs, approvals);
    const last = approvals.toSorted((a, b) => b.updatedAt - a.updatedAt || b.id - a.id)[0];
    const by = { userId: last?.user.id ?? null };
    if (status === 'rejected') await this.#advance(id, 'failed', by);
    if (status !== 'approved' || (await this.#gates.frozen(place.projectId, this.#clock()))) return;
    await this.#advance(id, 'running', by);
  }

  /** Throws where what was rejected runs: a freeze or a protection ended in the same moment. */
  async #refuseOvertaken(id: number): Promise<void> {
    const [after] = await this.#waiting.byIds([id]);
    if (after && after.state.latest.status !== 'failed') throw refuse('notWaiting');
  }

  async #standing({ state, place }: ApprovableDeployment) {
    const [project, environment] = gated(place);
    const needs = await this.#gates.approvalNeeds(project, environment);
    // What was told in one report that did not wait has never waited, so nobody can have decided.
    const isDecidable = state.latest.status === 'waiting' || state.eventCount > 1;
    const approvals = isDecidable ? (await this.#store.ofDeployments([state.id])).get(state.id) : undefined;
    return { needs, approvals: approvals ?? [] };
  }
}

/** A place in the words of the gates. */
export function gated(place: ReadPlace) {
  return [
    { ...place, id: place.projectId },
    { name: place.environment, tier: place.tier },
  ] as const;
}

function auditOf(
  author: Principal,
  place: ReadPlace,
  made: { readonly deploymentId: number; readonly decision: Decision; readonly at: number },
): AuditEntry {
  const { status, comment } = made.decision;
  return {
    at: made.at,
    author,
    projectId: place.projectId,
    groupId: null,
    action: `deployment_${status}`,
    details: { deployment_id: made.deploymentId, environment: place.environment, comment },
  };
}
