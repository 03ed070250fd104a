import type { EnvironmentSetup } from '../../features/environments/environment-setup-service.ts';
import type { RefRule } from '../../features/environments/ref-policy-types.ts';
import type { Project } from '../../features/projects/project-types.ts';
import type { AccessEntry, Protection } from '../../features/protected-environments/protection-types.ts';
import type { User } from '../../features/users/user-types.ts';
import { repositoryUrl } from './repository.ts';
import { nodeIdOf, timeText } from './time-text.ts';
import { userView } from './user-view.ts';

export interface EnvironmentSurroundings {
  readonly project: Project;
  /** Those whom protections name, by id. */
  readonly users: ReadonlyMap<number, User>;
  readonly webUrl: string;
  readonly apiUrl: string;
}

/** GitHub's environment, with the rules that hold deployments to it back. */
export function environmentView({ environment, protections }: EnvironmentSetup, around: EnvironmentSurroundings) {
  const { id, name, createdAt, updatedAt, refsLimited } = environment;
  const { project, webUrl, apiUrl } = around;
  return {
    id,
    node_id: nodeIdOf('Environment', id),
    name,
    url: `${repositoryUrl(project, apiUrl)}/environments/${encodeURIComponent(name)}`,
    html_url: `${webUrl}/`,
    created_at: timeText(createdAt),
    updated_at: timeText(updatedAt),
    protection_rules: [
      ...protections.filter(needsReview).map((protection) => reviewRuleView(protection, around)),
      ...(refsLimited ? [{ id, node_id: nodeIdOf('GateBranchPolicy', id), type: 'branch_policy' }] : []),
    ],
    deployment_branch_policy: refsLimited ? { protected_branches: false, custom_branch_policies: true } : null,
  };
}

/** GitHub's deployment branch policy: one pattern. */
export function refRuleView({ id, pattern, kind }: RefRule) {
  return { id, node_id: nodeIdOf('GateBranchPolicy', id), name: pattern, type: kind };
}

/** Whom the protections of environments name, to be looked up for their views. */
export function reviewerIdsOf(setups: readonly EnvironmentSetup[]): number[] {
  const rules = setups.flatMap(({ protections }) => protections.flatMap(({ approvalRules }) => approvalRules));
  return rules.flatMap(({ userId }) => userId ?? []);
}

function needsReview({ approvalRules, requiredApprovals }: Protection): boolean {
  return approvalRules.length > 0 || requiredApprovals > 0;
}

function reviewRuleView({ id, approvalRules, selfApproval }: Protection, around: EnvironmentSurroundings) {
  return {
    id,
    node_id: nodeIdOf('GateRequiredReviewers', id),
    type: 'required_reviewers',
    prevent_self_review: !(selfApproval ?? around.project.allowSelfApproval),
    reviewers: approvalRules.flatMap((rule) => reviewerView(rule, around) ?? []),
  };
}

/** undefined for what is neither a user nor a group: GitHub has no word for everybody of an access level. */
function reviewerView({ userId, groupId, groupPath, name }: AccessEntry, around: EnvironmentSurroundings) {
  const user = userId === null ? undefined : around.users.get(userId);
  if (user) return { type: 'User', reviewer: userView(user, around.webUrl, around.apiUrl) };
  if (groupId === null || groupPath === null) return undefined;
  return { type: 'Team', reviewer: teamView({ id: groupId, path: groupPath, name: name ?? groupPath }, around) };
}

function teamView(
  { id, path, name }: { readonly id: number; readonly path: string; readonly name: string },
  { webUrl, apiUrl }: EnvironmentSurroundings,
) {
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
