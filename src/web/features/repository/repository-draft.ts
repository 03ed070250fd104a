import type { ForgeKind, Repository, RepositoryRequest, TrackedEnvironments } from '../../../contract/repositories.ts';

/** What the form holds while it is filled in. Secrets that are not typed stay as they are. */
export interface RepositoryDraft {
  readonly url: string;
  readonly username: string;
  readonly secret: string;
  readonly removesSecret: boolean;
  readonly path: string;
  readonly linksFirst: boolean;
  readonly tracked: TrackedEnvironments;
  readonly forge: ForgeKind | 'none';
  readonly forgeUrl: string;
  readonly forgeProject: string;
  readonly token: string;
  readonly removesToken: boolean;
}

const blank: RepositoryDraft = {
  url: '',
  username: '',
  secret: '',
  removesSecret: false,
  path: '',
  linksFirst: false,
  tracked: 'all',
  forge: 'none',
  forgeUrl: '',
  forgeProject: '',
  token: '',
  removesToken: false,
};

/** The repository as the form begins with it; without one, what a new one begins with. */
export function draftOf(repository: Repository | null): RepositoryDraft {
  if (!repository) return blank;
  const { url, username, path, links_first: linksFirst, tracked, forge } = repository;
  return {
    ...blank,
    url: url ?? '',
    username: username ?? '',
    path,
    linksFirst,
    tracked,
    forge: forge?.kind ?? 'none',
    forgeUrl: forge?.url ?? '',
    forgeProject: forge?.project ?? '',
  };
}

/** What to send of it. */
export function requestOf(draft: RepositoryDraft): RepositoryRequest {
  const forgeUrl = draft.forgeUrl.trim();
  const forgeProject = draft.forgeProject.trim();
  return {
    url: draft.url.trim(),
    username: isSsh(draft.url) ? null : draft.username.trim() || null,
    ...secretOf('secret', draft.secret, draft.removesSecret),
    path: draft.path.trim(),
    links_first: draft.linksFirst,
    tracked: draft.tracked,
    forge:
      draft.forge === 'none'
        ? null
        : {
            kind: draft.forge,
            ...(forgeUrl === '' ? {} : { url: forgeUrl }),
            ...(forgeProject === '' ? {} : { project: forgeProject }),
            ...secretOf('token', draft.token, draft.removesToken),
          },
  };
}

function secretOf<Name extends string>(name: Name, typed: string, removes: boolean): { [Key in Name]?: string | null } {
  const value = removes ? null : typed;
  return value === '' ? {} : ({ [name]: value } as { [Key in Name]?: string | null }); // a computed name widens
}

/** ssh://… and user@host:path name their user themselves. */
export function isSsh(url: string): boolean {
  return /^ssh:|^[^/:]+@[^/:]+:/.test(url.trim());
}
