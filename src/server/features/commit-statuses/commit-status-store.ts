import type { Kysely } from 'kysely';
import { type Status, statuses, statusTable } from '../../../contract/statuses.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { CommitStatusTable } from '../../db/tables/rules.ts';
import { type CommitName, commitNamed, keyOf, shortestSha, spellingsOf } from './commit-name.ts';
import type { CommitState, CommitStatus, NewCommitStatus } from './commit-status-types.ts';

/** So many of a project's latest deployments are looked through for what no index finds. */
const lookedThrough = 2000;
const unfinished: readonly Status[] = statuses.filter((status) => statusTable[status].phase !== 'finished');

export interface StoredStatus extends NewCommitStatus {
  readonly projectId: number;
  readonly sha: string;
  readonly userId: number | null;
  readonly createdAt: number;
}

/** How much may be told of one commit: statuses of one context, and contexts. */
export interface Most {
  readonly statuses: number;
  readonly contexts: number;
}

/** Reads and writes what checks said of commits. An abbreviated sha stands for every commit that begins so. */
export class CommitStatusStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Answers its id, or which limit it would pass. */
  insert(status: StoredStatus, most: Most): Promise<number | keyof Most> {
    const key = status.context.toLowerCase();
    return this.#database.transaction(async (tx) => {
      const ofCommit = tx
        .selectFrom('commit_statuses')
        .where('project_id', '=', status.projectId)
        .where('sha', '=', status.sha);
      const ofContext = ofCommit.where('context_key', '=', key);
      const { count: told } = await ofContext.select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow();
      if (Number(told) >= most.statuses) return 'statuses';
      if (Number(told) === 0) {
        const contexts = ofCommit.select('context_key').distinct();
        if ((await contexts.limit(most.contexts).execute()).length >= most.contexts) return 'contexts';
      }
      const { id } = await tx
        .insertInto('commit_statuses')
        .values(rowOf(status, key))
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    });
  }

  /** The newest first. */
  async page(
    projectId: number,
    commit: CommitName,
    { limit, offset }: { readonly limit: number; readonly offset: number },
  ): Promise<{ readonly items: readonly CommitStatus[]; readonly hasNext: boolean }> {
    const rows = await statusesOf(this.#database.read, projectId, commit)
      .orderBy('c.id', 'desc')
      .limit(limit + 1)
      .offset(offset)
      .execute();
    return { items: rows.slice(0, limit).map(statusOf), hasNext: rows.length > limit };
  }

  async byId(projectId: number, id: number): Promise<CommitStatus | undefined> {
    const row = await withUser(this.#database.read)
      .where('c.project_id', '=', projectId)
      .where('c.id', '=', id)
      .executeTakeFirst();
    return row && statusOf(row);
  }

  /** The newest of each context, the newest first. */
  async latest(projectId: number, commit: CommitName, mostContexts: number): Promise<CommitStatus[]> {
    const newest = matching(this.#database.read, projectId, commit)
      .select((eb) => eb.fn.max('c.id').as('id'))
      .groupBy('c.context_key');
    const rows = await withUser(this.#database.read)
      .where('c.id', 'in', newest)
      .orderBy('c.id', 'desc')
      .limit(mostContexts)
      .execute();
    return rows.map(statusOf);
  }

  /** Whether checks of a project tell anything at all. */
  async hasAny(projectId: number): Promise<boolean> {
    const rows = this.#database.read.selectFrom('commit_statuses').select('id').where('project_id', '=', projectId);
    return (await rows.limit(1).executeTakeFirst()) !== undefined;
  }

  /**
   * What a caller wrote for a commit. A ref stands for the commit that was last deployed from it; where none was, statuses
   * may have been told of the ref itself.
   */
  async commitOf(projectId: number, text: string): Promise<CommitName> {
    const name = commitNamed(text);
    if (name.kind === 'sha') return name;
    const sha = await this.#shaOf(projectId, name.ref);
    return sha === undefined ? name : commitNamed(sha);
  }

  /** The sha that the newest deployment of a ref named, among the latest of the project. */
  async #shaOf(projectId: number, ref: string): Promise<string | undefined> {
    const row = await this.#database.read
      .selectFrom(this.#recent(projectId).as('d'))
      .select('d.sha')
      .where('d.ref', 'in', spellingsOf(ref))
      .where('d.sha', 'is not', null)
      .orderBy('d.id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.sha ?? undefined;
  }

  /** The newest deployment of a commit that is not over, among the latest of the project. */
  async unfinished(
    projectId: number,
    commit: CommitName,
    environment: string | undefined,
  ): Promise<number | undefined> {
    let query = this.#database.read
      .selectFrom(this.#recent(projectId).as('d'))
      .innerJoin('environments as n', 'n.id', 'd.environment_id')
      .select('d.id')
      .where('d.status', 'in', unfinished)
      .where('n.deleted_at', 'is', null);
    if (environment !== undefined) query = query.where('n.name', '=', environment);
    if (commit.kind === 'ref') query = query.where('d.ref', 'in', spellingsOf(commit.ref));
    else {
      const { sha } = commit;
      // A deployment keeps its sha as it was told, in capitals maybe.
      query = query.where(({ or, eb, fn }) => {
        const told = fn<string>('lower', ['d.sha']);
        return or([eb(told, 'in', abbreviationsOf(sha)), eb(told, 'like', `${sha}%`)]);
      });
    }
    return (await query.orderBy('d.id', 'desc').limit(1).executeTakeFirst())?.id;
  }

  #recent(projectId: number) {
    return this.#database.read
      .selectFrom('deployments')
      .select(['id', 'environment_id', 'status', 'ref', 'sha'])
      .where('project_id', '=', projectId)
      .where('deleted', 'is', null)
      .orderBy('id', 'desc')
      .limit(lookedThrough);
  }
}

function matching(db: Kysely<Schema>, projectId: number, commit: CommitName) {
  const rows = db.selectFrom('commit_statuses as c').where('c.project_id', '=', projectId);
  const key = keyOf(commit);
  if (commit.kind === 'ref') return rows.where('c.sha', 'in', spellingsOf(key));
  return rows.where(({ or, and, eb }) =>
    or([eb('c.sha', 'in', abbreviationsOf(key)), and([eb('c.sha', '>=', key), eb('c.sha', '<', after(key))])]),
  );
}

function withUser(db: Kysely<Schema>) {
  return db
    .selectFrom('commit_statuses as c')
    .leftJoin('users as u', 'u.id', 'c.user_id')
    .selectAll('c')
    .select(['u.username', 'u.name as user_name', 'u.state as user_state']);
}

function statusesOf(db: Kysely<Schema>, projectId: number, commit: CommitName) {
  return withUser(db).where('c.id', 'in', matching(db, projectId, commit).select('c.id'));
}

/** Every beginning of a sha that is long enough to be told as one, itself included. */
function abbreviationsOf(sha: string): string[] {
  return Array.from({ length: sha.length - shortestSha + 1 }, (_, index) => sha.slice(0, shortestSha + index));
}

/** What sorts behind everything that begins with a sha: no digit of one comes after `f`. */
function after(sha: string): string {
  return `${sha}g`;
}

function rowOf(
  { projectId, sha, context, state, targetUrl, description, userId, createdAt }: StoredStatus,
  key: string,
) {
  return {
    project_id: projectId,
    sha,
    context,
    context_key: key,
    state,
    target_url: targetUrl,
    description,
    user_id: userId,
    created_at: createdAt,
  };
}

type StatusRow = Omit<CommitStatusTable, 'id'> & {
  readonly id: number;
  readonly username: string | null;
  readonly user_name: string | null;
  readonly user_state: string | null;
};

function statusOf(row: StatusRow): CommitStatus {
  const { user_id: userId, username, user_name: name, user_state: state } = row;
  return {
    id: row.id,
    sha: row.sha,
    context: row.context,
    state: row.state as CommitState, // one was stored
    targetUrl: row.target_url,
    description: row.description,
    createdAt: row.created_at,
    user:
      userId === null || username === null
        ? null
        : { id: userId, username, name: name ?? username, state: state ?? '' },
  };
}
