import { statusTable } from '../../../contract/statuses.ts';
import type { StatusRecord } from '../../features/deployments/request-types.ts';
import { deploymentUrl, type LinkedProject } from './deployment-view.ts';
import type { Addresses } from './mounts.ts';
import { nodeIdOf } from './node-id.ts';
import { repositoryUrl } from './repository.ts';
import { timeText } from './time-text.ts';
import { userView } from './user-view.ts';

/** GitHub's deployment status. A status that came by this API has the word that it came with, others the nearest one. */
export function statusView(
  status: StatusRecord,
  project: LinkedProject,
  deploymentId: number,
  { apiUrl, webUrl }: Addresses,
) {
  const deployment = deploymentUrl(project, deploymentId, apiUrl);
  const logUrl = status.logUrl ?? '';
  const at = timeText(status.at);
  return {
    url: `${deployment}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeIdOf('DeploymentStatus', status.id),
    state: status.dialect === 'github' ? status.word : statusTable[status.status].github,
    creator: status.user && userView(status.user, webUrl, apiUrl),
    description: status.description ?? '',
    environment: status.environment,
    target_url: logUrl,
    created_at: at,
    updated_at: at,
    deployment_url: deployment,
    repository_url: repositoryUrl(project, apiUrl),
    environment_url: status.environmentUrl ?? '',
    log_url: logUrl,
    performed_via_github_app: null,
  };
}
