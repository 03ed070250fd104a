import type { Kysely } from 'kysely';
import { chunksOf } from '../../db/chunks.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';

export interface LikelyCopy {
  readonly n: number;
  readonly sha: string;
  readonly committedAt: number;
}

/** A commit, and others with the same author, author's date and subject: one may be a copy of the other. */
export interface CopyCandidate extends LikelyCopy {
  /** The first that were committed, three at the most. */
  readonly alike: readonly LikelyCopy[];
}

/** Commits in a row, of which those are candidates. */
export interface CopyWindow {
  readonly from: number;
  readonly until: number;
  readonly candidates: readonly CopyCandidate[];
}

export interface Copy {
  readonly n: number;
  /** Of the one that was committed first. */
  readonly sha: string;
}

const windowSize = 250;
const mostAlike = 3;
/** Where an import gave thousands of commits one date, the first of them are looked at. */
const mostLikely = 5000;

export class CopiesStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The next commits that were not compared yet; undefined: all were. */
  async window(repositoryId: number): Promise<CopyWindow | undefined> {
    const { read } = this.#database;
    const ours = read.selectFrom('repositories').select(['compared_until', 'commit_count']);
    const repository = await ours.where('id', '=', repositoryId).executeTakeFirst();
    if (!repository || repository.compared_until >= repository.commit_count) return undefined;
    const from = repository.compared_until;
    const until = Math.min(from + windowSize, repository.commit_count);
    const fresh = await unmerged(read, repositoryId).where('n', '>=', from).where('n', '<', until).execute();
    if (fresh.length === 0) return { from, until, candidates: [] };
    const dates = [...new Set(fresh.map(({ authored_at }) => authored_at))];
    const likely = unmerged(read, repositoryId).where('authored_at', 'in', dates).where('n', '<', until);
    const byLook = new Map<string, LikelyCopy[]>();
    for (const { n, sha, committedAt, ...look } of await likely.orderBy('n').limit(mostLikely).execute()) {
      const alike = byLook.get(lookOf(look)) ?? [];
      byLook.set(lookOf(look), alike);
      alike.push({ n, sha, committedAt });
    }
    const candidates = fresh.flatMap(({ authored_at, author, subject, ...commit }) => {
      const others = byLook.get(lookOf({ authored_at, author, subject })) ?? [];
      const alike = others
        .filter(({ n }) => n < commit.n)
        .toSorted((a, b) => a.committedAt - b.committedAt || a.n - b.n)
        .slice(0, mostAlike);
      return alike.length === 0 ? [] : [{ ...commit, alike }];
    });
    const picked = await this.#picked(repositoryId, candidates);
    // Their messages say already what comparing would show.
    const isSaid = (a: LikelyCopy, b: LikelyCopy) => picked.has(`${a.n} ${b.sha}`) || picked.has(`${b.n} ${a.sha}`);
    return {
      from,
      until,
      candidates: candidates.filter((commit) => !commit.alike.some((other) => isSaid(commit, other))),
    };
  }

  /** Who picks whom, of these. */
  async #picked(repositoryId: number, candidates: readonly CopyCandidate[]): Promise<ReadonlySet<string>> {
    const ns = new Set(candidates.flatMap((commit) => [commit, ...commit.alike]).map(({ n }) => n));
    const found = new Set<string>();
    for (const some of chunksOf([...ns])) {
      const picks = this.#database.read.selectFrom('commit_notes').select(['n', 'sha']).where('kind', '=', 'pick');
      const rows = await picks.where('repository_id', '=', repositoryId).where('n', 'in', some).execute();
      for (const { n, sha } of rows) found.add(`${n} ${sha}`);
    }
    return found;
  }

  /** Stores what comparing a window showed, unless another node did. */
  settle(repositoryId: number, { from, until }: CopyWindow, copies: readonly Copy[]): Promise<void> {
    return this.#database.transaction(async (tx) => {
      const moved = await tx
        .updateTable('repositories')
        .set({ compared_until: until })
        .where('id', '=', repositoryId)
        .where('compared_until', '=', from)
        .returning('id')
        .execute();
      if (moved.length === 0 || copies.length === 0) return;
      const note = { repository_id: repositoryId, kind: 'copy', number: null, title: null };
      await tx
        .insertInto('commit_notes')
        .values(copies.map(({ n, sha }) => ({ ...note, n, sha })))
        .execute();
    });
  }
}

function unmerged(read: Kysely<Schema>, repositoryId: number) {
  return read
    .selectFrom('commits')
    .select(['n', 'sha', 'author', 'authored_at', 'committed_at as committedAt', 'subject'])
    .where('repository_id', '=', repositoryId)
    .where('parents', 'not like', '% %');
}

function lookOf({ author, authored_at, subject }: { author: string; authored_at: number; subject: string }): string {
  return JSON.stringify([authored_at, author, subject]);
}
