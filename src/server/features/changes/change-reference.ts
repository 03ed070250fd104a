import type { ProjectRepository } from '../repositories/repository-types.ts';
import type { Change } from './change-types.ts';

/** How people write its number: `#12` where it is a pull request, else `!12`. */
export function referenceOf(
  { number, webUrl }: Pick<Change, 'number' | 'webUrl'>,
  repository: Pick<ProjectRepository, 'forge' | 'url'> | undefined,
): string {
  return `${signOf(webUrl, repository)}${number}`;
}

function signOf(webUrl: string | null, repository: Pick<ProjectRepository, 'forge' | 'url'> | undefined): '#' | '!' {
  if (webUrl !== null && /\/(pull|pulls)\/\d+/.test(webUrl)) return '#';
  if (webUrl !== null && /\/merge_requests\/\d+/.test(webUrl)) return '!';
  if (repository?.forge) return repository.forge.kind === 'github' ? '#' : '!';
  return repository && /(^|[/@.])github\./i.test(repository.url) ? '#' : '!';
}
