import type { Reviewer, SetupChange } from '../../features/environments/environment-setup-service.ts';
import { boolean, choice, fields, integer, list, record, Unfit } from './fields.ts';

const mostReviewers = 6;
const longestWaitMinutes = 43_200;

const reviewer = record(
  { type: choice(['User', 'Team'], { required: true }), id: integer({ required: true, min: 1 }) },
  { required: true },
);

const declared = {
  wait_timer: integer({ min: 0, max: longestWaitMinutes }),
  prevent_self_review: boolean(),
  reviewers: list(reviewer, { nullable: true, maxItems: mostReviewers }),
  deployment_branch_policy: record(
    { protected_branches: boolean({ required: true }), custom_branch_policies: boolean({ required: true }) },
    { nullable: true },
  ),
} as const;

/** What the body of a PUT asks of an environment. Throws one 422 for what is wrong, and for what cannot be kept to. */
export function environmentSetupOf(body: Readonly<Record<string, unknown>>): SetupChange {
  const read = fields(body, 'Environment', { ...declared, wait_timer: noWait, deployment_branch_policy: branchPolicy });
  const { prevent_self_review: prevented, reviewers, deployment_branch_policy: policy } = read;
  return {
    reviewers: reviewers === null ? [] : reviewers?.map(reviewerOf),
    selfReview: prevented === undefined ? undefined : !prevented,
    refsLimited: policy === undefined ? undefined : policy !== null,
  };
}

const noWait = {
  read(given: unknown, name: string): number | undefined {
    const minutes = declared.wait_timer.read(given, name);
    // To take it, and not to wait, would be worse than to say no.
    if (minutes) throw new Unfit({ field: name, code: 'custom', message: `${name} is not supported: it must be 0` });
    return minutes;
  },
};

const branchPolicy = {
  read(given: unknown, name: string) {
    const policy = declared.deployment_branch_policy.read(given, name);
    if (!policy) return policy;
    const refuse = (message: string) => new Unfit({ field: name, code: 'custom', message: `${name} ${message}` });
    if (policy.protected_branches === policy.custom_branch_policies) {
      throw refuse('protected_branches and custom_branch_policies cannot have the same value');
    }
    if (policy.protected_branches) {
      throw refuse('cannot ask for protected branches, which are not known here: use custom_branch_policies');
    }
    return policy;
  },
};

function reviewerOf({ type, id }: { readonly type: 'User' | 'Team'; readonly id: number }): Reviewer {
  return type === 'User' ? { userId: id } : { groupId: id };
}
