import type { EnvironmentSetup } from '../../features/environments/environment-setup-service.ts';
import type { Reviewers } from '../../features/environments/known-reviewers.ts';
import type { RefRule } from '../../features/environments/ref-policy-types.ts';
import type { Group } from '../../features/groups/group-types.ts';
import type { Project } from '../../features/projects/project-types.ts';
import type { AccessEntry, Protection } from '../../features/protected-environments/protection-types.ts';
import type { Addresses } from './mounts.ts';
import { nodeIdOf } from './node-id.ts';
import { repositoryUrl } from './repository.ts';
import { timeText } from './time-text.ts';
import { userView } from './user-view.ts';

/** GitHub's environment, with the rules that hold deployments to it back. */
export function environmentView(setup: EnvironmentSetup, project: Project, addresses: Addresses) {
  const { environment, protections, reviewers } = setup;
  const { id, name, createdAt, updatedAt, refsLimited } = environment;
  const { webUrl, apiUrl } = addresses;
  const reviewRule = (protection: Protection) => ({
    id: protection.id,
    node_id: nodeIdOf('GateRequiredReviewers', protection.id),
    type: 'required_reviewers',
    prevent_self_review: !(protection.selfApproval ?? project.allowSelfApproval),
    reviewers: protection.approvalRules.flatMap((rule) => reviewerView(rule, reviewers, addresses) ?? []),
  });
  return {
    id,
    node_id: nodeIdOf('Environment', id),
    name,
    url: `${repositoryUrl(project, apiUrl)}/environments/${encodeURIComponent(name)}`,
    html_url: `${webUrl}/`,
    created_at: timeText(createdAt),
    updated_at: timeText(updatedAt),
    protection_rules: [
      ...protections.filter(needsReview).map(reviewRule),
      ...(refsLimited ? [{ id, node_id: nodeIdOf('GateBranchPolicy', id), type: 'branch_policy' }] : []),
    ],
    deployment_branch_policy: refsLimited ? { protected_branches: false, custom_branch_policies: true } : null,
  };
}

/** GitHub's deployment branch policy: one pattern. */
export function refRuleView({ id, pattern, kind }: RefRule) {
  return { id, node_id: nodeIdOf('GateBranchPolicy', id), name: pattern, type: kind };
}

function needsReview({ approvalRules, requiredApprovals }: Protection): boolean {
  return approvalRules.length > 0 || requiredApprovals > 0;
}

/**
 * undefined for what is neither a user nor a group that the caller may know of: GitHub has no word for everybody of an access
 * level.
 */
function reviewerView({ userId, groupPath }: AccessEntry, { users, groups }: Reviewers, addresses: Addresses) {
  const user = userId === null ? undefined : users.get(userId);
  if (user) return { type: 'User', reviewer: userView(user, addresses.webUrl, addresses.apiUrl) };
  const group = groupPath === null ? undefined : groups.get(groupPath);
  return group && { type: 'Team', reviewer: teamView(group, addresses) };
}

function teamView({ id, path, name }: Group, { webUrl, apiUrl }: Addresses) {
  const url = `${apiUrl}/teams/${id}`;
  return {
    id,
    node_id: nodeIdOf('Team', id),
    name,
    slug: path.replaceAll('/', '-'),
    description: null,
    privacy: 'closed',
    permission: 'pull',
    url,
    html_url: `${webUrl}/groups/${path.split('/').map(encodeURIComponent).join('/')}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    parent: null,
  };
}
