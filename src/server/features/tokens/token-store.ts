import type { ExpressionBuilder, Insertable, Kysely, Selectable } from 'kysely';
import { contains } from '../../db/contains.ts';
import type { Database, LogSession } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { TokenTable } from '../../db/tables/access.ts';
import { createGroups, createProject, findProject } from '../../log/new-places.ts';
import type { Listed, Page } from '../members/membership-types.ts';
import type { TokenFilter, TokenHome } from './token-types.ts';

export type TokenRow = Selectable<TokenTable> & {
  readonly username: string | null;
  readonly user_name: string | null;
  readonly user_is_admin: number | null;
  readonly user_bot: number | null;
  readonly user_state: string | null;
  readonly namespace: string | null;
  readonly service: string | null;
  readonly group_id: number | null;
};

/** The bot that a project or group token acts for. */
export interface NewBot {
  readonly username: string;
  readonly name: string;
  readonly holder: { readonly kind: 'project' | 'group'; readonly id: number };
  readonly level: number;
  readonly createdBy: number | null;
}

type TokenTables = Schema & { t: TokenTable };

export class TokenStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async insert(tx: Kysely<Schema>, token: Insertable<TokenTable>): Promise<number> {
    return (await tx.insertInto('tokens').values(token).returning('id').executeTakeFirstOrThrow()).id;
  }

  /** A user that is a bot, and a member with the given level. */
  async insertBot(tx: Kysely<Schema>, { username, name, holder, level, createdBy }: NewBot, now: number) {
    const user = { username, name, password_hash: null, is_admin: 0, must_change_password: 0, signed_in_at: null };
    const { id } = await tx
      .insertInto('users')
      .values({ ...user, created_at: now, bot: 1 })
      .returning('id')
      .executeTakeFirstOrThrow();
    const place = holder.kind === 'project' ? { project_id: holder.id } : { group_id: holder.id };
    await tx
      .insertInto('members')
      .values({ user_id: id, ...place, access_level: level, created_by: createdBy, created_at: now })
      .execute();
    return id;
  }

  byHash(hash: string): Promise<TokenRow | undefined> {
    return rows(this.#database.read).where('t.token_hash', '=', hash).executeTakeFirst();
  }

  byId(id: number): Promise<TokenRow | undefined> {
    return rows(this.#database.read).where('t.id', '=', id).executeTakeFirst();
  }

  /** All tokens that have not been revoked, or those of one user. */
  unrevoked(userId: number | undefined): Promise<TokenRow[]> {
    const found = rows(this.#database.read).where('t.revoked_at', 'is', null).orderBy('t.id');
    return (userId === undefined ? found : found.where('t.user_id', '=', userId)).execute();
  }

  /** Newest first. */
  async list(home: TokenHome, filter: TokenFilter, now: number, { limit, offset }: Page): Promise<Listed<TokenRow>> {
    const found = rows(this.#database.read).where((eb) => eb.and([isAt(eb, home), ...matches(eb, filter, now)]));
    const counted = this.#database.read
      .selectFrom('tokens as t')
      .where((eb) => eb.and([isAt(eb, home), ...matches(eb, filter, now)]))
      .select((eb) => eb.fn.countAll<number>().as('total'));
    const { total } = await counted.executeTakeFirstOrThrow();
    return { items: await found.orderBy('t.id', 'desc').limit(limit).offset(offset).execute(), total: Number(total) };
  }

  /** Ends a token and the sessions begun with it. false: it had ended already. */
  async revoke(tx: Kysely<Schema>, id: number, now: number): Promise<boolean> {
    const ended = await tx
      .updateTable('tokens')
      .set({ revoked_at: now })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!ended) return false;
    await tx.deleteFrom('sessions').where('token_id', '=', id).execute();
    return true;
  }

  /** Ends a bot whose last token has ended: it is a member of nothing any more. */
  async retireBot(tx: Kysely<Schema>, userId: number): Promise<void> {
    const others = tx.selectFrom('tokens').select('id').where('user_id', '=', userId).where('revoked_at', 'is', null);
    if (await others.executeTakeFirst()) return;
    await tx.deleteFrom('members').where('user_id', '=', userId).execute();
    await tx.updateTable('users').set({ state: 'blocked' }).where('id', '=', userId).where('bot', '=', 1).execute();
  }

  async touch(id: number, now: number): Promise<void> {
    await this.#database.transaction((tx) =>
      tx.updateTable('tokens').set({ last_used_at: now }).where('id', '=', id).execute(),
    );
  }

  /** The id of a project, created where it is named for the first time. */
  async projectId(session: LogSession, namespace: string, name: string, now: number): Promise<number> {
    const project =
      (await findProject(session, namespace, name)) ?? (await createProject(session, namespace, name, now));
    return project.id;
  }

  /** The same for a group. */
  async groupId(session: LogSession, path: string, now: number): Promise<number> {
    await createGroups(session, path, now);
    const group = session.kysely.selectFrom('groups').select('id').where('path', '=', path);
    return (await group.executeTakeFirstOrThrow()).id;
  }
}

function rows(db: Kysely<Schema>) {
  return db
    .selectFrom('tokens as t')
    .leftJoin('users as u', 'u.id', 't.user_id')
    .leftJoin('projects as p', 'p.id', 't.project_id')
    .leftJoin('groups as g', 'g.path', 't.group_path')
    .selectAll('t')
    .select(['u.username', 'u.name as user_name', 'u.is_admin as user_is_admin', 'u.bot as user_bot'])
    .select(['u.state as user_state', 'p.namespace', 'p.name as service', 'g.id as group_id']);
}

function isAt(eb: ExpressionBuilder<TokenTables, 't'>, home: TokenHome) {
  if (home.kind === 'project') return eb('t.project_id', '=', home.id);
  if (home.kind === 'group') return eb('t.group_path', '=', home.path);
  const personal = [eb('t.project_id', 'is', null), eb('t.group_path', 'is', null)];
  return eb.and(home.userId === undefined ? personal : [...personal, eb('t.user_id', '=', home.userId)]);
}

function matches(eb: ExpressionBuilder<TokenTables, 't'>, filter: TokenFilter, now: number) {
  const { revoked, active, search } = filter;
  const parts = [];
  if (revoked !== undefined) parts.push(eb('t.revoked_at', revoked ? 'is not' : 'is', null));
  if (active !== undefined) {
    const lasts = eb.or([eb('t.expires_at', 'is', null), eb('t.expires_at', '>', now)]);
    const holds = eb.and([eb('t.revoked_at', 'is', null), lasts]);
    parts.push(active ? holds : eb.not(holds));
  }
  if (search !== undefined) parts.push(contains(search, eb.ref('t.name')));
  const bounds = [
    ['t.created_at', '>', filter.createdAfter],
    ['t.created_at', '<', filter.createdBefore],
    ['t.expires_at', '>=', filter.expiresAfter],
    ['t.expires_at', '<=', filter.expiresBefore],
    ['t.last_used_at', '>', filter.lastUsedAfter],
    ['t.last_used_at', '<', filter.lastUsedBefore],
  ] as const;
  for (const [column, operator, at] of bounds) if (at !== undefined) parts.push(eb(column, operator, at));
  return parts;
}
