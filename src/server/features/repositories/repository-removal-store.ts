import type { Database } from '../../db/database.ts';

/** One transaction each: SQLite has one writer, and deployments wait for it. */
const atOnce = 1000;

/** Takes what is known of a repository away, in small steps. */
export class RepositoryRemovalStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Repositories that no project names. */
  async unused(now: number): Promise<number[]> {
    const rows = await this.#database.read
      .selectFrom('repositories as r')
      .select('r.id')
      .where('r.busy_until', '<=', now)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('project_repositories as p').select('p.project_id').whereRef('p.repository_id', '=', 'r.id'),
          ),
        ),
      )
      .execute();
    return rows.map(({ id }) => id);
  }

  async remove(id: number): Promise<void> {
    const count = await this.#lastCommit(id);
    for (let from = -1; from <= count; from += atOnce) {
      await this.#database.transaction(async (tx) => {
        for (const table of ['path_commits', 'commit_notes', 'commits'] as const) {
          await tx
            .deleteFrom(table)
            .where('repository_id', '=', id)
            .where('n', '>=', from)
            .where('n', '<', from + atOnce)
            .execute();
        }
      });
    }
    await this.#database.transaction(async (tx) => {
      await tx.deleteFrom('repository_tags').where('repository_id', '=', id).execute();
      await tx.deleteFrom('repositories').where('id', '=', id).execute();
    });
  }

  async #lastCommit(id: number): Promise<number> {
    const rows = this.#database.read.selectFrom('commits').where('repository_id', '=', id);
    const { last } = await rows.select(({ fn }) => fn.max('n').as('last')).executeTakeFirstOrThrow();
    return Number(last ?? -1);
  }
}
