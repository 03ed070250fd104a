import type { Database } from '../../db/database.ts';
import { numbersOf } from './commit-index-store.ts';

/** No commit's number: a row with it says that the whole history was looked through. */
const complete = -1;

/** A folder that some project is limited to. */
interface WantedPath {
  readonly path: string;
  /** Whether the whole history was looked through for it. */
  readonly isComplete: boolean;
}

/** Which commits touch the folders that projects are limited to. */
export class CommitPathStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The folders of the projects of a repository. What no project is limited to any more is not complete from now on. */
  async wanted(repositoryId: number): Promise<WantedPath[]> {
    const ours = this.#database.read.selectFrom('project_repositories').where('repository_id', '=', repositoryId);
    const paths = await ours.select('path').distinct().where('path', '<>', '').execute();
    const used = new Set(paths.map(({ path }) => path));
    const done = new Set<string>();
    for await (const path of this.#listed(repositoryId)) {
      if (!(await this.#isComplete(repositoryId, path))) continue;
      if (used.has(path)) done.add(path);
      else await this.#forget(repositoryId, path);
    }
    return paths.map(({ path }) => ({ path, isComplete: done.has(path) }));
  }

  /** Each folder of which commits are listed: from one to the next, since each may have any number of them. */
  async *#listed(repositoryId: number): AsyncGenerator<string> {
    for (let last = ''; ; ) {
      const ours = this.#database.read
        .selectFrom('path_commits')
        .select('path')
        .where('repository_id', '=', repositoryId);
      const next = await ours.where('path', '>', last).orderBy('path').limit(1).executeTakeFirst();
      if (!next) return;
      last = next.path;
      yield last;
    }
  }

  async #isComplete(repositoryId: number, path: string): Promise<boolean> {
    const ours = this.#database.read.selectFrom('path_commits').select('n').where('repository_id', '=', repositoryId);
    return (await ours.where('path', '=', path).where('n', '=', complete).executeTakeFirst()) !== undefined;
  }

  /** Up to 500 commits that touch the folder; those without a number are left out. */
  async add(repositoryId: number, path: string, shas: readonly string[]): Promise<void> {
    const numbers = await numbersOf(this.#database.read, repositoryId, shas);
    await this.#insert(repositoryId, path, [...numbers.values()]);
  }

  async markComplete(repositoryId: number, path: string): Promise<void> {
    await this.#insert(repositoryId, path, [complete]);
  }

  async #insert(repositoryId: number, path: string, ns: readonly number[]): Promise<void> {
    if (ns.length === 0) return;
    await this.#database.transaction((tx) =>
      tx
        .insertInto('path_commits')
        .values(ns.map((n) => ({ repository_id: repositoryId, path, n })))
        .onConflict((conflict) => conflict.columns(['repository_id', 'path', 'n']).doNothing())
        .execute(),
    );
  }

  async #forget(repositoryId: number, path: string): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .deleteFrom('path_commits')
        .where('repository_id', '=', repositoryId)
        .where('path', '=', path)
        .where('n', '=', complete)
        .execute(),
    );
  }
}
