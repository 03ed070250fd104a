import { statusTable } from '../../../contract/statuses.ts';
import type { Notice, Subject } from '../../features/webhooks/webhook-types.ts';
import { deploymentUrl } from './deployment-view.ts';
import { hookSender } from './hook-surroundings.ts';
import type { Addresses } from './mounts.ts';
import { nodeIdOf } from './node-id.ts';
import { repositoryUrl } from './repository.ts';
import { timeText } from './time-text.ts';

/** A deployment as webhooks tell of it: as the API shows it, with somebody for its creator in any case. */
export function hookDeploymentView({ deployment, environment, project, user }: Subject, addresses: Addresses) {
  const { id, ref, sha, version, description, createdAt, updatedAt, request } = deployment;
  const url = deploymentUrl(project, id, addresses.apiUrl);
  return {
    url,
    id,
    node_id: nodeIdOf('Deployment', id),
    sha: sha ?? ref ?? version ?? '',
    ref: ref ?? version ?? sha ?? '',
    task: request?.task ?? 'deploy',
    payload: request?.payload ?? {},
    original_environment: environment.name,
    environment: environment.name,
    transient_environment: request?.transient ?? false,
    production_environment: request?.production ?? environment.tier === 'production',
    description,
    creator: hookSender(user, addresses),
    created_at: timeText(createdAt),
    updated_at: timeText(updatedAt),
    statuses_url: `${url}/statuses`,
    repository_url: repositoryUrl(project, addresses.apiUrl),
    performed_via_github_app: null,
  };
}

/** The status that a notice tells of, under the id that the API shows it by. */
export function hookStatusView(notice: Notice, state: string, subject: Subject, addresses: Addresses) {
  const { deployment, environment, project, event } = subject;
  const deploymentAt = deploymentUrl(project, deployment.id, addresses.apiUrl);
  const logUrl = event?.logUrl ?? null;
  const at = timeText(notice.at);
  return {
    url: `${deploymentAt}/statuses/${notice.position}`,
    id: notice.position,
    node_id: nodeIdOf('DeploymentStatus', notice.position),
    state,
    creator: hookSender(event?.user ?? null, addresses),
    description: event?.note?.description ?? '',
    environment: event?.note?.environment ?? environment.name,
    environment_url: event?.note?.environmentUrl ?? '',
    ...(logUrl === null ? {} : { log_url: logUrl }),
    target_url: logUrl ?? '',
    created_at: at,
    updated_at: at,
    deployment_url: deploymentAt,
    repository_url: repositoryUrl(project, addresses.apiUrl),
    performed_via_github_app: null,
  };
}

/** GitHub's word for the status that a notice tells of; undefined: GitHub tells nobody of it. */
export function toldState({ status, word }: Notice, { event }: Subject): string | undefined {
  if (status === 'approved') return undefined;
  const nearest = statusTable[status].github;
  if (nearest === 'inactive') return undefined;
  const isOwnWord = event?.dialect === 'github' && stateWords.has(word ?? '');
  return isOwnWord ? word : nearest;
}

const stateWords = new Set(['pending', 'queued', 'in_progress', 'success', 'failure', 'error']);
