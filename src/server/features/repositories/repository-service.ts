import { accessLevels } from '../../../contract/access-levels.ts';
import type { TrackedEnvironments } from '../../../contract/repositories.ts';
import type { Clock } from '../../clock.ts';
import { type FieldError, invalid, notFound } from '../../errors.ts';
import type { AuditEntry } from '../../log/audit-log.ts';
import { levelOn, type Principal, satisfies } from '../../principal.ts';
import type { SecretBox } from '../../secret-box.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { Project } from '../projects/project-types.ts';
import { forgeOf, type WantedForge } from './forge-defaults.ts';
import type { RemoteAccess, RemoteCredentials } from './remote-access.ts';
import { parseRemote } from './remote-url.ts';
import type { RepositoryFetchStore } from './repository-fetch-store.ts';
import type { RepositoryStore, SealedSecrets } from './repository-store.ts';
import type { ProjectRepository } from './repository-types.ts';

/** undefined: as for a new one; user name, secret and token stay while what they are for does. null: none. */
export interface WantedRepository {
  readonly url: string;
  readonly username?: string | null | undefined;
  readonly secret?: string | null | undefined;
  readonly path?: string | undefined;
  readonly linksFirst?: boolean | undefined;
  readonly tracked?: TrackedEnvironments | undefined;
  readonly forge?: WantedForge | null | undefined;
}

export interface ConnectedRepository {
  readonly project: Project;
  /** undefined: none is connected. */
  readonly repository: ProjectRepository | undefined;
  readonly mayChange: boolean;
}

interface ServiceParts {
  readonly projects: ProjectService;
  readonly store: RepositoryStore;
  readonly fetches: RepositoryFetchStore;
  readonly access: RemoteAccess;
  readonly box: SecretBox;
  readonly clock: Clock;
  /** One may be due. */
  readonly onWanted: () => void;
  /** A project is about to name another remote or folder, or none: what commits told of its changes counts no more. */
  readonly onLeaving: (projectId: number) => Promise<void>;
  /** A project names another repository, or none, or names it otherwise. */
  readonly onChanged: (projectId: number) => Promise<void>;
}

/** However much is reported, a repository is not fetched more often for it. */
const wantMs = 5000;
const forgeProject = /^(?!\.)[\w.~-]+(?:\/(?!\.)[\w.~-]+)+$/;
const folder = /^(?!-)[^\p{Cc}\\]+$/u;

