import type { ForgeKind } from '../../../contract/repositories.ts';
import { parseRemote, repositoryName } from './remote-url.ts';

/** undefined: what the remote suggests. */
export interface WantedForge {
  readonly kind: ForgeKind;
  readonly url?: string | undefined;
  readonly project?: string | undefined;
  readonly token?: string | null | undefined;
}

/** Where a platform's API is, and how it names the project, by the address of the repository. */
export function forgeOf(remoteUrl: string, { kind, url, project }: WantedForge) {
  const remote = parseRemote(remoteUrl);
  const isFolder = typeof remote === 'string' || remote.kind === 'folder';
  const named = isFolder ? '' : repositoryName(remote);
  const base = url ?? apiOf(kind, isFolder ? '' : hostOf(remote));
  return { kind, url: base.replace(/\/+$/, ''), project: project ?? named };
}

function hostOf(remote: Exclude<ReturnType<typeof parseRemote>, string> & { kind: 'http' | 'ssh' }): string {
  return remote.kind === 'http' ? remote.url.host : remote.host;
}

function apiOf(kind: ForgeKind, host: string): string {
  if (kind === 'gitlab') return `https://${host || 'gitlab.com'}/api/v4`;
  return host === '' || host === 'github.com' || host === 'ssh.github.com'
    ? 'https://api.github.com'
    : `https://${host}/api/v3`;
}
