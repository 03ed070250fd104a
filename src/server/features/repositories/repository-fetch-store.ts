import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';

/** A repository that this node fetches. */
export interface ClaimedRepository {
  readonly id: number;
  readonly url: string;
  readonly username: string | null;
  readonly sealedSecret: string | null;
  /** Of remote and credentials. */
  readonly fingerprint: string;
  readonly claimedAt: number;
  readonly failures: number;
  readonly indexVersion: number;
  readonly commitCount: number;
  /** Others must be told of it although nothing new is found: a project came to it, or a node ended before it told them. */
  readonly mustTell: boolean;
}

export interface UnknownCommit {
  readonly sha: string;
  /** The id of the newest deployment that ships it. */
  readonly newest: number;
}

export interface FetchedState {
  readonly defaultBranch: string | null;
  readonly isShallow: boolean;
}

/** A moment long past that is not 0: whoever takes it up next sees that nobody finished it. */
const endedEarly = 1;

/** Which repositories are due, who fetches them, and how that went. */
export class RepositoryFetchStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async hasDue(now: number): Promise<boolean> {
    return (await due(this.#database.read, now).limit(1).executeTakeFirst()) !== undefined;
  }

  /** Takes the one that waits longest for this node, until a moment. */
  claim(now: number, until: number): Promise<ClaimedRepository | undefined> {
    return this.#database.transaction(async (tx) => {
      const found = await due(tx, now).orderBy('r.next_fetch_at').limit(1).executeTakeFirst();
      if (!found) return undefined;
      // Asked for again: another node may have taken it since it was found.
      const row = await tx
        .updateTable('repositories')
        .set({ busy_until: until, attempted_at: now })
        .where('id', '=', found.id)
        .where('busy_until', '<=', now)
        .where('next_fetch_at', '<=', now)
        .returningAll()
        .executeTakeFirst();
      if (!row) return undefined;
      const projects = tx.selectFrom('project_repositories').select('updated_at').where('repository_id', '=', row.id);
      const changes = (await projects.execute()).map(({ updated_at }) => updated_at);
      const fetchedAt = row.fetched_at;
      return {
        id: row.id,
        url: row.url,
        username: row.username,
        sealedSecret: row.sealed_secret,
        fingerprint: row.fingerprint,
        claimedAt: now,
        failures: row.failures,
        indexVersion: row.index_version,
        commitCount: row.commit_count,
        mustTell: fetchedAt === null || found.busy_until > 0 || changes.some((at) => at >= fetchedAt),
      };
    });
  }

  /** Answers whether this node still has it. */
  async renew({ id, claimedAt }: ClaimedRepository, until: number): Promise<void> {
    await this.#change(id, claimedAt, { busy_until: until });
  }

  /** Whoever wanted it after it was claimed has it fetched once more. */
  async succeed({ id, claimedAt }: ClaimedRepository, { defaultBranch, isShallow }: FetchedState, nextAt: number) {
    const state = { default_branch: defaultBranch, shallow: Number(isShallow), fetched_at: claimedAt };
    await this.#change(id, claimedAt, { ...state, failures: 0, error: null, busy_until: 0 }, nextAt);
  }

  /**
   * Whoever wanted it meanwhile waits, too, unless it was given other credentials: those may be better. Some of it may be
   * indexed, so others are told once it goes well.
   */
  async fail(
    { id, claimedAt, fingerprint, failures }: ClaimedRepository,
    error: string,
    nextAt: number,
  ): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const ours = tx.updateTable('repositories').where('id', '=', id).where('attempted_at', '=', claimedAt);
      await ours.set({ busy_until: endedEarly }).execute();
      await ours
        .set({ failures: failures + 1, error, next_fetch_at: nextAt })
        .where('fingerprint', '=', fingerprint)
        .execute();
    });
  }

  /** Leaves it to others as it was found, but for that somebody must be told of it. */
  async release({ id, claimedAt }: ClaimedRepository, now: number): Promise<void> {
    await this.#change(id, claimedAt, { busy_until: Math.max(endedEarly, now) });
  }

  async indexed(id: number): Promise<Pick<ClaimedRepository, 'indexVersion' | 'commitCount'>> {
    const rows = this.#database.read.selectFrom('repositories').select(['index_version', 'commit_count']);
    const row = await rows.where('id', '=', id).executeTakeFirst();
    return { indexVersion: row?.index_version ?? 0, commitCount: row?.commit_count ?? 0 };
  }

  /** Makes it due at `at`, unless it is sooner. One that is being fetched is fetched once more, for it may have passed the news by. */
  async want(projectId: number, { at, now, evenAfterFailure }: { at: number; now: number; evenAfterFailure: boolean }) {
    await this.#database.transaction(async (tx) => {
      const ours = tx.selectFrom('project_repositories').select('repository_id').where('project_id', '=', projectId);
      const named = tx.updateTable('repositories').where('id', 'in', ours);
      const wanted = evenAfterFailure ? named : named.where('failures', '=', 0);
      await wanted
        .set({ next_fetch_at: at })
        .where((eb) => eb.or([eb('next_fetch_at', '>', at), eb('busy_until', '>', now)]))
        .execute();
    });
  }

  /**
   * Commits that successful deployments ship and nobody knows, newest first, in small digits. Abbreviated ones are left
   * out: no remote gives a commit by a part of its name. `before`: only those last shipped before this deployment.
   */
  async unknownCommits(repositoryId: number, limit: number, before?: number): Promise<UnknownCommit[]> {
    const rows = await this.#database.read
      .selectFrom('deployments as d')
      .innerJoin('project_repositories as p', 'p.project_id', 'd.project_id')
      .select(({ fn }) => [fn<string>('lower', ['d.sha']).as('sha'), fn.max('d.id').as('newest')])
      .where('p.repository_id', '=', repositoryId)
      .where('d.success_position', 'is not', null)
      .where(({ fn }) => fn<number>('length', ['d.sha']), 'in', [40, 64])
      .where('d.deleted', 'is', null)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('commits as c')
              .select('c.n')
              .where('c.repository_id', '=', repositoryId)
              .whereRef('c.sha', '=', ({ fn }) => fn<string>('lower', ['d.sha'])),
          ),
        ),
      )
      .groupBy(({ fn }) => fn('lower', ['d.sha']))
      .$if(before !== undefined, (grouped) => grouped.having(({ fn }) => fn.max('d.id'), '<', before ?? 0))
      .orderBy('newest', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ sha, newest }) => ({ sha, newest: Number(newest) }));
  }

  /** All that exist, abandoned ones too. */
  async ids(): Promise<ReadonlySet<number>> {
    const rows = await this.#database.read.selectFrom('repositories').select('id').execute();
    return new Set(rows.map(({ id }) => id));
  }

  /** Where this node, and no other since, has claimed it. */
  async #change(
    id: number,
    claimedAt: number,
    values: Readonly<Record<string, string | number | null>>,
    nextAt?: number,
  ) {
    await this.#database.transaction(async (tx) => {
      const ours = tx.updateTable('repositories').where('id', '=', id).where('attempted_at', '=', claimedAt);
      const done = await ours.set(values).returning('next_fetch_at').executeTakeFirst();
      if (done && nextAt !== undefined && done.next_fetch_at <= claimedAt)
        await ours.set({ next_fetch_at: nextAt }).execute();
    });
  }
}

function due(db: Kysely<Schema>, now: number) {
  return db
    .selectFrom('repositories as r')
    .select(['r.id', 'r.busy_until'])
    .where('r.next_fetch_at', '<=', now)
    .where('r.busy_until', '<=', now)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('project_repositories as p')
          .innerJoin('projects', 'projects.id', 'p.project_id')
          .select('p.project_id')
          .whereRef('p.repository_id', '=', 'r.id')
          .where('projects.deleted_at', 'is', null),
      ),
    );
}
