import type { Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { FetcherStateTable } from '../../db/tables/work.ts';

export class FetcherStateStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get(adapter: string): Promise<Selectable<FetcherStateTable> | undefined> {
    return this.#database.read
      .selectFrom('fetcher_states')
      .selectAll()
      .where('adapter', '=', adapter)
      .executeTakeFirst();
  }

  async put(adapter: string, cursor: string, now: number): Promise<void> {
    const state = { cursor, updated_at: now };
    await this.#database.transaction((tx) =>
      tx
        .insertInto('fetcher_states')
        .values({ adapter, ...state })
        .onConflict((conflict) => conflict.column('adapter').doUpdateSet(state))
        .execute(),
    );
  }
}
