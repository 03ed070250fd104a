import {
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type Selectable,
  type SqlBool,
  sql,
  type Updateable,
} from 'kysely';
import { projectPath } from '../../../contract/project-path.ts';
import { contains } from '../../db/contains.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { UserTable } from '../../db/tables/access.ts';
import type { Reach } from '../../principal.ts';
import { ancestorsOf } from '../groups/group-types.ts';
import type { Listed, Page } from '../members/membership-types.ts';
import type { User, UserFilter } from './user-types.ts';

type UserRow = Selectable<UserTable>;

/** Users as others see them: looked up, listed and changed. */
export class UserDirectoryStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async byIds(ids: readonly number[]): Promise<User[]> {
    if (ids.length === 0) return [];
    const rows = await this.#database.read.selectFrom('users').selectAll().where('id', 'in', ids).execute();
    return rows.map(userOf);
  }

  /** By user names in small letters, up to 500. */
  async byUsernames(usernames: readonly string[]): Promise<User[]> {
    if (usernames.length === 0) return [];
    const rows = this.#database.read.selectFrom('users').selectAll();
    return (await rows.where(sql<string>`lower(username)`, 'in', usernames).execute()).map(userOf);
  }

  async byUsername(username: string): Promise<User | undefined> {
    const rows = this.#database.read.selectFrom('users').selectAll();
    const row = await rows.where(sql<string>`lower(username)`, '=', username.toLowerCase()).executeTakeFirst();
    return row && userOf(row);
  }

  async list(
    filter: UserFilter,
    asked: { readonly byEmail: boolean; readonly now: number },
    { limit, offset }: Page,
  ): Promise<Listed<User>> {
    const matching = this.#database.read
      .selectFrom('users')
      .where((eb) => eb.and([isThere(eb), matches(eb, filter, asked)]));
    const order = filter.orderBy === 'updated_at' ? 'created_at' : filter.orderBy;
    const rows = matching.selectAll().orderBy(order, filter.sort).orderBy('id', filter.sort);
    const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    return { items: (await rows.limit(limit).offset(offset).execute()).map(userOf), total: Number(total) };
  }

  /** Those of these ids that are members of what is reached, or of a group around it. */
  async byIdsAround(ids: readonly number[], reach: Reach, now: number): Promise<User[]> {
    if (ids.length === 0) return [];
    const found = this.#database.read.selectFrom('users').selectAll().where('id', 'in', ids);
    return (await found.where((eb) => eb.and(around(eb, reach, now))).execute()).map(userOf);
  }

  /** Which of two names another user has already. */
  async taken(tx: Kysely<Schema>, names: { username?: string; email?: string }, except: number): Promise<string[]> {
    const fields = ['username', 'email'] as const;
    const found = [];
    for (const field of fields) {
      const value = names[field];
      if (value === undefined) continue;
      const others = tx.selectFrom('users').select('id').where('id', '<>', except);
      const other = await others
        .where(sql<string>`lower(${sql.ref(field)})`, '=', value.toLowerCase())
        .executeTakeFirst();
      if (other) found.push(field);
    }
    return found;
  }

  /** A user name that nobody else has: the wanted one, or with a number behind it. */
  async freeName(tx: Kysely<Schema>, wanted: string, except: number): Promise<string> {
    for (let n = 1; ; n += 1) {
      const username = n === 1 ? wanted : `${wanted}-${n}`;
      if ((await this.taken(tx, { username }, except)).length === 0) return username;
    }
  }

  async update(tx: Kysely<Schema>, id: number, change: Updateable<UserTable>): Promise<void> {
    if (Object.keys(change).length > 0) await tx.updateTable('users').set(change).where('id', '=', id).execute();
  }

  /** Ends what a user is signed in by, on every node. */
  async endSessions(tx: Kysely<Schema>, id: number): Promise<void> {
    const tokens = tx.selectFrom('tokens').select('id').where('user_id', '=', id);
    await tx
      .deleteFrom('sessions')
      .where((eb) => eb.or([eb('user_id', '=', id), eb('token_id', 'in', tokens)]))
      .execute();
  }

  /** Its memberships, and its tokens, which are kept as revoked. */
  async strip(tx: Kysely<Schema>, id: number, now: number): Promise<void> {
    await tx.deleteFrom('members').where('user_id', '=', id).execute();
    const tokens = tx.updateTable('tokens').set({ revoked_at: now }).where('user_id', '=', id);
    await tokens.where('revoked_at', 'is', null).execute();
  }

  /** The bot that the administrator's token of the settings acts for; made where there is none. */
  async adminBot(now: number): Promise<User> {
    const known = await findAdminBot(this.#database.read);
    if (known) return userOf(known);
    return this.#database.logTransaction(async ({ kysely: tx }) => userOf(await makeAdminBot(tx, now)));
  }
}

