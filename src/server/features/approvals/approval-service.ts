import type { Clock } from '../../clock.ts';
import { forbidden, notFound } from '../../errors.ts';
import type { AuditEntry } from '../../log/audit-log.ts';
import type { ReadPlace } from '../../log/places.ts';
import { type Principal, sees } from '../../principal.ts';
import type { GateService } from '../gates/gate-service.ts';
import type { ApprovalStore } from './approval-store.ts';
import type { ApprovableDeployment, Approval, ApprovalSummary, Decision } from './approval-types.ts';
import { gated } from './gated-place.ts';
import { judge, refuse } from './judge-decision.ts';
import type { ReleaseService } from './release-service.ts';
import { missingOf, summarise } from './summarise.ts';
import type { WaitingStore } from './waiting-store.ts';
import type { WaitingDeployment } from './waiting-types.ts';

/**
 * What people decide about deployments that wait. A rejection ends the waiting at once; the last approval that is needed
 * ends it too, but not before the end of a freeze.
 */
export class ApprovalService {
  readonly #store: ApprovalStore;
  readonly #waiting: WaitingStore;
  readonly #gates: GateService;
  readonly #releases: ReleaseService;
  readonly #clock: Clock;

  constructor(store: ApprovalStore, waiting: WaitingStore, gates: GateService, releases: ReleaseService, clock: Clock) {
    this.#store = store;
    this.#waiting = waiting;
    this.#gates = gates;
    this.#releases = releases;
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
    await this.#releases.settle(state.id, place, competence.needs, all);
    if (isNew && decision.status === 'rejected') await this.#refuseOvertaken(state.id);
    return approval;
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
    action: status === 'approved' ? 'deployment_approved' : 'deployment_rejected',
    details: { deployment_id: made.deploymentId, environment: place.environment, comment },
  };
}
