import type { ApprovalDecision, ApprovalRule, ApprovalState, InboxItem } from '../../../contract/approvals.ts';
import type { Approval, ApprovalSummary, RuleStatus, SummaryStatus } from '../../features/approvals/approval-types.ts';
import type { InboxItem as WaitingItem } from '../../features/approvals/inbox-service.ts';
import type { WaitingDeployment } from '../../features/approvals/waiting-types.ts';
import type { Effect } from '../../features/changes/effect-service.ts';
import { entryName } from '../../features/protected-environments/protection-types.ts';
import { shipmentView } from './change-view.ts';
import { markView, timeText } from './event-view.ts';

/** A deployment that waits for the caller, as this API shows it. */
export function inboxItemView(item: WaitingItem, effect: Effect | undefined): InboxItem {
  const { replaces, differs } = effect ?? {};
  return {
    ...standingView(item),
    replaces: replaces ? shipmentView(replaces) : null,
    brings: differs?.brings ?? null,
    takes_out: differs?.takesOut ?? null,
  };
}

function standingView({ deployment, summary }: WaitingItem) {
  const { state, place, user } = deployment;
  return {
    deployment: markView(place, state, state.latest),
    requested_by: user?.username ?? null,
    required: summary.required,
    pending: summary.pending,
    rules: summary.rules.map(ruleView),
    decisions: summary.approvals.map((approval) => decisionView(approval, summary)),
  };
}

/** The same of any deployment, with what the caller may still decide. */
export function approvalStateView(
  deployment: WaitingDeployment,
  summary: ApprovalSummary,
  may: { readonly approve: boolean; readonly reject: boolean },
): ApprovalState {
  return {
    ...standingView({ deployment, summary }),
    state: summary.status === undefined ? 'not-needed' : states[summary.status],
    may_approve: may.approve,
    may_reject: may.reject,
  };
}

const states = { pending_approval: 'pending', approved: 'approved', rejected: 'rejected' } as const satisfies Record<
  SummaryStatus,
  ApprovalState['state']
>;

function ruleView({ rule, pending }: RuleStatus): ApprovalRule {
  const kind = rule.userId !== null ? 'user' : rule.groupId !== null ? 'group' : 'level';
  return { name: entryName(rule), kind, required: rule.requiredApprovals, pending };
}

function decisionView(
  { user, ruleId, status, comment, updatedAt }: Approval,
  { rules }: ApprovalSummary,
): ApprovalDecision {
  const met = rules.find(({ rule }) => rule.id === ruleId);
  return {
    username: user.username,
    name: user.name,
    decision: status === 'approved' ? 'approve' : 'reject',
    rule: met ? entryName(met.rule) : null,
    comment,
    decided_at: timeText(updatedAt),
  };
}
