import type { ProjectService } from '../../features/projects/project-service.ts';
import type { Project } from '../../features/projects/project-types.ts';
import type { GitHubCall } from './route.ts';

/** The owner of a project that lies in no group: no group has this name. */
export const noOwner = '-';

/**
 * The project that a path names, in whatever case: its owner is the group, with `%2F` for the slashes of a nested one. One
 * that was renamed is found by its old name too. Throws `not_found`, also for what the caller may not see.
 */
export function repositoryOf(
  projects: Pick<ProjectService, 'named'>,
  { params, principal }: Pick<GitHubCall, 'params' | 'principal'>,
): Promise<Project> {
  const { owner = '', repo = '' } = params;
  return projects.named(principal, owner === noOwner ? '' : owner, repo);
}

/** `owner` and `repo` as paths of the API name a project. */
export function ownerOf({ namespace }: Pick<Project, 'namespace'>): string {
  return namespace === '' ? noOwner : namespace;
}

/** Where the API serves a project. */
export function repositoryUrl(project: Pick<Project, 'namespace' | 'name'>, apiUrl: string): string {
  return `${apiUrl}/repos/${encodeURIComponent(ownerOf(project))}/${encodeURIComponent(project.name)}`;
}
