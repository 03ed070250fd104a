import type { Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { SessionTable } from '../../db/tables/access.ts';

export type SessionRow = Selectable<SessionTable>;

export class SessionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  byHash(idHash: string): Promise<SessionRow | undefined> {
    return this.#database.read.selectFrom('sessions').selectAll().where('id_hash', '=', idHash).executeTakeFirst();
  }

  async insert(session: SessionRow): Promise<void> {
    await this.#database.transaction((tx) => tx.insertInto('sessions').values(session).execute());
  }

  async delete(idHash: string): Promise<void> {
    await this.#database.transaction((tx) => tx.deleteFrom('sessions').where('id_hash', '=', idHash).execute());
  }

  async deleteExpired(now: number): Promise<void> {
    await this.#database.transaction((tx) => tx.deleteFrom('sessions').where('expires_at', '<=', now).execute());
  }

  /** Ends all sessions of a user but one. */
  async deleteOthers(userId: number, keepHash: string): Promise<void> {
    await this.#database.transaction((tx) =>
      tx.deleteFrom('sessions').where('user_id', '=', userId).where('id_hash', '!=', keepHash).execute(),
    );
  }
}
