import type { Kysely, Selectable } from 'kysely';
import type { ForgeKind, TrackedEnvironments } from '../../../contract/repositories.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { ProjectRepositoryTable, RepositoryTable } from '../../db/tables/changes.ts';
import { type AuditEntry, writeAudit } from '../../log/audit-log.ts';
import type { ProjectRepository } from './repository-types.ts';

/** What a project names, as it is stored. */
export interface NamedRepository {
  readonly projectId: number;
  readonly remote: {
    readonly url: string;
    readonly fingerprint: string;
    readonly username: string | null;
    readonly sealedSecret: string | null;
  };
  readonly path: string;
  readonly linksFirst: boolean;
  readonly tracked: TrackedEnvironments;
  readonly forge: {
    readonly kind: ForgeKind;
    readonly url: string;
    readonly project: string;
    readonly sealedToken: string | null;
  } | null;
}

export interface SealedSecrets {
  readonly secret: string | null;
  readonly forgeToken: string | null;
}

/** Parameters of one statement. */
const projectsAtOnce = 500;

/** Which project names which remote. Repositories are shared by those that name one remote with one set of credentials. */
export class RepositoryStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async of(projectId: number): Promise<ProjectRepository | undefined> {
    const row = await joined(this.#database.read).where('p.project_id', '=', projectId).executeTakeFirst();
    return row && repositoryOf(row);
  }

  /** In no order; projects without one are left out. */
  async ofAll(projectIds: readonly number[]): Promise<ProjectRepository[]> {
    const found: ProjectRepository[] = [];
    for (let from = 0; from < projectIds.length; from += projectsAtOnce) {
      const some = projectIds.slice(from, from + projectsAtOnce);
      const rows = await joined(this.#database.read).where('p.project_id', 'in', some).execute();
      found.push(...rows.map(repositoryOf));
    }
    return found;
  }

  async projectsOf(repositoryId: number): Promise<ProjectRepository[]> {
    const rows = joined(this.#database.read).where('p.repository_id', '=', repositoryId);
    return (await rows.orderBy('p.project_id').execute()).map(repositoryOf);
  }

  async secretsOf(projectId: number): Promise<SealedSecrets | undefined> {
    const row = await joined(this.#database.read).where('p.project_id', '=', projectId).executeTakeFirst();
    return row && { secret: row.sealed_secret, forgeToken: row.sealed_forge_token };
  }

  /**
   * Puts it in the place of what the project named before. New credentials of a remote that no other project reads by the old
   * ones are those of the same repository: what is known of it stays.
   */
  async save(named: NamedRepository, now: number, audit: AuditEntry): Promise<void> {
    await this.#database.logTransaction(async ({ kysely: tx }) => {
      const before = await joined(tx).where('p.project_id', '=', named.projectId).executeTakeFirst();
      const repositoryId = await repositoryFor(tx, named, before, now);
      const values = {
        repository_id: repositoryId,
        path: named.path,
        links_first: Number(named.linksFirst),
        tracked: named.tracked,
        forge: named.forge?.kind ?? null,
        forge_url: named.forge?.url ?? null,
        forge_project: named.forge?.project ?? null,
        sealed_forge_token: named.forge?.sealedToken ?? null,
        ...(isSameForge(named, before) ? {} : { forge_synced_at: null, forge_error: null }),
        updated_at: now,
      };
      await tx
        .insertInto('project_repositories')
        .values({ project_id: named.projectId, created_at: now, ...values })
        .onConflict((conflict) => conflict.column('project_id').doUpdateSet(values))
        .execute();
      if (before && before.repository_id !== repositoryId) await abandon(tx, before.repository_id);
      await writeAudit(tx, audit);
    });
  }

  /** Answers whether the project named one. */
  remove(projectId: number, audit: AuditEntry | undefined): Promise<boolean> {
    return this.#database.logTransaction(async ({ kysely: tx }) => {
      const gone = await tx
        .deleteFrom('project_repositories')
        .where('project_id', '=', projectId)
        .returning('repository_id')
        .executeTakeFirst();
      if (!gone) return false;
      await abandon(tx, gone.repository_id);
      if (audit) await writeAudit(tx, audit);
      return true;
    });
  }

  /** Projects that were deleted and name one still. */
  async deletedProjects(): Promise<number[]> {
    const rows = await this.#database.read
      .selectFrom('project_repositories as p')
      .innerJoin('projects', 'projects.id', 'p.project_id')
      .select('p.project_id')
      .where('projects.deleted_at', 'is not', null)
      .execute();
    return rows.map((row) => row.project_id);
  }
}

