import { ShiplogError } from '../../../client/shiplog-error.ts';
import type { ApprovalState, DecisionRequest } from '../../../contract/approvals.ts';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { projectName } from '../../lib/project-name.ts';
import { refusalText } from '../../lib/refusal.ts';
import { shortVersion } from '../../lib/short-version.ts';

export type Decision = DecisionRequest['decision'];

/** `acme/checkout 2.4.0 in production` */
export function deploymentText(deployment: DeploymentEvent): string {
  return `${projectName(deployment)} ${shortVersion(deployment)} in ${deployment.environment}`;
}

export function decisionErrorText(error: Error): string {
  if (!(error instanceof ShiplogError)) return 'The server cannot be reached. Your comment is kept: try again.';
  if (error.status === 429) return 'Too many requests in a short time. Your comment is kept: try again in a minute.';
  return refusalText(error);
}

/** What a decision led to. */
export function outcomeText(decision: Decision, { deployment, pending, state }: ApprovalState): string {
  const what = deploymentText(deployment);
  if (decision === 'reject') return `You rejected ${what}. It will not be deployed.`;
  if (pending > 0)
    return `You approved ${what}. It waits for ${pending} more ${pending === 1 ? 'approval' : 'approvals'}.`;
  const held = state === 'approved' && deployment.status === 'waiting';
  return `You approved ${what}. ${held ? 'It goes when the freeze of its project ends.' : 'It may go now.'}`;
}

/** Why a form for a decision came too late; undefined: how it stands is not known yet. */
export function tooLateText(state: ApprovalState | undefined): string {
  const rejection = state?.decisions.findLast(({ decision }) => decision === 'reject');
  if (state?.state === 'rejected' && rejection) {
    return `${rejection.name} rejected it${rejection.comment === null ? '.' : `: “${rejection.comment}”`}`;
  }
  const names = state?.decisions.flatMap(({ decision, name }) => (decision === 'approve' ? [name] : [])) ?? [];
  if (state?.state === 'approved' && names.length > 0) {
    return `${[...new Set(names)].join(', ')} approved it: no more approvals are needed.`;
  }
  return 'It no longer waits for you.';
}

function approvalsText(count: number): string {
  return `${count} ${count === 1 ? 'approval' : 'approvals'}`;
}

/** How a deployment stands with its approvals, in a few words. */
export function standingText({ state, pending, deployment, rules, required, decisions }: ApprovalState): string {
  const waits = deployment.status === 'waiting';
  switch (state) {
    case 'not-needed':
      return 'None needed';
    case 'rejected':
      return 'Rejected';
    case 'approved':
      return waits ? 'Approved, waits for the end of a freeze' : 'Approved';
    case 'pending':
      return waits ? `Waits for ${approvalsText(pending)}` : `${missing({ rules, required, decisions })} missing`;
    default:
      return state satisfies never;
  }
}

function missing({ rules, required, decisions }: Pick<ApprovalState, 'rules' | 'required' | 'decisions'>): string {
  const given = decisions.filter(({ decision }) => decision === 'approve').length;
  const lacking = rules.reduce((sum, rule) => sum + rule.pending, 0);
  return approvalsText(rules.length > 0 ? lacking : Math.max(0, required - given));
}
