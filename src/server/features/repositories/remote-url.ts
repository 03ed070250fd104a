import { isAbsolute, normalize } from 'node:path';

/** A remote as somebody named it, taken apart. What it holds is safe to hand to git. */
export type Remote =
  | { readonly kind: 'http'; readonly url: URL }
  | { readonly kind: 'ssh'; readonly user: string; readonly host: string; readonly port: number; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string };

const longest = 2048;
const host = /^(?!.*\.\.)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;
const user = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;
/** Without blanks, quotes and what else a shell at the other end could take for more than a name. */
const sshPath = /^[A-Za-z0-9_~/.][A-Za-z0-9_~/.+@%,=-]*$/;
const folderPath = /^\/[\w/.+@ -]*$/;
const scp = /^(?:([^@/:\s]+)@)?([^@/:\s]+):([^\s]*)$/;

/** Answers what is wrong with a URL, where it is no remote. */
export function parseRemote(text: string): Remote | string {
  if (text.length > longest) return `is too long (maximum is ${longest} characters)`;
  if (/[\s\p{Cc}\\]/u.test(text) && !isAbsolute(text)) return 'must be an https or ssh URL without blanks';
  if (isAbsolute(text)) {
    const isPlain = folderPath.test(text) && normalize(text) === text;
    return isPlain ? { kind: 'folder', path: text } : 'must be a plain path';
  }
  if (/^https?:\/\//i.test(text)) return parseHttp(text);
  if (/^ssh:\/\//i.test(text)) return parseSsh(text);
  const [, name = 'git', at = '', path = ''] =
    /^[a-z][a-z0-9+.-]*::?\/\//i.test(text) || text.includes('::') ? [] : (scp.exec(text) ?? []);
  if (at === '') return 'must be an https or ssh URL';
  return sshRemote(name, at, 22, path);
}

function parseHttp(text: string): Remote | string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return 'must be an https or ssh URL';
  if (url.username !== '' || url.password !== '')
    return 'must not hold a user name or password: they have fields of their own';
  if (url.search !== '' || url.hash !== '') return 'must not hold a query or fragment';
  return url.pathname.length > 1 ? { kind: 'http', url } : 'must name a repository';
}

function parseSsh(text: string): Remote | string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return 'must be an https or ssh URL';
  if (url.password !== '') return 'must not hold a password';
  if (url.search !== '' || url.hash !== '') return 'must not hold a query or fragment';
  return sshRemote(url.username === '' ? 'git' : url.username, url.hostname, Number(url.port || 22), url.pathname);
}

function sshRemote(name: string, at: string, port: number, path: string): Remote | string {
  if (!user.test(name)) return 'must have a plain user name';
  if (!host.test(at)) return 'must have a plain host name';
  if (!sshPath.test(path) || path.includes('/-') || path === '/') return 'must name a repository by a plain path';
  return { kind: 'ssh', user: name, host: at.toLowerCase(), port, path };
}

/** Its path at its host without the ending `.git`: `owner/name`. */
export function repositoryName(remote: Remote): string {
  const path = remote.kind === 'http' ? remote.url.pathname : remote.path;
  return path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
}

/** As git takes it. */
export function gitUrl(remote: Remote): string {
  switch (remote.kind) {
    case 'http':
      return remote.url.href;
    case 'ssh':
      // A path that does not begin at the root begins where the user does, which only this form can say.
      return remote.path.startsWith('/')
        ? `ssh://${remote.user}@${remote.host}:${remote.port}${remote.path}`
        : `${remote.user}@${remote.host}:${remote.path}`;
    case 'folder':
      return remote.path;
    default:
      return remote satisfies never;
  }
}
