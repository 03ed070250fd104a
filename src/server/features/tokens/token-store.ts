import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Schema, TokenTable } from '../../db/schema.ts';

export type TokenRow = Selectable<TokenTable> & {
  readonly username: string | null;
  readonly user_name: string | null;
  readonly user_is_admin: number | null;
  readonly namespace: string | null;
  readonly service: string | null;
};

export class TokenStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async insert(token: Insertable<TokenTable>): Promise<number> {
    const insert = (tx: Kysely<Schema>) =>
      tx.insertInto('tokens').values(token).returning('id').executeTakeFirstOrThrow();
    return (await this.#database.transaction(insert)).id;
  }

  byHash(hash: string): Promise<TokenRow | undefined> {
    return this.#rows().where('t.token_hash', '=', hash).executeTakeFirst();
  }

  byId(id: number): Promise<TokenRow | undefined> {
    return this.#rows().where('t.id', '=', id).executeTakeFirst();
  }

  /** All tokens, or those of one user. */
  list(userId: number | undefined): Promise<TokenRow[]> {
    const rows = this.#rows().orderBy('t.id');
    return (userId === undefined ? rows : rows.where('t.user_id', '=', userId)).execute();
  }

  async delete(id: number): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx.deleteFrom('sessions').where('token_id', '=', id).execute();
      await tx.deleteFrom('tokens').where('id', '=', id).execute();
    });
  }

  async touch(id: number, now: number): Promise<void> {
    await this.#database.transaction((tx) =>
      tx.updateTable('tokens').set({ last_used_at: now }).where('id', '=', id).execute(),
    );
  }

  /** The id of a project, created where it is named for the first time. */
  async projectId(namespace: string, name: string, now: number): Promise<number> {
    return this.#database.logTransaction(async ({ kysely: tx }) => {
      const found = await tx
        .selectFrom('projects')
        .select('id')
        .where('namespace', '=', namespace)
        .where('name', '=', name)
        .executeTakeFirst();
      if (found) return found.id;
      const created = await tx
        .insertInto('projects')
        .values({ namespace, name, created_at: now })
        .returning('id')
        .executeTakeFirstOrThrow();
      return created.id;
    });
  }

  #rows() {
    return this.#database.read
      .selectFrom('tokens as t')
      .leftJoin('users as u', 'u.id', 't.user_id')
      .leftJoin('projects as p', 'p.id', 't.project_id')
      .selectAll('t')
      .select(['u.username', 'u.name as user_name', 'u.is_admin as user_is_admin', 'p.namespace', 'p.name as service']);
  }
}
