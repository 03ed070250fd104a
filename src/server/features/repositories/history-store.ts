import type { ExpressionBuilder, Kysely } from 'kysely';
import { inChunks } from '../../db/chunks.ts';
import type { Schema } from '../../db/schema.ts';
import type { CommitNoteTable } from '../../db/tables/changes.ts';
import type { CommitNote, CommitRecord, NoteKind } from './repository-types.ts';

/** Few enough for a plan to be made quickly. */
const rangesAtOnce = 100;
/** Rows that are read in one go. */
const page = 10_000;

/** Reads what was indexed of repositories. */
export class HistoryStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** The index_version of each repository that is there. */
  async versions(repositoryIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const rows = await inChunks(repositoryIds, (some) =>
      this.#db.selectFrom('repositories').select(['id', 'index_version']).where('id', 'in', some).execute(),
    );
    return new Map(rows.map(({ id, index_version: version }) => [id, version]));
  }

  /** The parents of commits from number `from` on, in order, page by page. */
  async *parentsFrom(repositoryId: number, from: number): AsyncGenerator<readonly number[]> {
    let next = from;
    for (let isFull = true; isFull; ) {
      const rows = await this.#db
        .selectFrom('commits')
        .select(['n', 'parents'])
        .where('repository_id', '=', repositoryId)
        .where('n', '>=', next)
        .orderBy('n')
        .limit(page)
        .execute();
      for (const { parents } of rows) yield parents === '' ? [] : parents.split(' ').map(Number);
      next += rows.length;
      isFull = rows.length === page;
    }
  }

  /** Notes that were added after one, in the order in which they were. */
  async notesAfter(
    repositoryId: number,
    id: number,
  ): Promise<{ readonly notes: CommitNote[]; readonly lastId: number }> {
    const rows = await this.#db
      .selectFrom('commit_notes')
      .select(['id', 'n', 'kind', 'number', 'sha'])
      .where('repository_id', '=', repositoryId)
      .where('id', '>', id)
      .orderBy('id')
      .execute();
    return { notes: rows.map(noteOf), lastId: rows.at(-1)?.id ?? id };
  }

  /** The numbers of commits by full sha; those not known are left out. */
  async bySha(repositoryId: number, shas: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await inChunks(shas, (some) =>
      this.#db
        .selectFrom('commits')
        .select(['sha', 'n'])
        .where('repository_id', '=', repositoryId)
        .where('sha', 'in', some)
        .execute(),
    );
    return new Map(rows.map(({ sha, n }) => [sha, n]));
  }

  /** The numbers of commits by a prefix that no other commit has; the others are left out. */
  async byPrefix(repositoryId: number, prefixes: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await inChunks(
      prefixes,
      (some) =>
        this.#db
          .selectFrom('commits')
          .select(['sha', 'n'])
          .where('repository_id', '=', repositoryId)
          .where((eb) => eb.or(some.map((prefix) => startsWith(eb, prefix))))
          .execute(),
      rangesAtOnce,
    );
    const found = new Map<string, number | undefined>();
    for (const prefix of prefixes) {
      const matching = new Set(rows.filter(({ sha }) => sha.startsWith(prefix)).map(({ n }) => n));
      if (matching.size === 1) found.set(prefix, [...matching][0]);
    }
    return new Map([...found].flatMap(([prefix, n]) => (n === undefined ? [] : [[prefix, n] as const])));
  }

  /** The shas of tags by name; those not there are left out. */
  async tags(repositoryId: number, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await inChunks(names, (some) =>
      this.#db
        .selectFrom('repository_tags')
        .select(['name', 'sha'])
        .where('repository_id', '=', repositoryId)
        .where('name', 'in', some)
        .execute(),
    );
    return new Map(rows.map(({ name, sha }) => [name, sha]));
  }

  /** Commits as they are shown, in no order. */
  commits(repositoryId: number, ns: readonly number[]): Promise<CommitRecord[]> {
    return inChunks(ns, async (some) =>
      (await this.#shown(repositoryId).where('n', 'in', some).execute()).map(recordOf),
    );
  }

  /** Commits whose sha begins so, newest first. */
  async find(repositoryId: number, prefix: string, limit: number): Promise<CommitRecord[]> {
    const rows = this.#shown(repositoryId).where((eb) => startsWith(eb, prefix));
    return (await rows.orderBy('n', 'desc').limit(limit).execute()).map(recordOf);
  }

  /** The commits that touch a folder. */
  async touching(repositoryId: number, path: string): Promise<number[]> {
    const rows = await this.#db
      .selectFrom('path_commits')
      .select('n')
      .where('repository_id', '=', repositoryId)
      .where('path', '=', path)
      .execute();
    return rows.map(({ n }) => n);
  }

  #shown(repositoryId: number) {
    return this.#db
      .selectFrom('commits')
      .select(['n', 'sha', 'authored_at', 'committed_at', 'author', 'subject'])
      .where('repository_id', '=', repositoryId);
  }
}

/** `g` follows every digit of a sha in byte order. */
function startsWith(eb: ExpressionBuilder<Schema, 'commits'>, prefix: string) {
  return eb.and([eb('sha', '>=', prefix), eb('sha', '<', `${prefix}g`)]);
}

function noteOf({ n, kind, number, sha }: Pick<CommitNoteTable, 'n' | 'kind' | 'number' | 'sha'>): CommitNote {
  return { n, kind: kind as NoteKind, number, sha }; // one was stored
}

interface ShownRow {
  readonly n: number;
  readonly sha: string;
  readonly authored_at: number;
  readonly committed_at: number;
  readonly author: string;
  readonly subject: string;
}

function recordOf({
  n,
  sha,
  authored_at: authoredAt,
  committed_at: committedAt,
  author,
  subject,
}: ShownRow): CommitRecord {
  return { n, sha, authoredAt, committedAt, author, subject };
}
