import { type Principal, satisfies } from '../../principal.ts';
import type { GateService } from '../gates/gate-service.ts';
import type { ApprovalStore } from './approval-store.ts';
import type { Approval, ApprovalSummary } from './approval-types.ts';
import { gated } from './gated-place.ts';
import { mayApprove } from './judge-decision.ts';
import { summarise } from './summarise.ts';
import type { WaitingStore } from './waiting-store.ts';
import type { WaitingDeployment } from './waiting-types.ts';

export interface InboxItem {
  readonly deployment: WaitingDeployment;
  readonly summary: ApprovalSummary;
}

export interface InboxPage {
  readonly items: readonly InboxItem[];
  /** undefined on the last page. */
  readonly next: number | undefined;
}

/** So much is looked through for one page; it may hold less than was asked for, and the next one goes on. */
const sliceSize = 200;
const mostSlices = 10;

type Competence = Awaited<ReturnType<GateService['competence']>>;

/** What waits for a user: deployments that they may decide about, and have not. */
export class InboxService {
  readonly #store: ApprovalStore;
  readonly #waiting: WaitingStore;
  readonly #gates: GateService;

  constructor(store: ApprovalStore, waiting: WaitingStore, gates: GateService) {
    this.#store = store;
    this.#waiting = waiting;
    this.#gates = gates;
  }

  /** Latest first, going on after a page's `next`. A token without a user has nothing to decide. */
  async page(principal: Principal, limit: number, after: number | undefined): Promise<InboxPage> {
    const items: InboxItem[] = [];
    if (principal.userId === null) return { items, next: undefined };
    const competences = new Map<number, Promise<Competence>>();
    let next = after;
    for (let slices = 0; slices < mostSlices; slices += 1) {
      const slice = await this.#waiting.slice(principal, next, sliceSize);
      const approvals = await this.#store.ofDeployments(slice.items.map(({ state }) => state.id));
      for (const deployment of slice.items) {
        const { state, place } = deployment;
        const competence = competences.get(place.environmentId) ?? this.#gates.competence(principal, ...gated(place));
        competences.set(place.environmentId, competence);
        const item = itemFor(principal.userId, await competence, deployment, approvals.get(state.id) ?? []);
        if (item) items.push(item);
        if (items.length === limit) return { items, next: state.latest.position };
      }
      next = slice.next;
      if (next === undefined) break;
    }
    return { items, next };
  }

  /** What a caller may still decide about one deployment: nothing, by a token that only reads. */
  async choices(
    principal: Principal,
    deployment: WaitingDeployment,
    { pending, required, approvals }: ApprovalSummary,
  ): Promise<{ readonly approve: boolean; readonly reject: boolean }> {
    const { userId } = principal;
    const competence = await this.#gates.competence(principal, ...gated(deployment.place));
    const waits = deployment.state.latest.status === 'waiting' && required > 0;
    const mayWrite = satisfies(principal, 'write');
    if (userId === null || !mayWrite || !waits || !competence.mayDecide) return { approve: false, reject: false };
    const said = ownDecision(userId, competence, approvals);
    const mayAgree = pending > 0 && mayApprove(userId, competence.needs, deployment);
    return { approve: mayAgree && said !== 'approved', reject: said !== 'rejected' };
  }
}

/** undefined where the user has nothing to decide about the deployment, or has done so. */
function itemFor(
  userId: number,
  { needs, mayDecide, rules }: Competence,
  deployment: WaitingDeployment,
  approvals: readonly Approval[],
): InboxItem | undefined {
  const summary = summarise(needs, approvals, deployment.state.latest.status);
  if (!mayDecide || summary.pending === 0 || !mayApprove(userId, needs, deployment)) return undefined;
  return ownDecision(userId, { rules }, approvals) === undefined ? { deployment, summary } : undefined;
}

/** What a user has decided for the rule by which they decide. */
function ownDecision(
  userId: number,
  { rules: [first] }: Pick<Competence, 'rules'>,
  approvals: readonly Approval[],
): Approval['status'] | undefined {
  const own = approvals.filter(({ user }) => user.id === userId);
  return (first ? own.find(({ ruleId }) => ruleId === first.id) : own[0])?.status;
}