/** Which repository holds a project's commits: set by its maintainers, seen by its readers, without what is secret. */
export class RepositoryService {
  readonly #parts: ServiceParts;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  of(projectId: number): Promise<ProjectRepository | undefined> {
    return this.#parts.store.of(projectId);
  }

  /** Those of several projects, in no order. */
  ofAll(projectIds: readonly number[]): Promise<readonly ProjectRepository[]> {
    return this.#parts.store.ofAll(projectIds);
  }

  projectsOf(repositoryId: number): Promise<readonly ProjectRepository[]> {
    return this.#parts.store.projectsOf(repositoryId);
  }

  /** Throws `not_found` for a project that the caller may not know of; so do the others. */
  async get(principal: Principal, idOrPath: string): Promise<ConnectedRepository> {
    return this.#connected(principal, await this.#parts.projects.resolve(principal, idOrPath));
  }

  /** Throws `forbidden`, and `validation_failed` where the remote may not be read. */
  async set(principal: Principal, idOrPath: string, wanted: WantedRepository): Promise<ConnectedRepository> {
    const { store, box, clock, onWanted, onLeaving, onChanged } = this.#parts;
    const project = await this.#maintained(principal, idOrPath);
    const before = await store.of(project.id);
    const sealed = await store.secretsOf(project.id);
    const credentials = this.#credentials(wanted, before, sealed);
    const path = normalPath(wanted.path ?? '');
    await this.#refuse(wanted, credentials, path);
    const forge = this.#forge(wanted, before, sealed);
    const { url, username, secret } = credentials;
    const { linksFirst = false, tracked = 'all' } = wanted;
    const now = clock();
    if (before && (before.url !== url || before.path !== path)) await onLeaving(project.id);
    await store.save(
      {
        projectId: project.id,
        remote: {
          url,
          username,
          fingerprint: fingerprintOf(box, credentials),
          sealedSecret: secret === null ? null : box.seal(secret),
        },
        path,
        linksFirst,
        tracked,
        forge,
      },
      now,
      this.#audit(principal, project, 'repository_set', {
        url,
        path,
        links_first: linksFirst,
        tracked,
        forge: forge?.kind ?? null,
        connected: before === undefined,
      }),
    );
    await onChanged(project.id);
    onWanted();
    return this.#connected(principal, project);
  }

  /** What it has told of changes is told no more. Throws `not_found` where none is connected. */
  async remove(principal: Principal, idOrPath: string): Promise<void> {
    const { store, onLeaving, onChanged } = this.#parts;
    const project = await this.#maintained(principal, idOrPath);
    const audit = this.#audit(principal, project, 'repository_removed', {});
    if (!(await store.of(project.id))) throw notFound('repository');
    await onLeaving(project.id);
    if (!(await store.remove(project.id, audit))) throw notFound('repository');
    await onChanged(project.id);
  }

  /** Has it fetched now, whatever went wrong before. Throws `not_found` where none is connected. */
  async fetchNow(principal: Principal, idOrPath: string): Promise<ConnectedRepository> {
    const { fetches, clock, onWanted } = this.#parts;
    const project = await this.#maintained(principal, idOrPath);
    const connected = await this.#connected(principal, project);
    if (!connected.repository) throw notFound('repository');
    const now = clock();
    await fetches.want(project.id, { at: now, now, evenAfterFailure: true });
    onWanted();
    return this.#connected(principal, project);
  }

  /** There may be news: a push, or a commit that nobody knows. Answers whether the project names a repository. */
  async wantFetch(projectId: number): Promise<boolean> {
    const { store, fetches, clock, onWanted } = this.#parts;
    const repository = await store.of(projectId);
    if (!repository) return false;
    const now = clock();
    const at = Math.max(now, (repository.state.attemptedAt ?? 0) + wantMs);
    await fetches.want(projectId, { at, now, evenAfterFailure: false });
    if (at <= now) onWanted();
    return true;
  }

  async #connected(principal: Principal, project: Project): Promise<ConnectedRepository> {
    const mayChange = levelOn(principal, project) >= accessLevels.maintainer && satisfies(principal, 'write');
    return { project, repository: await this.#parts.store.of(project.id), mayChange };
  }

  #maintained(principal: Principal, idOrPath: string): Promise<Project> {
    return this.#parts.projects.resolve(principal, idOrPath, accessLevels.maintainer);
  }

  /** Another URL takes user name and secret away, unless they are given anew: they were meant for the old one. */
  #credentials(
    { url, username, secret }: WantedRepository,
    before: ProjectRepository | undefined,
    sealed: SealedSecrets | undefined,
  ): RemoteCredentials {
    const isSame = before?.url === url;
    const kept = isSame && secret === undefined && sealed?.secret ? this.#parts.box.open(sealed.secret) : null;
    return {
      url,
      username: username === undefined && isSame ? before.username : (username ?? null),
      secret: secret ?? kept,
    };
  }

  #forge({ url, forge }: WantedRepository, before: ProjectRepository | undefined, sealed: SealedSecrets | undefined) {
    if (!forge) return null;
    const wanted = forgeOf(url, forge);
    // It may read more there than this project: who sets another one brings a token of their own.
    const isSame = (['kind', 'url', 'project'] as const).every((part) => before?.forge?.[part] === wanted[part]);
    const kept = isSame && forge.token === undefined ? (sealed?.forgeToken ?? null) : null;
    const faults: FieldError[] = [];
    const fault = this.#parts.access.faultOfApi(wanted.url);
    if (fault !== undefined) faults.push({ pointer: '/forge/url', message: fault });
    else if (/[?#]/.test(wanted.url))
      faults.push({ pointer: '/forge/url', message: 'must not hold a query or fragment' });
    if (!forgeProject.test(wanted.project))
      faults.push({ pointer: '/forge/project', message: 'must be a path such as owner/name' });
    // It becomes a header, which takes no other characters.
    if (forge.token && !/^[\x21-\x7e]+$/.test(forge.token))
      faults.push({ pointer: '/forge/token', message: 'must be plain ASCII text without blanks' });
    if (faults.length > 0) throw invalid(faults);
    return { ...wanted, sealedToken: forge.token ? this.#parts.box.seal(forge.token) : kept };
  }

  async #refuse({ url }: WantedRepository, { secret, username }: RemoteCredentials, path: string): Promise<void> {
    const faults: FieldError[] = [];
    const fault = await this.#parts.access.faultOf(url);
    if (fault !== undefined) faults.push({ pointer: '/url', message: fault });
    const remote = parseRemote(url);
    const isSsh = typeof remote === 'object' && remote.kind === 'ssh';
    if (isSsh && !secret?.trim().startsWith('-----BEGIN '))
      faults.push({ pointer: '/secret', message: 'must be a private key, as OpenSSH writes it' });
    if (!isSsh && secret !== null && /\p{Cc}/u.test(secret))
      faults.push({ pointer: '/secret', message: 'must be a password or token, in one line' });
    if (isSsh && username !== null)
      faults.push({ pointer: '/username', message: 'stands in the URL of an ssh remote' });
    if (typeof remote === 'object' && remote.kind === 'folder' && secret !== null)
      faults.push({ pointer: '/secret', message: 'is of no use for a folder' });
    if (path !== '' && (!folder.test(path) || path.split('/').some((part) => part === '.' || part === '..')))
      faults.push({ pointer: '/path', message: 'must be a folder of the repository, such as services/checkout' });
    if (faults.length > 0) throw invalid(faults);
  }

  #audit(author: Principal, { id }: Project, action: AuditEntry['action'], details: AuditEntry['details']): AuditEntry {
    return { at: this.#parts.clock(), author, projectId: id, groupId: null, action, details };
  }
}

/** Tells remote and credentials from any other, and tells nothing of them. */
export function fingerprintOf(box: SecretBox, { url, username, secret }: RemoteCredentials): string {
  return box.fingerprint(JSON.stringify([url, username, secret]));
}

function normalPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '')
    .join('/');
}
