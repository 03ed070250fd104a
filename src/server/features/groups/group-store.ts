import { type Expression, type ExpressionBuilder, type Kysely, type Selectable, type SqlBool, sql } from 'kysely';
import { accessLevels } from '../../../contract/access-levels.ts';
import { contains } from '../../db/contains.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { GroupTable } from '../../db/tables/places.ts';
import type { Principal, Visibility } from '../../principal.ts';
import type { Listed, Page } from '../members/membership-types.ts';
import { ancestorsOf, type Group, type GroupFilter, parentOf } from './group-types.ts';

type GroupRow = Selectable<GroupTable>;
type Builder = ExpressionBuilder<Schema, 'groups'>;

export class GroupStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async byId(id: number, db = this.#database.read): Promise<Group | undefined> {
    const row = await db.selectFrom('groups').selectAll().where('id', '=', id).executeTakeFirst();
    return row && (await groupsOf(db, [row]))[0];
  }

  /** Those that there are of these paths. */
  async byPaths(paths: readonly string[], db = this.#database.read): Promise<Group[]> {
    return groupsOf(db, await rowsOf(db, paths));
  }

  async list(principal: Principal, filter: GroupFilter, { limit, offset }: Page): Promise<Listed<Group>> {
    const matching = this.#database.read
      .selectFrom('groups')
      .where((eb) => eb.and([isVisible(eb, principal), ...matches(eb, principal, filter)]));
    const rows = matching.selectAll().orderBy(filter.orderBy, filter.sort).orderBy('id', filter.sort);
    const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    return {
      items: await groupsOf(this.#database.read, await rows.limit(limit).offset(offset).execute()),
      total: Number(total),
    };
  }

  /** Whether a group or a project has this path. */
  async isTaken(tx: Kysely<Schema>, path: string): Promise<boolean> {
    const [group] = await rowsOf(tx, [path]);
    const name = path.slice(path.lastIndexOf('/') + 1);
    const projects = tx.selectFrom('projects').select('id').where('namespace', '=', parentOf(path));
    return group !== undefined || (await projects.where('name', '=', name).executeTakeFirst()) !== undefined;
  }

  async insert(tx: Kysely<Schema>, group: Omit<GroupRow, 'id'>): Promise<number> {
    return (await tx.insertInto('groups').values(group).returning('id').executeTakeFirstOrThrow()).id;
  }

  async addOwner(tx: Kysely<Schema>, groupId: number, userId: number, now: number): Promise<void> {
    const member = { group_id: groupId, user_id: userId, access_level: accessLevels.owner, created_by: userId };
    await tx
      .insertInto('members')
      .values({ ...member, created_at: now })
      .execute();
  }

  async update(tx: Kysely<Schema>, id: number, change: Partial<Omit<GroupRow, 'id'>>): Promise<void> {
    await tx.updateTable('groups').set(change).where('id', '=', id).execute();
  }

  /** Moves a group and everything under it to another path. Its projects are found by their old paths too. */
  async move(tx: Kysely<Schema>, from: string, to: string): Promise<void> {
    await sql`insert into project_redirects (namespace, name, project_id) select namespace, name, id from projects
      where deleted_at is null and ${within('namespace', from)}
      on conflict (namespace, name) do update set project_id = excluded.project_id`.execute(tx);
    const rest = [...from].length + 1;
    for (const [table, column] of [
      ['groups', 'path'],
      ['projects', 'namespace'],
      ['tokens', 'group_path'],
    ] as const) {
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to} || substr(${sql.ref(column)}, ${sql.lit(rest)})
        where ${within(column, from)}`.execute(tx);
    }
  }

  /** Ids of the projects in a group and under it. */
  async projectsWithin(tx: Kysely<Schema>, path: string): Promise<number[]> {
    const projects = tx.selectFrom('projects').select('id').where(within('namespace', path));
    return (await projects.where('deleted_at', 'is', null).execute()).map(({ id }) => id);
  }

  /** Whether something in a group is more open than one of these. */
  async hasMoreOpen(tx: Kysely<Schema>, path: string, open: readonly Visibility[]): Promise<boolean> {
    if (open.length === 0) return false;
    const groups = tx.selectFrom('groups').select('id').where(under('path', path)).where('visibility', 'in', open);
    const projects = tx.selectFrom('projects').select('id').where(within('namespace', path));
    const openProjects = projects.where('deleted_at', 'is', null).where('visibility', 'in', open);
    return ((await groups.executeTakeFirst()) ?? (await openProjects.executeTakeFirst())) !== undefined;
  }

  /** Whether a protection of something outside of a group names the group or one under it. */
  async isNamedOutside(tx: Kysely<Schema>, path: string): Promise<boolean> {
    const found = await tx
      .selectFrom('protection_rules as r')
      .innerJoin('groups as named', 'named.id', 'r.group_id')
      .innerJoin('protected_environments as e', 'e.id', 'r.protected_environment_id')
      .leftJoin('projects as p', 'p.id', 'e.project_id')
      .leftJoin('groups as g', 'g.id', 'e.group_id')
      .select('r.id')
      .where(within('named.path', path))
      .where((eb) => {
        // Of what is not there, NOT is NULL: it does not count.
        const ofProject = eb.and([eb('p.deleted_at', 'is', null), eb.not(within('p.namespace', path))]);
        return eb.or([ofProject, eb.not(within('g.path', path))]);
      })
      .executeTakeFirst();
    return found !== undefined;
  }

  /** Takes a group and those under it away, with their members, tokens and protections. */
  async remove(tx: Kysely<Schema>, path: string, now: number): Promise<void> {
    const rows = await tx.selectFrom('groups').select('id').where(within('path', path)).execute();
    const ids = rows.map(({ id }) => id);
    const tokens = tx.selectFrom('tokens').where(within('group_path', path));
    const bots = (await tokens.select('user_id').execute()).flatMap(({ user_id }) => user_id ?? []);
    await tx.deleteFrom('sessions').where('token_id', 'in', tokens.select('id')).execute();
    const open = tx.updateTable('tokens').set({ revoked_at: now }).where(within('group_path', path));
    await open.where('revoked_at', 'is', null).execute();
    if (bots.length > 0) await tx.updateTable('users').set({ state: 'blocked' }).where('id', 'in', bots).execute();
    const ruled = tx.selectFrom('protected_environments').select('id').where('group_id', 'in', ids);
    await tx
      .deleteFrom('protection_rules')
      .where((eb) => eb.or([eb('protected_environment_id', 'in', ruled), eb('group_id', 'in', ids)]))
      .execute();
    await tx.deleteFrom('protected_environments').where('group_id', 'in', ids).execute();
    await tx.deleteFrom('members').where('group_id', 'in', ids).execute();
    await tx.deleteFrom('groups').where('id', 'in', ids).execute();
  }
}

/** With the ids of the groups that they lie in. */
async function groupsOf(db: Kysely<Schema>, rows: readonly GroupRow[]): Promise<Group[]> {
  const parents = await rowsOf(db, [...new Set(rows.map(({ path }) => parentOf(path)))]);
  const ids = new Map(parents.map(({ path, id }) => [path, id]));
  return rows.map((row) => ({
    id: row.id,
    path: row.path,
    name: row.name,
    description: row.description,
    visibility: row.visibility as Visibility, // written by us
    parentId: ids.get(parentOf(row.path)) ?? null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
}

async function rowsOf(db: Kysely<Schema>, paths: readonly string[]): Promise<GroupRow[]> {
  if (paths.length === 0) return [];
  return db.selectFrom('groups').selectAll().where('path', 'in', paths).execute();
}

/** What lies at a path or under it. */
function within(column: string, path: string) {
  return sql<SqlBool>`(${sql.ref(column)} = ${path} or ${under(column, path)})`;
}

function under(column: string, path: string) {
  const start = `${path}/`;
  return sql<SqlBool>`substr(${sql.ref(column)}, 1, ${sql.lit([...start].length)}) = ${start}`;
}

function isVisible(eb: Builder, { reach, scopes, memberships }: Principal): Expression<SqlBool> {
  if (reach.kind === 'project') return eb.or([]);
  const reached = reach.kind === 'group' ? [within('path', reach.namespace)] : [];
  if (scopes.includes('admin')) return eb.and(reached);
  const own = memberships.filter(({ kind }) => kind === 'group').map(({ path }) => within('path', path));
  // Somebody who is a member of something sees the groups that it lies in.
  const above = [...new Set(memberships.flatMap(({ path }) => ancestorsOf(path)))];
  const led = above.length > 0 ? [eb('path', 'in', above)] : [];
  return eb.and([...reached, eb.or([eb('visibility', '<>', 'private'), ...own, ...led])]);
}

function matches(eb: Builder, principal: Principal, filter: GroupFilter): Expression<SqlBool>[] {
  const { search, owned, memberFrom, topLevel, parent, below, except, visibility } = filter;
  const parts: Expression<SqlBool>[] = [];
  if (search !== undefined) parts.push(contains(search, eb.ref('name'), eb.ref('path')));
  const from = owned ? accessLevels.owner : memberFrom;
  if (from !== undefined) {
    const held = principal.memberships.filter(({ kind, level }) => kind === 'group' && level >= from);
    parts.push(eb.or(held.map(({ path }) => within('path', path))));
  }
  if (topLevel) parts.push(eb('path', 'not like', '%/%'));
  if (parent !== undefined) {
    parts.push(under('path', parent));
    if (!below) parts.push(sql<SqlBool>`substr(path, ${sql.lit([...parent].length + 2)}) not like '%/%'`);
  }
  if (except && except.length > 0) parts.push(eb('id', 'not in', except));
  if (visibility !== undefined) parts.push(eb('visibility', '=', visibility));
  return parts;
}
