import type { Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { CommitTable } from '../../db/tables/changes.ts';
import type { LandedChange } from './repository-types.ts';

/** A commit that lands a change, with what tells of the change. */
export interface LandingRow
  extends Pick<LandedChange, 'n' | 'sha' | 'kind' | 'number'>,
    Pick<Selectable<CommitTable>, 'subject' | 'author'> {
  readonly title: string | null;
  readonly committedAt: number;
  /** Of a merge: the author of the last commit of what was merged, where that is known. */
  readonly headAuthor: string | null;
}

/** Reads which commits land changes, by what their messages say. */
export class CommitLandingStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Up to `limit` commits from `from` on that land a change by a number, in their order. */
  async landings(repositoryId: number, from: number, limit: number): Promise<LandingRow[]> {
    const rows = await this.#database.read
      .selectFrom('commit_notes as note')
      .innerJoin('commits as c', (join) =>
        join.onRef('c.repository_id', '=', 'note.repository_id').onRef('c.n', '=', 'note.n'),
      )
      .select(['note.n', 'note.kind', 'note.number', 'note.title'])
      .select(['c.sha', 'c.subject', 'c.author', 'c.parents', 'c.committed_at as committedAt'])
      .where('note.repository_id', '=', repositoryId)
      .where('note.kind', 'in', ['merge', 'squash'])
      .where('note.n', '>=', from)
      // A picked commit has the message, and with it the number, of the commit that it was picked from.
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('commit_notes as pick')
              .innerJoin('commits as picked', (join) =>
                join.onRef('picked.repository_id', '=', 'pick.repository_id').onRef('picked.sha', '=', 'pick.sha'),
              )
              .innerJoin('commit_notes as first', (join) =>
                join
                  .onRef('first.repository_id', '=', 'picked.repository_id')
                  .onRef('first.n', '=', 'picked.n')
                  .onRef('first.number', '=', 'note.number'),
              )
              .select('pick.id')
              .whereRef('pick.repository_id', '=', 'note.repository_id')
              .whereRef('pick.n', '=', 'note.n')
              .where('pick.kind', '=', 'pick'),
          ),
        ),
      )
      .orderBy('note.n')
      .limit(limit)
      .execute();
    const heads = await this.#authorsOf(
      repositoryId,
      rows.flatMap(({ parents }) => secondOf(parents) ?? []),
    );
    return rows.map(({ parents, kind, number, ...row }) => ({
      ...row,
      kind: kind as LandingRow['kind'], // asked for
      number: number ?? 0, // of these kinds each has one
      headAuthor: heads.get(secondOf(parents) ?? -1) ?? null,
    }));
  }

  async #authorsOf(repositoryId: number, ns: readonly number[]): Promise<Map<number, string>> {
    if (ns.length === 0) return new Map();
    const rows = this.#database.read.selectFrom('commits').select(['n', 'author']);
    const found = await rows.where('repository_id', '=', repositoryId).where('n', 'in', ns).execute();
    return new Map(found.map(({ n, author }) => [n, author]));
  }
}

function secondOf(parents: string): number | undefined {
  const second = parents.split(' ')[1];
  return second === undefined ? undefined : Number(second);
}
