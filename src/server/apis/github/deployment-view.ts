import type { RequestedDeployment } from '../../features/deployments/request-types.ts';
import type { Project } from '../../features/projects/project-types.ts';
import type { Addresses } from './mounts.ts';
import { nodeIdOf } from './node-id.ts';
import { repositoryUrl } from './repository.ts';
import { timeText } from './time-text.ts';
import { userView } from './user-view.ts';

/** As much of a project as links need. */
export type LinkedProject = Pick<Project, 'namespace' | 'name'>;

/** Where the API serves a deployment. */
export function deploymentUrl(project: LinkedProject, id: number, apiUrl: string): string {
  return `${repositoryUrl(project, apiUrl)}/deployments/${id}`;
}

/**
 * GitHub's deployment. What another tool reported may have only one of sha, ref and version: clients need texts for the first
 * two, so what is known stands for what is not.
 */
export function deploymentView(
  { state, environment, user, request }: RequestedDeployment,
  project: LinkedProject,
  { apiUrl, webUrl }: Addresses,
) {
  const { ref, sha, version, description } = state.latest.details;
  const url = deploymentUrl(project, state.id, apiUrl);
  return {
    url,
    id: state.id,
    node_id: nodeIdOf('Deployment', state.id),
    task: request.task,
    original_environment: environment.name,
    environment: environment.name,
    description,
    created_at: timeText(state.createdAt),
    updated_at: timeText(state.updatedAt),
    statuses_url: `${url}/statuses`,
    repository_url: repositoryUrl(project, apiUrl),
    creator: user && userView(user, webUrl, apiUrl),
    sha: sha ?? ref ?? version ?? '',
    ref: ref ?? version ?? sha ?? '',
    payload: request.payload,
    transient_environment: request.transient,
    production_environment: request.production,
    performed_via_github_app: null,
  };
}
