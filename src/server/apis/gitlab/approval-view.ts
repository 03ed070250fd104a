import type { Approval, ApprovalSummary } from '../../features/approvals/approval-types.ts';
import { entryView } from './protected-environment-view.ts';
import { userBasicView } from './user-view.ts';

/** One decision about a deployment. */
export function approvalView({ user, status, comment, createdAt }: Approval, baseUrl: string) {
  return {
    user: userBasicView(user, baseUrl),
    status,
    created_at: new Date(createdAt).toISOString(),
    comment,
  };
}

/** What GitLab's Premium tier adds to a deployment that is shown by itself. */
export function approvalSummaryView({ pending, approvals, rules }: ApprovalSummary, baseUrl: string) {
  return {
    pending_approval_count: pending,
    approvals: approvals.map((approval) => approvalView(approval, baseUrl)),
    approval_summary: {
      rules: rules.map(({ rule, approvals: own }) => ({
        ...entryView(rule),
        required_approvals: rule.requiredApprovals,
        deployment_approvals: own.map((approval) => approvalView(approval, baseUrl)),
      })),
    },
  };
}
