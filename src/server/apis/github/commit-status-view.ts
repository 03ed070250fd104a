import type { CombinedStatus, CommitStatus } from '../../features/commit-statuses/commit-status-types.ts';
import type { Project } from '../../features/projects/project-types.ts';
import type { LinkedProject } from './deployment-view.ts';
import type { Addresses } from './mounts.ts';
import { nodeIdOf } from './node-id.ts';
import { repositoryUrl } from './repository.ts';
import { repositoryView } from './repository-view.ts';
import { timeText } from './time-text.ts';
import { userView } from './user-view.ts';

/** GitHub's commit status as it stands in the combined status: without who told it. */
export function simpleCommitStatusView(status: CommitStatus, project: LinkedProject, { apiUrl, webUrl }: Addresses) {
  const at = timeText(status.createdAt);
  return {
    // GitHub serves no single commit status: the address is that of the commit's.
    url: `${repositoryUrl(project, apiUrl)}/statuses/${encodeURIComponent(status.sha)}`,
    avatar_url: status.user && userView(status.user, webUrl, apiUrl).avatar_url,
    id: status.id,
    node_id: nodeIdOf('StatusContext', status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: at,
    updated_at: at,
  };
}

export function commitStatusView(status: CommitStatus, project: LinkedProject, addresses: Addresses) {
  const { apiUrl, webUrl } = addresses;
  return {
    ...simpleCommitStatusView(status, project, addresses),
    creator: status.user && userView(status.user, webUrl, apiUrl),
  };
}

/** `statuses` are those of one page. */
export function combinedStatusView(
  { state, sha, statuses }: CombinedStatus,
  page: readonly CommitStatus[],
  project: Project,
  addresses: Addresses,
) {
  const commitUrl = `${repositoryUrl(project, addresses.apiUrl)}/commits/${encodeURIComponent(sha)}`;
  return {
    state,
    statuses: page.map((each) => simpleCommitStatusView(each, project, addresses)),
    sha,
    total_count: statuses.length,
    repository: repositoryView(project, addresses),
    commit_url: commitUrl,
    url: `${commitUrl}/status`,
  };
}
