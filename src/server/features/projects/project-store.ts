import {
  type Expression,
  type ExpressionBuilder,
  type Insertable,
  type Kysely,
  type RawBuilder,
  type Selectable,
  type SqlBool,
  sql,
  type Updateable,
} from 'kysely';
import { accessLevels } from '../../../contract/access-levels.ts';
import { limits } from '../../../contract/limits.ts';
import { projectAt, projectPath } from '../../../contract/project-path.ts';
import { contains } from '../../db/contains.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { ProjectTable } from '../../db/tables/places.ts';
import { notFound } from '../../errors.ts';
import { type AuditAuthor, writeAudit } from '../../log/audit-log.ts';
import { visibleTo } from '../../log/visible-projects.ts';
import type { Membership, Principal, Visibility } from '../../principal.ts';
import type { Listed, Page } from '../members/membership-types.ts';
import type { ListedProject, Project, ProjectFilter } from './project-types.ts';

type ProjectRow = Selectable<ProjectTable>;
type Builder = ExpressionBuilder<{ p: ProjectTable }, 'p'>;

const mostInList = 500;

export class ProjectStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** undefined where there is none, or it was deleted. */
  async byId(id: number, db = this.#database.read): Promise<Project | undefined> {
    const row = await existing(db).where('id', '=', id).executeTakeFirst();
    return row && projectOf(row);
  }

  /** Those that there are of these ids, which may be many. */
  async byIds(ids: readonly number[]): Promise<Project[]> {
    const found: Project[] = [];
    for (let start = 0; start < ids.length; start += mostInList) {
      const some = ids.slice(start, start + mostInList);
      const rows = await existing(this.#database.read).where('id', 'in', some).execute();
      found.push(...rows.map(projectOf));
    }
    return found;
  }

  /** The same. */
  async byPath(namespace: string, name: string): Promise<Project | undefined> {
    const rows = existing(this.#database.read);
    const row = await rows.where('namespace', '=', namespace).where('name', '=', name).executeTakeFirst();
    return row && projectOf(row);
  }

  /** In whatever case; the oldest where several differ in nothing else. */
  async inAnyCase(namespace: string, name: string): Promise<Project | undefined> {
    const rows = existing(this.#database.read)
      .where(sameInAnyCase('name', name))
      .where(sameInAnyCase('namespace', namespace));
    const row = await rows.orderBy('id').limit(1).executeTakeFirst();
    return row && projectOf(row);
  }

  /** The one that had this path before it was renamed, in whatever case; where several had, the one that had it exactly. */
  async byOldPath(namespace: string, name: string): Promise<Project | undefined> {
    const moved = await this.#database.read
      .selectFrom('project_redirects')
      .selectAll()
      .where(sameInAnyCase('namespace', namespace))
      .where(sameInAnyCase('name', name))
      .orderBy('project_id')
      .execute();
    const found = moved.find((each) => each.namespace === namespace && each.name === name) ?? moved[0];
    return found && this.byId(found.project_id);
  }

  async list(principal: Principal, filter: ProjectFilter, { limit, offset }: Page): Promise<Listed<ListedProject>> {
    const matching = this.#database.read
      .selectFrom('projects as p')
      .where((eb) => eb.and([visibleTo(eb, principal), ...matches(eb, principal, filter)]));
    const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const { sort } = filter;
    const ordered = orders[filter.orderBy].reduce((query, by) => query.orderBy(by, sort), matching);
    const rows = await ordered
      .selectAll('p')
      .select(lastActivity.as('last_activity_at'))
      .orderBy('p.id', sort)
      .limit(limit)
      .offset(offset)
      .execute();
    const items = rows.map((row) => ({ ...projectOf(row), lastActivityAt: Number(row.last_activity_at) }));
    return { items, total: Number(total) };
  }

  async lastActivity(id: number): Promise<number> {
    const row = this.#database.read.selectFrom('projects as p').select(lastActivity.as('at')).where('p.id', '=', id);
    return Number((await row.executeTakeFirst())?.at ?? 0);
  }

  /** Whether a project or a group has this path. */
  async isTaken(tx: Kysely<Schema>, namespace: string, name: string): Promise<boolean> {
    const path = namespace === '' ? name : `${namespace}/${name}`;
    const project = tx.selectFrom('projects').select('id').where('namespace', '=', namespace).where('name', '=', name);
    const group = tx.selectFrom('groups').select('id').where('path', '=', path);
    return ((await project.executeTakeFirst()) ?? (await group.executeTakeFirst())) !== undefined;
  }

  async insert(tx: Kysely<Schema>, project: Insertable<ProjectTable>): Promise<number> {
    await dropRedirect(tx, project.namespace, project.name);
    return (await tx.insertInto('projects').values(project).returning('id').executeTakeFirstOrThrow()).id;
  }

  async addOwner(tx: Kysely<Schema>, projectId: number, userId: number, now: number): Promise<void> {
    const member = { project_id: projectId, user_id: userId, access_level: accessLevels.owner, created_by: userId };
    await tx
      .insertInto('members')
      .values({ ...member, created_at: now })
      .execute();
  }

  /** Throws `not_found` where it was deleted. */
  async update(tx: Kysely<Schema>, id: number, change: Updateable<ProjectTable>): Promise<void> {
    const update = tx.updateTable('projects').set(change).where('id', '=', id).where('deleted_at', 'is', null);
    if ((await update.executeTakeFirstOrThrow()).numUpdatedRows === 0n) throw notFound('Project');
  }

  /** Gives it another name, and lets it be found by the one it has as well. */
  async rename(tx: Kysely<Schema>, { id, namespace, name: old }: Project, name: string): Promise<void> {
    await dropRedirect(tx, namespace, name);
    await dropRedirect(tx, namespace, old);
    await tx.insertInto('project_redirects').values({ namespace, name: old, project_id: id }).execute();
    await this.update(tx, id, { name });
  }

  /** Its rows stay, since events refer to them; its name is free, its members and tokens are gone. */
  async remove(tx: Kysely<Schema>, id: number, author: AuditAuthor, now: number): Promise<void> {
    const project = await this.byId(id, tx);
    if (!project) throw notFound('Project');
    const { name, namespace } = project;
    const group = await tx.selectFrom('groups').select('id').where('path', '=', namespace).executeTakeFirst();
    const details = { project: projectPath(project) };
    const place = { projectId: id, groupId: group?.id ?? null };
    await writeAudit(tx, { at: now, author, ...place, action: 'project_deleted', details });
    // Longer than a report's can be, so that none ever finds it.
    const freed = `${name}-deleted-${id}`.padEnd(limits.service + 1, '-');
    await this.update(tx, id, { name: freed, deleted_at: now, updated_at: now });
    await tx.deleteFrom('slots').where('project_id', '=', id).execute();
    await tx.deleteFrom('project_redirects').where('project_id', '=', id).execute();
    const tokens = tx.selectFrom('tokens').where('project_id', '=', id);
    const bots = (await tokens.select('user_id').execute()).flatMap(({ user_id }) => user_id ?? []);
    await tx.deleteFrom('sessions').where('token_id', 'in', tokens.select('id')).execute();
    const open = tx.updateTable('tokens').set({ revoked_at: now }).where('project_id', '=', id);
    await open.where('revoked_at', 'is', null).execute();
    if (bots.length > 0) await tx.updateTable('users').set({ state: 'blocked' }).where('id', 'in', bots).execute();
    await tx.deleteFrom('members').where('project_id', '=', id).execute();
  }
}

async function dropRedirect(tx: Kysely<Schema>, namespace: string, name: string): Promise<void> {
  await tx.deleteFrom('project_redirects').where('namespace', '=', namespace).where('name', '=', name).execute();
}

function sameInAnyCase(column: string, value: string) {
  return sql<SqlBool>`lower(${sql.ref(column)}) = lower(${value})`;
}

function existing(db: Kysely<Schema>) {
  return db.selectFrom('projects').selectAll().where('deleted_at', 'is', null);
}

const nameShown = sql<string>`coalesce(p.title, p.name)`;
const lastActivity = sql<number>`coalesce((select max(s.current_at) from slots s where s.project_id = p.id), p.updated_at)`;

const orders: Readonly<Record<ProjectFilter['orderBy'], readonly RawBuilder<unknown>[]>> = {
  id: [sql.ref('p.id')],
  name: [nameShown],
  path: [sql.ref('p.name')],
  full_path: [sql.ref('p.namespace'), sql.ref('p.name')],
  created_at: [sql.ref('p.created_at')],
  updated_at: [sql.ref('p.updated_at')],
  last_activity_at: [lastActivity],
};

function matches(eb: Builder, principal: Principal, filter: ProjectFilter): Expression<SqlBool>[] {
  const { search, visibility, owned, memberFrom, creatorId, namespace, below } = filter;
  const parts: Expression<SqlBool>[] = [];
  if (search !== undefined) {
    const path = sql`p.namespace || '/' || p.name`;
    parts.push(contains(search, eb.ref('p.name'), sql`coalesce(p.title, '')`, path));
  }
  if (visibility !== undefined) parts.push(eb('p.visibility', '=', visibility));
  const from = owned ? accessLevels.owner : memberFrom;
  if (from !== undefined) {
    const held = principal.memberships.filter(({ level }) => level >= from);
    parts.push(eb.or(held.map((each) => covered(eb, each))));
  }
  if (creatorId !== undefined) parts.push(eb('p.creator_id', '=', creatorId));
  if (namespace !== undefined) {
    const here = eb('p.namespace', '=', namespace);
    parts.push(below ? eb.or([here, under(namespace)]) : here);
  }
  return parts;
}

function covered(eb: Builder, { kind, path }: Membership): Expression<SqlBool> {
  if (kind === 'group') return eb.or([eb('p.namespace', '=', path), under(path)]);
  const { namespace, service } = projectAt(path);
  return eb.and([eb('p.namespace', '=', namespace), eb('p.name', '=', service)]);
}

function under(namespace: string): Expression<SqlBool> {
  const start = `${namespace}/`;
  return sql<SqlBool>`substr(p.namespace, 1, ${sql.lit([...start].length)}) = ${start}`;
}

function projectOf(row: ProjectRow): Project {
  return {
    id: row.id,
    namespace: row.namespace,
    service: row.name,
    name: row.name,
    title: row.title,
    description: row.description,
    visibility: row.visibility as Visibility, // written by us
    everyoneLevel: row.everyone_level,
    defaultBranch: row.default_branch,
    creatorId: row.creator_id,
    allowSelfApproval: row.allow_self_approval === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
