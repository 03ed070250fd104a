import type { Status } from '../../../contract/statuses.ts';
import type { ApprovalNeeds } from '../gates/gate-service.ts';
import { type AccessEntry, sumOverChoices } from '../protected-environments/protection-types.ts';
import type { Approval, ApprovalSummary, RuleStatus, SummaryStatus } from './approval-types.ts';

/** What approvals amount to. One rejection rejects; without rules, the users who approved are counted. */
export function summarise(needs: ApprovalNeeds, approvals: readonly Approval[], status: Status): ApprovalSummary {
  const { required } = needs;
  const rules = needs.rules.map((rule): RuleStatus => {
    const own = approvals.filter(({ ruleId }) => ruleId === rule.id);
    // Where one of a choice is met, the others need nothing more.
    const alike = needs.rules.filter(({ id, choice }) => id === rule.id || (choice !== null && choice === rule.choice));
    const isMet = alike.some((each) => missingFor(each, approvals) === 0);
    const pending = isMet ? 0 : missingFor(rule, approvals);
    return { rule, approvals: own, pending, status: statusOf(own, pending) };
  });
  return {
    pending: status === 'waiting' ? missingOf(needs, approvals) : 0,
    required,
    status: required === 0 ? undefined : outcomeOf(needs, approvals),
    approvals,
    rules,
  };
}

/** What becomes of a deployment that waits. Where no approvals are needed any more, it is approved. */
export function outcomeOf(needs: ApprovalNeeds, approvals: readonly Approval[]): SummaryStatus {
  const ids = new Set(needs.rules.map(({ id }) => id));
  const counted = ids.size > 0 ? approvals.filter(({ ruleId }) => ruleId !== null && ids.has(ruleId)) : approvals;
  return statusOf(counted, missingOf(needs, approvals));
}

/** How many approvals are missing, whether or not the deployment waits for them. */
export function missingOf({ required, rules }: ApprovalNeeds, approvals: readonly Approval[]): number {
  if (rules.length === 0) return missing(required, approvals);
  return sumOverChoices(rules, (rule) => missingFor(rule, approvals));
}

function missingFor({ id, requiredApprovals }: AccessEntry, approvals: readonly Approval[]): number {
  const own = approvals.filter(({ ruleId }) => ruleId === id);
  return missing(requiredApprovals, own);
}

function missing(required: number, approvals: readonly Approval[]): number {
  const users = new Set(approvals.filter(({ status }) => status === 'approved').map(({ user }) => user.id));
  return Math.max(0, required - users.size);
}

function statusOf(approvals: readonly Approval[], pending: number): SummaryStatus {
  if (approvals.some(({ status }) => status === 'rejected')) return 'rejected';
  return pending === 0 ? 'approved' : 'pending_approval';
}
