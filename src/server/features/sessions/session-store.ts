import type { Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { SessionTable } from '../../db/tables/access.ts';

export type SessionRow = Selectable<SessionTable>;

/** A person, or whoever has the administrator's token of the settings. */
export interface SessionOwner {
  readonly userId: number;
  readonly adminHash: string | undefined;
}

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

  /** Those that an owner may still use, the latest first. */
  ofOwner({ userId, adminHash }: SessionOwner, now: number, limit: number): Promise<SessionRow[]> {
    return this.#database.read
      .selectFrom('sessions as s')
      .leftJoin('tokens as t', 't.id', 's.token_id')
      .selectAll('s')
      .where((eb) =>
        adminHash === undefined
          ? eb.or([eb('s.user_id', '=', userId), eb('t.user_id', '=', userId)])
          : eb('s.admin_hash', '=', adminHash),
      )
      .where('s.expires_at', '>', now)
      .orderBy('s.created_at', 'desc')
      .limit(limit)
      .execute();
  }

  async touch(idHash: string, now: number): Promise<void> {
    await this.#database.transaction((tx) =>
      tx.updateTable('sessions').set({ seen_at: now }).where('id_hash', '=', idHash).execute(),
    );
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
