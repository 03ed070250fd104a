import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { UserTable } from '../../db/tables/access.ts';
import { type AuditEntry, writeAudit } from '../../log/audit-log.ts';

/** Who a server is first set up by. */
export const firstAdminName = 'admin';

export type UserRow = Selectable<UserTable>;

export class UserStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  byId(id: number): Promise<UserRow | undefined> {
    return this.#database.read.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
  }

  byUsername(username: string): Promise<UserRow | undefined> {
    return byUsername(this.#database.read, username);
  }

  /** Answers what is taken, if anything is. */
  insert(user: Insertable<UserTable>, audit: AuditEntry): Promise<UserRow | 'username' | 'email'> {
    return this.#database.logTransaction(async ({ kysely: tx }) => {
      if (await byUsername(tx, user.username)) return 'username';
      if (user.email && (await hasEmail(tx, user.email))) return 'email';
      await writeAudit(tx, audit);
      return tx.insertInto('users').values(user).returningAll().executeTakeFirstOrThrow();
    });
  }

  /**
   * The first administrator: made where there is no user yet, given a new password as long as nobody has signed in with the
   * last one, and undefined afterwards, or where the only user was made by somebody. Safe when several processes start at once.
   */
  firstAdmin(user: Insertable<UserTable>): Promise<UserRow | undefined> {
    return this.#database.logTransaction(async ({ kysely: tx }) => {
      const { awaited, made } = await firstAdminState(tx);
      if (!awaited) return undefined;
      if (!made) return tx.insertInto('users').values(user).returningAll().executeTakeFirstOrThrow();
      const { password_hash } = user;
      const update = tx.updateTable('users').set({ password_hash }).where('id', '=', made.id);
      return update.returningAll().executeTakeFirstOrThrow();
    });
  }

  /** Whether firstAdmin would do anything. */
  async awaitsFirstAdmin(): Promise<boolean> {
    return (await firstAdminState(this.#database.read)).awaited;
  }

  /** Puts a password in place that must be changed, and ends the user's sessions. undefined: there is no such person. */
  replacePassword(
    username: string,
    passwordHash: string,
    auditOf: (user: UserRow) => AuditEntry,
  ): Promise<UserRow | undefined> {
    return this.#database.transaction(async (tx) => {
      const user = await byUsername(tx, username);
      // Who was deleted has none, and shall not get one.
      if (!user || user.bot === 1 || user.password_hash === null) return undefined;
      await tx.deleteFrom('sessions').where('user_id', '=', user.id).execute();
      await writeAudit(tx, auditOf(user));
      const change = { password_hash: passwordHash, must_change_password: 1 };
      const update = tx.updateTable('users').set(change).where('id', '=', user.id);
      return update.returningAll().executeTakeFirstOrThrow();
    });
  }

  async setPassword(id: number, passwordHash: string, audit: AuditEntry): Promise<void> {
    const change = { password_hash: passwordHash, must_change_password: 0 };
    await this.#database.transaction(async (tx) => {
      await tx.updateTable('users').set(change).where('id', '=', id).execute();
      await writeAudit(tx, audit);
    });
  }

  async signedIn(id: number, now: number): Promise<void> {
    await this.#database.transaction((tx) =>
      tx.updateTable('users').set({ signed_in_at: now }).where('id', '=', id).execute(),
    );
  }
}

/** The administrator of a first start is awaited until somebody has signed in as such, or made another user. */
async function firstAdminState(db: Kysely<Schema>): Promise<{ awaited: boolean; made: UserRow | undefined }> {
  const people = db.selectFrom('users').selectAll().where('bot', '=', 0);
  const [first, second] = await people.orderBy('id').limit(2).execute();
  const untouched =
    first?.username === firstAdminName && first.must_change_password === 1 && first.signed_in_at === null;
  return { awaited: !first || (untouched && !second), made: first };
}

function byUsername(db: Kysely<Schema>, username: string): Promise<UserRow | undefined> {
  return db
    .selectFrom('users')
    .selectAll()
    .where(sql<string>`lower(username)`, '=', username.toLowerCase())
    .executeTakeFirst();
}

async function hasEmail(db: Kysely<Schema>, email: string): Promise<boolean> {
  const users = db.selectFrom('users').select('id');
  return (await users.where(sql<string>`lower(email)`, '=', email.toLowerCase()).executeTakeFirst()) !== undefined;
}
