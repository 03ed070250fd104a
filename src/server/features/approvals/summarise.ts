import type { Status } from '../../../contract/statuses.ts';
import type { ApprovalNeeds } from '../gates/gate-service.ts';
import type { Approval, ApprovalSummary, RuleStatus, SummaryStatus } from './approval-types.ts';

/** What approvals amount to. One rejection rejects; without rules, the users who approved are counted. */
export function summarise(
  { required, rules: wanted, isProtected }: ApprovalNeeds,
  approvals: readonly Approval[],
  status: Status,
): ApprovalSummary {
  const rules = wanted.map((rule): RuleStatus => {
    const own = approvals.filter(({ ruleId }) => ruleId === rule.id);
    const pending = missing(rule.requiredApprovals, own);
    return { rule, approvals: own, pending, status: statusOf(own, pending) };
  });
  const counted = rules.length > 0 ? rules.flatMap((rule) => rule.approvals) : approvals;
  const pending = missingOf({ required, rules: wanted, isProtected }, approvals);
  return {
    pending: status === 'waiting' ? pending : 0,
    required,
    status: required === 0 ? undefined : statusOf(counted, pending),
    approvals,
    rules,
  };
}

/** How many approvals are missing, whether or not the deployment waits for them. */
export function missingOf({ required, rules }: ApprovalNeeds, approvals: readonly Approval[]): number {
  if (rules.length === 0) return missing(required, approvals);
  return rules
    .map((rule) =>
      missing(
        rule.requiredApprovals,
        approvals.filter(({ ruleId }) => ruleId === rule.id),
      ),
    )
    .reduce((sum, count) => sum + count, 0);
}

function missing(required: number, approvals: readonly Approval[]): number {
  const users = new Set(approvals.filter(({ status }) => status === 'approved').map(({ user }) => user.id));
  return Math.max(0, required - users.size);
}

function statusOf(approvals: readonly Approval[], pending: number): SummaryStatus {
  if (approvals.some(({ status }) => status === 'rejected')) return 'rejected';
  return pending === 0 ? 'approved' : 'pending_approval';
}
