import type { ForgeKind } from '../../../contract/repositories.ts';
import type { ProjectRepository } from '../repositories/repository-types.ts';

/** Where a forge shows a repository. */
export interface ForgeAddress {
  readonly url: string;
  /** What follows it where two commits are compared. */
  readonly compare: string;
}

/** What follows a repository's address where two commits are compared. */
const comparing = { github: '/compare/', gitlab: '/-/compare/' } as const;

/** How forges name a request to merge, after the repository's address. */
const forges = [
  { change: /^(https?:\/\/.+?)\/-\/merge_requests\/\d+/, compare: comparing.gitlab },
  { change: /^(https?:\/\/.+?)\/pulls?\/\d+/, compare: comparing.github },
];

/** Remotes at hosts of everybody. */
const publicRemote = /^(?:https:\/\/|(?:ssh:\/\/)?git@)(github\.com|gitlab\.com)[:/]([\w./~-]+?)(?:\.git)?\/?$/;
const publicPage = /^https:\/\/(github|gitlab)\.com\//;

const commit = /^[\da-f]{7,64}$/i;

/** By the address of any merge or pull request there. undefined where it is none of a forge that is known. */
export function addressOfChange(changeUrl: string): ForgeAddress | undefined {
  for (const { change, compare } of forges) {
    const url = change.exec(changeUrl)?.[1];
    if (url !== undefined) return { url, compare };
  }
  return undefined;
}

/** By what a project says of its repository and its forge. undefined where that does not tell where its pages are. */
export function addressOfRepository({
  url,
  forge,
}: Pick<ProjectRepository, 'url' | 'forge'>): ForgeAddress | undefined {
  if (forge) {
    const web = webOf(forge.kind, forge.url);
    return web === undefined ? undefined : { url: `${web}/${forge.project}`, compare: comparing[forge.kind] };
  }
  const [, host, path] = publicRemote.exec(url) ?? [];
  if (path === undefined) return undefined;
  return { url: `https://${host}/${path}`, compare: comparing[host === 'github.com' ? 'github' : 'gitlab'] };
}

/** Whether its host is one of everybody: it tells nothing of a network. */
export function isPublic({ url }: ForgeAddress): boolean {
  return publicPage.test(url);
}

/** Where a forge shows what is new between two commits. undefined where either is none. */
export function compareUrl({ url, compare }: ForgeAddress, from: string, to: string): string | undefined {
  return commit.test(from) && commit.test(to) ? `${url}${compare}${from}...${to}` : undefined;
}

/** A platform's pages, by the address of its API. */
function webOf(kind: ForgeKind, apiUrl: string): string | undefined {
  if (kind === 'github' && apiUrl === 'https://api.github.com') return 'https://github.com';
  const end = kind === 'github' ? '/api/v3' : '/api/v4';
  return /^https?:\/\//.test(apiUrl) && apiUrl.endsWith(end) ? apiUrl.slice(0, -end.length) : undefined;
}
