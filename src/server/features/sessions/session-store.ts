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

  /** Those that an owner may still use, the latest first. One that was begun with a token ends with it at the latest. */
  async ofOwner({ userId, adminHash }: SessionOwner, now: number, limit: number): Promise<SessionRow[]> {
    const rows = await this.#database.read
      .selectFrom('sessions as s')
      .leftJoin('tokens as t', 't.id', 's.token_id')
      .selectAll('s')
      .select('t.expires_at as token_ends')
      .where((eb) => {
        if (adminHash !== undefined) return eb('s.admin_hash', '=', adminHash);
        // Not by the column of the join: both sides of the choice are found by an index.
        const tokens = eb.selectFrom('tokens').select('id').where('user_id', '=', userId);
        return eb.or([eb('s.user_id', '=', userId), eb('s.token_id', 'in', tokens)]);
      })
      .where('s.expires_at', '>', now)
      .where('t.revoked_at', 'is', null)
      .where((eb) => eb.or([eb('t.expires_at', 'is', null), eb('t.expires_at', '>', now)]))
      .orderBy('s.created_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ token_ends, ...row }) => ({
      ...row,
      expires_at: Math.min(row.expires_at, token_ends ?? row.expires_at),
    }));
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
