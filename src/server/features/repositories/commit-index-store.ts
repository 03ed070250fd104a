import { type Kysely, type Selectable, sql } from 'kysely';
import { chunksOf } from '../../db/chunks.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { CommitNoteTable, CommitTable } from '../../db/tables/changes.ts';

type NoteRow = Omit<Selectable<CommitNoteTable>, 'id' | 'repository_id' | 'n'>;

type NewNote = Omit<Selectable<CommitNoteTable>, 'id'>;

/** A commit that is to be numbered. */
export interface NewCommit extends Omit<CommitTable, 'repository_id' | 'n' | 'parents'> {
  readonly parentShas: readonly string[];
  readonly notes: readonly NoteRow[];
}

export interface AddedCommits {
  readonly added: number;
  /** Whether a parent is not known: the history begins there. */
  readonly isCut: boolean;
}

/** Numbers commits, and keeps what their messages say. Each transaction writes some hundreds of rows. */
export class CommitIndexStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Numbers those of up to 500 commits that have no number yet; parents come before their children. Answers undefined where the
   * repository is gone.
   */
  add(repositoryId: number, commits: readonly NewCommit[]): Promise<AddedCommits | undefined> {
    return this.#database.transaction(async (tx) => {
      // Holds the row until the end: another node that numbers commits of this repository waits, and then finds these.
      const held = await tx
        .updateTable('repositories')
        .set({ commit_count: sql<number>`commit_count` })
        .where('id', '=', repositoryId)
        .returning('commit_count')
        .executeTakeFirst();
      if (!held) return undefined;
      const numbers = await numbersOf(tx, repositoryId, [
        ...new Set(commits.flatMap(({ sha, parentShas }) => [sha, ...parentShas])),
      ]);
      const first = held.commit_count;
      const rows: CommitTable[] = [];
      const notes: NewNote[] = [];
      let isCut = false;
      for (const { parentShas, notes: said, ...facts } of commits) {
        const parents = parentShas.flatMap((sha) => numbers.get(sha) ?? []);
        isCut ||= parents.length < parentShas.length;
        if (numbers.has(facts.sha)) continue;
        const n = first + rows.length;
        numbers.set(facts.sha, n);
        rows.push({ repository_id: repositoryId, n, ...facts, parents: parents.join(' ') });
        for (const note of said) notes.push({ repository_id: repositoryId, n, ...note });
      }
      if (rows.length === 0) return { added: 0, isCut };
      await tx.insertInto('commits').values(rows).execute();
      await insertNotes(
        tx,
        notes.filter((note) => !namesOnlyNumber(note)),
      );
      await insertNotes(tx, await withCommits(tx, repositoryId, notes.filter(namesOnlyNumber)));
      const counted = tx.updateTable('repositories').set({ commit_count: first + rows.length });
      await counted.where('id', '=', repositoryId).execute();
      return { added: rows.length, isCut };
    });
  }

  /** Makes what was added known to those that hold the repository's history. */
  async publish(repositoryId: number): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .updateTable('repositories')
        .set({ index_version: sql<number>`index_version + 1` })
        .where('id', '=', repositoryId)
        .execute(),
    );
  }

  /** Makes the tags those that are given; answers whether any differed. */
  async setTags(repositoryId: number, tags: ReadonlyMap<string, string>): Promise<boolean> {
    const rows = this.#database.read.selectFrom('repository_tags').select(['name', 'sha']);
    const before = new Map(
      (await rows.where('repository_id', '=', repositoryId).execute()).map(({ name, sha }) => [name, sha]),
    );
    const gone = [...before].filter(([name, sha]) => tags.get(name) !== sha).map(([name]) => name);
    const fresh = [...tags].filter(([name, sha]) => before.get(name) !== sha);
    for (const names of chunksOf(gone))
      await this.#database.transaction((tx) =>
        tx.deleteFrom('repository_tags').where('repository_id', '=', repositoryId).where('name', 'in', names).execute(),
      );
    for (const some of chunksOf(fresh))
      await this.#database.transaction((tx) =>
        tx
          .insertInto('repository_tags')
          .values(some.map(([name, sha]) => ({ repository_id: repositoryId, name, sha })))
          .onConflict((conflict) =>
            conflict.columns(['repository_id', 'name']).doUpdateSet((eb) => ({ sha: eb.ref('excluded.sha') })),
          )
          .execute(),
      );
    return gone.length + fresh.length > 0;
  }
}

async function insertNotes(tx: Kysely<Schema>, notes: readonly NewNote[]): Promise<void> {
  for (const some of chunksOf(notes)) await tx.insertInto('commit_notes').values(some).execute();
}

/** Of a revert that says which change it takes back, and not by which commit that landed. */
function namesOnlyNumber({ kind, sha }: NewNote): boolean {
  return kind === 'revert' && sha === null;
}

/** With the commit that landed the change last before each, where there is one; a picked one is not meant. */
async function withCommits(tx: Kysely<Schema>, repositoryId: number, reverts: readonly NewNote[]): Promise<NewNote[]> {
  const landings: { readonly n: number; readonly number: number | null; readonly sha: string }[] = [];
  for (const numbers of chunksOf([...new Set(reverts.map(({ number }) => number))])) {
    const rows = await tx
      .selectFrom('commit_notes as note')
      .innerJoin('commits as c', (join) =>
        join.onRef('c.repository_id', '=', 'note.repository_id').onRef('c.n', '=', 'note.n'),
      )
      .select(['note.n', 'note.number', 'c.sha'])
      .where('note.repository_id', '=', repositoryId)
      .where('note.kind', 'in', ['merge', 'squash'])
      .where('note.number', 'in', numbers)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('commit_notes as pick')
              .select('pick.id')
              .whereRef('pick.repository_id', '=', 'note.repository_id')
              .whereRef('pick.n', '=', 'note.n')
              .where('pick.kind', '=', 'pick'),
          ),
        ),
      )
      .orderBy('note.n')
      .execute();
    landings.push(...rows);
  }
  return reverts.map((revert) => {
    const last = landings.findLast(({ n, number }) => number === revert.number && n < revert.n);
    return { ...revert, sha: last?.sha ?? null };
  });
}

/** The numbers of those that have one. */
export async function numbersOf(
  read: Kysely<Schema>,
  repositoryId: number,
  shas: readonly string[],
): Promise<Map<string, number>> {
  const numbers = new Map<string, number>();
  for (const some of chunksOf(shas)) {
    const rows = read.selectFrom('commits').select(['sha', 'n']).where('repository_id', '=', repositoryId);
    for (const { sha, n } of await rows.where('sha', 'in', some).execute()) numbers.set(sha, n);
  }
  return numbers;
}
