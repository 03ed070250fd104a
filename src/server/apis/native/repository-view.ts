import { projectPath } from '../../../contract/project-path.ts';
import type { Repository, RepositoryAnswer } from '../../../contract/repositories.ts';
import type { ConnectedRepository } from '../../features/repositories/repository-service.ts';
import type { ProjectRepository } from '../../features/repositories/repository-types.ts';
import { timeText } from './event-view.ts';

export function repositoryAnswer(
  { project, repository, mayChange }: ConnectedRepository,
  gitError: string | undefined,
): RepositoryAnswer {
  return {
    project: projectPath(project),
    may_change: mayChange,
    git_error: gitError ?? null,
    repository: repository ? repositoryView(repository, mayChange) : null,
  };
}

/** Where it is, and what went wrong there, may tell of a private network: only who set it up may read that. */
function repositoryView(repository: ProjectRepository, mayChange: boolean): Repository {
  const shown = (text: string | null) => (mayChange ? text : null);
  const { url, username, hasSecret, path, linksFirst, tracked, forge, state, createdAt, updatedAt } = repository;
  return {
    url: shown(url),
    username: shown(username),
    has_secret: hasSecret,
    path,
    links_first: linksFirst,
    tracked,
    forge: forge && {
      kind: forge.kind,
      url: shown(forge.url),
      project: forge.project,
      has_token: forge.hasToken,
      error: shown(forge.error),
    },
    default_branch: state.defaultBranch,
    commit_count: state.commitCount,
    shallow: state.isShallow,
    fetched_at: timeOrNull(state.fetchedAt),
    attempted_at: timeOrNull(state.attemptedAt),
    failures: state.failures,
    error: shown(state.error),
    next_fetch_at: timeText(state.nextFetchAt),
    created_at: timeText(createdAt),
    updated_at: timeText(updatedAt),
  };
}

function timeOrNull(at: number | null): string | null {
  return at === null ? null : timeText(at);
}
