import { randomBytes } from 'node:crypto';
import { accessLevels } from '../../../contract/access-levels.ts';
import type { IncomingSource } from '../../../contract/incoming.ts';
import { projectPath } from '../../../contract/project-path.ts';
import type { Clock } from '../../clock.ts';
import { invalid, notFound } from '../../errors.ts';
import type { AuditEntry } from '../../log/audit-log.ts';
import type { Principal } from '../../principal.ts';
import type { SecretBox } from '../../secret-box.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { Project } from '../projects/project-types.ts';
import type { IncomingSecretStore } from './incoming-secret-store.ts';
import type { SecretFacts } from './incoming-types.ts';

/** Enough to change one without a gap: the tools that post may be many. */
const mostSecrets = 10;

export interface ProjectSecret extends SecretFacts {
  /** Path of the project. */
  readonly project: string;
}

/** The secrets by which a project's tools prove what they post, for its maintainers. */
export class IncomingSecretService {
  readonly #projects: ProjectService;
  readonly #store: IncomingSecretStore;
  readonly #box: SecretBox;
  readonly #clock: Clock;

  constructor(projects: ProjectService, store: IncomingSecretStore, box: SecretBox, clock: Clock) {
    this.#projects = projects;
    this.#store = store;
    this.#box = box;
    this.#clock = clock;
  }

  /** Throws `forbidden`, and `not_found` for a project that the caller may not know of; so do the others. */
  async list(principal: Principal, idOrPath: string): Promise<ProjectSecret[]> {
    const project = await this.#projects.resolve(principal, idOrPath, accessLevels.maintainer);
    const secrets = await this.#store.ofProject(project.id);
    return secrets.map((secret) => ({ ...secret, project: projectPath(project) }));
  }

  /** Answers the secret too: it is stored sealed, and never shown again. One is made where none is given. */
  async create(
    principal: Principal,
    idOrPath: string,
    source: IncomingSource,
    given: string | undefined,
  ): Promise<ProjectSecret & { readonly secret: string }> {
    const project = await this.#projects.resolve(principal, idOrPath, accessLevels.maintainer);
    const secret = given ?? randomBytes(32).toString('base64url');
    const createdAt = this.#clock();
    const facts = { projectId: project.id, source, createdAt };
    const id = await this.#store.insert(
      { ...facts, sealedSecret: this.#box.seal(secret), createdBy: principal.userId },
      mostSecrets,
      this.#audit(principal, project, 'incoming_secret_created', { source }),
    );
    if (id === undefined)
      throw invalid([{ pointer: '/source', message: `has ${mostSecrets} secrets already: delete one first` }]);
    return { id, ...facts, project: projectPath(project), secret };
  }

  /** What was signed with it and not recorded yet still is. */
  async delete(principal: Principal, idOrPath: string, id: number): Promise<void> {
    const project = await this.#projects.resolve(principal, idOrPath, accessLevels.maintainer);
    const audit = this.#audit(principal, project, 'incoming_secret_deleted', { secret_id: id });
    if (!(await this.#store.delete(project.id, id, audit))) throw notFound('incoming secret');
  }

  #audit(author: Principal, { id }: Project, action: AuditEntry['action'], details: AuditEntry['details']): AuditEntry {
    return { at: this.#clock(), author, projectId: id, groupId: null, action, details };
  }
}
