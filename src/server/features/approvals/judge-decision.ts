import { ShiplogFault } from '../../errors.ts';
import type { ApprovalNeeds } from '../gates/gate-service.ts';
import { type AccessEntry, entryName } from '../protected-environments/protection-types.ts';
import type { ApprovableDeployment, Approval, Decision } from './approval-types.ts';
import { outcomeOf } from './summarise.ts';

/** A deployment as it is while nothing else happens to it. */
export interface DeploymentNow {
  readonly state: Pick<ApprovableDeployment['state'], 'id' | 'userId' | 'latest'>;
  readonly allowSelfApproval: boolean;
  readonly approvals: readonly Approval[];
}

/** What the caller may decide there, and for which rules, in order. */
export interface Competence {
  readonly needs: ApprovalNeeds;
  readonly rules: readonly AccessEntry[];
  readonly mayDecide: boolean;
  /** Whether what is approved has to wait for the end of a freeze. */
  readonly isFrozen: boolean;
}

export type Verdict =
  | { readonly kind: 'stands'; readonly approval: Approval }
  | { readonly kind: 'decides'; readonly ruleId: number | null; readonly changes: Approval | undefined };

const refusals = {
  unprotected: 'This environment is not protected.',
  own: 'You cannot approve your own deployment. This configuration can be adjusted in the protected environment settings.',
  unneeded: 'Deployment approvals is not configured for this environment.',
  notWaiting: 'This deployment is not waiting for approvals.',
  notCompetent: "You don't have permission to approve this deployment. Contact the project or group owner for help.",
  noSuchRule:
    'There are no approval rules for the given `represent_as` parameter. Use a valid User/Group/Role name instead.',
} as const;

/**
 * Whether a user's decision counts, in the order in which tools expect the checks. To decide the same again changes nothing, even when
 * the deployment has gone on meanwhile: who asks twice gets one answer. Throws `rule_refused`.
 */
export function judge(
  userId: number,
  { needs, rules, mayDecide, isFrozen }: Competence,
  now: DeploymentNow,
  decision: Decision,
): Verdict {
  const { status, representedAs } = decision;
  if (!needs.isProtected) throw refuse('unprotected');
  if (status === 'approved' && !mayApprove(userId, needs, now)) throw refuse('own');
  if (needs.required === 0) throw refuse('unneeded');
  const rule = representedAs === undefined ? rules[0] : rules.find((each) => entryName(each).includes(representedAs));
  const ruleId = needs.rules.length === 0 ? null : rule?.id;
  const earlier = now.approvals.find((approval) => approval.user.id === userId && approval.ruleId === ruleId);
  if (earlier?.status === status) return { kind: 'stands', approval: earlier };
  if (!isOpen(needs, now, status, isFrozen)) throw refuse('notWaiting');
  if (!mayDecide) throw refuse('notCompetent');
  if (ruleId === undefined) throw refuse('noSuchRule');
  return { kind: 'decides', ruleId, changes: earlier };
}

/** Whether the rule against approving one's own deployment lets a user approve it. */
export function mayApprove(
  userId: number,
  { selfApproval }: Pick<ApprovalNeeds, 'selfApproval'>,
  { state, allowSelfApproval }: Omit<DeploymentNow, 'approvals'>,
): boolean {
  const isOwnAllowed = selfApproval === 'as-the-project-says' ? allowSelfApproval : selfApproval === 'allowed';
  return isOwnAllowed || state.userId !== userId;
}

/**
 * What is decided is about to be carried out, so that another decision would have no effect. Only what is approved and
 * waits for the end of a freeze can still be rejected.
 */
function isOpen(
  needs: ApprovalNeeds,
  { state, approvals }: DeploymentNow,
  status: Decision['status'],
  isFrozen: boolean,
): boolean {
  if (state.latest.status !== 'waiting') return false;
  const outcome = outcomeOf(needs, approvals);
  return outcome === 'pending_approval' || (outcome === 'approved' && isFrozen && status === 'rejected');
}

export function refuse(reason: keyof typeof refusals): ShiplogFault {
  return new ShiplogFault('rule_refused', refusals[reason]);
}