/** What `abandon` puts in the place of a fingerprint: nobody can come to share what is about to be removed. */
const goneMark = 'gone:';

/** Where no project names it any more. What is known of it is removed later, in small steps. */
async function abandon(tx: Kysely<Schema>, repositoryId: number): Promise<void> {
  await tx
    .updateTable('repositories')
    .set({ fingerprint: `${goneMark}${repositoryId}`, sealed_secret: null })
    .where('id', '=', repositoryId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('project_repositories').select('project_id').where('repository_id', '=', repositoryId))),
    )
    .execute();
}

async function repositoryFor(
  tx: Kysely<Schema>,
  { remote }: NamedRepository,
  before: Row | undefined,
  now: number,
): Promise<number> {
  const { url, fingerprint, username, sealedSecret } = remote;
  const due = { next_fetch_at: now, failures: 0, error: null };
  const known = tx.selectFrom('repositories').select('id').where('fingerprint', '=', fingerprint);
  const shared = await known.executeTakeFirst();
  if (shared) {
    await tx.updateTable('repositories').set(due).where('id', '=', shared.id).execute();
    return shared.id;
  }
  const credentials = { fingerprint, username, sealed_secret: sealedSecret };
  if (before && before.url === url && (await usersOf(tx, before.repository_id)) === 1) {
    await tx
      .updateTable('repositories')
      .set({ ...credentials, ...due })
      .where('id', '=', before.repository_id)
      .execute();
    return before.repository_id;
  }
  const { id } = await tx
    .insertInto('repositories')
    .values({ url, ...credentials, next_fetch_at: now, created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function usersOf(tx: Kysely<Schema>, repositoryId: number): Promise<number> {
  const rows = tx.selectFrom('project_repositories').select('project_id').where('repository_id', '=', repositoryId);
  return (await rows.execute()).length;
}

function isSameForge({ forge }: NamedRepository, before: Row | undefined): boolean {
  if (!before || !forge) return false;
  return before.forge === forge.kind && before.forge_url === forge.url && before.forge_project === forge.project;
}

type Row = Selectable<ProjectRepositoryTable> & Omit<Selectable<RepositoryTable>, 'id' | 'created_at'>;

function joined(db: Kysely<Schema>) {
  return db
    .selectFrom('project_repositories as p')
    .innerJoin('repositories as r', 'r.id', 'p.repository_id')
    .selectAll('r')
    .selectAll('p');
}

function repositoryOf(row: Row): ProjectRepository {
  return {
    projectId: row.project_id,
    repositoryId: row.repository_id,
    url: row.url,
    username: row.username,
    hasSecret: row.sealed_secret !== null,
    path: row.path,
    linksFirst: row.links_first === 1,
    tracked: row.tracked as TrackedEnvironments, // one was stored
    forge: forgeOf(row),
    state: {
      defaultBranch: row.default_branch,
      commitCount: row.commit_count,
      isShallow: row.shallow === 1,
      fetchedAt: row.fetched_at,
      attemptedAt: row.attempted_at,
      failures: row.failures,
      error: row.error,
      nextFetchAt: row.next_fetch_at,
    },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function forgeOf(row: Row): ProjectRepository['forge'] {
  if (row.forge === null) return null;
  return {
    kind: row.forge as ForgeKind, // one was stored
    url: row.forge_url ?? '',
    project: row.forge_project ?? '',
    hasToken: row.sealed_forge_token !== null,
    error: row.forge_error,
  };
}