async function makeAdminBot(tx: Kysely<Schema>, now: number): Promise<UserRow> {
  const made = await findAdminBot(tx);
  if (made) return made;
  // Somebody may be called so already.
  const names = ['shiplog-admin', 'shiplog-admin-bot', `shiplog-admin-bot-${now}`];
  const people = await tx.selectFrom('users').select(sql<string>`lower(username)`.as('name')).execute();
  const taken = new Set(people.map(({ name }) => name));
  return tx
    .insertInto('users')
    .values({
      username: names.find((name) => !taken.has(name)) ?? `shiplog-admin-${now}`,
      name: 'Administrator token',
      password_hash: null,
      is_admin: 1,
      must_change_password: 0,
      signed_in_at: null,
      created_at: now,
      bot: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** There is no other bot that is an administrator. */
function findAdminBot(db: Kysely<Schema>): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('bot', '=', 1).where('is_admin', '=', 1).executeTakeFirst();
}

/** The conditions that a user is a member of what is reached, or of a group around it; none where all is reached. */
function around(eb: ExpressionBuilder<Schema, 'users'>, reach: Reach, now: number) {
  if (reach.kind === 'all') return [];
  const path = reach.kind === 'group' ? reach.namespace : projectPath(reach);
  const groups = reach.kind === 'group' ? [...ancestorsOf(path), path] : ancestorsOf(path);
  const members = eb
    .selectFrom('members as m')
    .leftJoin('groups as g', 'g.id', 'm.group_id')
    .leftJoin('projects as p', 'p.id', 'm.project_id')
    .select('m.user_id')
    .where((of) => of.or([of('m.expires_at', 'is', null), of('m.expires_at', '>', now)]))
    .where((of) => {
      const inGroups = groups.length === 0 ? [] : [of('g.path', 'in', groups)];
      if (reach.kind === 'group') return of.or(inGroups);
      const here = of.and([of('p.namespace', '=', reach.namespace), of('p.name', '=', reach.service)]);
      return of.or([here, ...inGroups]);
    });
  return [eb('users.id', 'in', members)];
}

/** Of a deleted user only a name is left, which stands beside what it did: no password, and no bot. */
function isThere(eb: ExpressionBuilder<Schema, 'users'>): Expression<SqlBool> {
  return eb.or([eb('bot', '=', 1), eb('password_hash', 'is not', null)]);
}

function matches(
  eb: ExpressionBuilder<Schema, 'users'>,
  filter: UserFilter,
  { byEmail, now }: { readonly byEmail: boolean; readonly now: number },
) {
  const { username, search, state, admins, bots, createdAfter, createdBefore } = filter;
  const parts: Expression<SqlBool>[] = around(eb, filter.around ?? { kind: 'all' }, now);
  if (username !== undefined) parts.push(eb(sql<string>`lower(username)`, '=', username.toLowerCase()));
  if (search !== undefined) {
    const email = byEmail ? [eb(sql<string>`lower(email)`, '=', search.toLowerCase())] : [];
    parts.push(eb.or([contains(search, eb.ref('username'), eb.ref('name')), ...email]));
  }
  if (state !== undefined) parts.push(eb('state', '=', state));
  if (admins) parts.push(eb('is_admin', '=', 1));
  if (bots !== undefined) parts.push(eb('bot', '=', Number(bots)));
  if (createdAfter !== undefined) parts.push(eb('created_at', '>=', createdAfter));
  if (createdBefore !== undefined) parts.push(eb('created_at', '<=', createdBefore));
  return eb.and(parts);
}

function userOf(row: UserRow): User {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    email: row.email,
    isAdmin: row.is_admin === 1,
    state: row.state === 'blocked' ? 'blocked' : 'active',
    bot: row.bot === 1,
    isDeleted: row.bot === 0 && row.password_hash === null,
    signedInAt: row.signed_in_at,
    createdAt: row.created_at,
  };
}
