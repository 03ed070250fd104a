import { type Expression, type ExpressionBuilder, type Insertable, type Kysely, type SqlBool, sql } from 'kysely';
import type { Tier } from '../../../contract/tiers.ts';
import { contains } from '../../db/contains.ts';
import type { Database, LogSession } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { EnvironmentTable } from '../../db/tables/places.ts';
import { type AuditEntry, writeAudit } from '../../log/audit-log.ts';
import { isStopped } from '../../log/is-stopped.ts';
import { logStore } from '../../log/log-store.ts';
import type { AutoStopSetting, Environment, EnvironmentFilter } from './environment-types.ts';

export type EnvironmentValues = Partial<Omit<Insertable<EnvironmentTable>, 'id' | 'project_id'>>;

/** Environments that were not deleted. */
export class EnvironmentStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  byId(projectId: number, id: number, db = this.#database.read): Promise<Environment | undefined> {
    return one(db, projectId, id);
  }

  async byName(projectId: number, name: string): Promise<Environment | undefined> {
    const rows = withState(existing(this.#database.read)).where('e.project_id', '=', projectId);
    const row = await rows.where('e.name', '=', name).executeTakeFirst();
    return row && environmentOf(row);
  }

  /** Names that differ from this one at most in case: of environments, the oldest first, then of protections of new ones. */
  async spellings(projectId: number, name: string): Promise<string[]> {
    const same = (column: string) => sql<SqlBool>`lower(${sql.ref(column)}) = lower(${name})`;
    const [there, guarded] = [
      await existing(this.#database.read)
        .select('e.name')
        .where('e.project_id', '=', projectId)
        .where(same('e.name'))
        .orderBy('e.id')
        .execute(),
      await this.#database.read
        .selectFrom('protected_environments as g')
        .select('g.name')
        .where('g.project_id', '=', projectId)
        .where(same('g.name'))
        .orderBy('g.id')
        .execute(),
    ];
    return [...there, ...guarded].map((row) => row.name);
  }

  /** In the order in which they were made. */
  async page(
    projectId: number,
    filter: EnvironmentFilter,
    { limit, offset }: { readonly limit: number; readonly offset: number },
  ): Promise<{ items: Environment[]; total: number }> {
    const rows = existing(this.#database.read).where('e.project_id', '=', projectId).where(matches(filter));
    const [items, count] = await Promise.all([
      withState(rows).orderBy('e.id').limit(limit).offset(offset).execute(),
      rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    ]);
    return { items: items.map(environmentOf), total: Number(count.total) };
  }

  /** Answers undefined where the name is taken. */
  async insert({ kysely }: LogSession, values: Insertable<EnvironmentTable>): Promise<Environment | undefined> {
    const same = kysely.selectFrom('environments').select('id').where('project_id', '=', values.project_id);
    if (await same.where('name', '=', values.name).executeTakeFirst()) return undefined;
    const insert = kysely.insertInto('environments').values(values);
    const { id } = await insert.returning('id').executeTakeFirstOrThrow();
    return one(kysely, values.project_id, id);
  }

  async update({ kysely }: Pick<LogSession, 'kysely'>, id: number, values: EnvironmentValues): Promise<void> {
    await kysely.updateTable('environments').set(values).where('id', '=', id).where('deleted_at', 'is', null).execute();
    // Of some projects the tier decides whether changes are followed there.
    if (values.tier !== undefined)
      await kysely.updateTable('environment_links').set({ due: 1 }).where('environment_id', '=', id).execute();
  }

  /**
   * Stops those that are not stopped yet, until a deployment succeeds after what the log holds now, and answers which these
   * were.
   */
  async stop(session: LogSession, ids: readonly number[], now: number): Promise<{ id: number; name: string }[]> {
    if (ids.length === 0) return [];
    const { position } = await logStore.head(session);
    const available = await existing(session.kysely)
      .select(['e.id', 'e.name'])
      .where('e.id', 'in', ids)
      .where((eb) => eb.not(whereStopped(eb)))
      .execute();
    const stopping = available.map(({ id }) => id);
    const update = session.kysely.updateTable('environments');
    await update.set({ auto_stop_at: null }).where('id', 'in', ids).execute();
    if (stopping.length === 0) return [];
    const stopped = { stopped_at: now, stopped_position: position, auto_delete_at: null, updated_at: now };
    await update.set(stopped).where('id', 'in', stopping).execute();
    return available;
  }

  /**
   * Deletes one where it is stopped, and answers whether it was. The row stays, for the events that refer to it, under
   * another name, so that the name is free again; the matrix shows it no longer.
   */
  async delete({ kysely }: LogSession, id: number, now: number): Promise<boolean> {
    const rows = existing(kysely).select(['e.name', 'e.project_id']).where('e.id', '=', id);
    const row = await rows.where(whereStopped).executeTakeFirst();
    if (!row) return false;
    await kysely
      .updateTable('environments')
      .set({
        name: `deleted:${id}:${row.name}`,
        deleted_at: now,
        auto_stop_at: null,
        auto_delete_at: null,
        updated_at: now,
      })
      .where('id', '=', id)
      .execute();
    await kysely.deleteFrom('slots').where('environment_id', '=', id).execute();
    // With the project, by which an index finds them: this runs under the log lock.
    const deployments = kysely.updateTable('deployments').where('project_id', '=', row.project_id);
    await deployments.set({ deleted: 1 }).where('environment_id', '=', id).execute();
    return true;
  }

  /**
   * Those available that were neither changed nor told of since a moment, whenever that happened, and how far the log had
   * come at least.
   */
  async stale(projectId: number, before: number): Promise<{ stale: Environment[]; position: number }> {
    const { position } = await this.#database.read.selectFrom('log_head').select('position').executeTakeFirstOrThrow();
    const rows = await withState(existing(this.#database.read))
      .where('e.project_id', '=', projectId)
      .where('e.updated_at', '<', before)
      .where((eb) => eb.not(whereStopped(eb)))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('events as v')
              .select('v.position')
              .whereRef('v.environment_id', '=', 'e.id')
              .where('v.received_at', '>=', before),
          ),
        ),
      )
      .execute();
    return { stale: rows.map(environmentOf), position };
  }

  /** Those of these that were not changed since a moment, nor told of after a position of the log. */
  async untouched(
    { kysely }: LogSession,
    ids: readonly number[],
    { before, position }: { readonly before: number; readonly position: number },
  ): Promise<number[]> {
    const told = kysely.selectFrom('events').select('environment_id').where('position', '>', position);
    const rows = existing(kysely).select('e.id').where('e.id', 'in', ids).where('e.updated_at', '<', before);
    return (await rows.where('e.id', 'not in', told).execute()).map(({ id }) => id);
  }

  /** Those stopped of a folder that were made before a moment, oldest first, without those that will be deleted anyway. */
  async stoppedIn(projectId: number, folder: string, before: number, limit: number): Promise<Environment[]> {
    const rows = await withState(existing(this.#database.read))
      .where('e.project_id', '=', projectId)
      .where(sql<string>`substr(e.name, 1, ${folder.length + 1})`, '=', `${folder}/`)
      .where('e.created_at', '<', before)
      .where('e.auto_delete_at', 'is', null)
      .where(whereStopped)
      .orderBy('e.created_at')
      .orderBy('e.id')
      .limit(limit)
      .execute();
    return rows.map(environmentOf);
  }

  async scheduleDeletion(ids: readonly number[], at: number, audit: AuditEntry): Promise<void> {
    if (ids.length === 0) return;
    await this.#database.transaction(async (tx) => {
      await tx.updateTable('environments').set({ auto_delete_at: at }).where('id', 'in', ids).execute();
      await writeAudit(tx, audit);
    });
  }

  /** Those whose time to be stopped has come, at most so many. */
  async dueToStop(now: number, limit: number, db = this.#database.read): Promise<number[]> {
    const rows = existing(db).select('e.id').where('e.auto_stop_at', '<=', now);
    return (await rows.orderBy('e.auto_stop_at').limit(limit).execute()).map(({ id }) => id);
  }

  /** Those whose time to be deleted has come, and which were not deployed to in between. */
  async dueToDelete(now: number, limit: number): Promise<number[]> {
    const rows = existing(this.#database.read).select('e.id').where('e.auto_delete_at', '<=', now).where(whereStopped);
    return (await rows.orderBy('e.auto_delete_at').limit(limit).execute()).map(({ id }) => id);
  }
}

type Builder = ExpressionBuilder<{ e: Schema['environments']; s: Nullable<Schema['slots']> }, 'e' | 's'>;
type Nullable<T> = { [K in keyof T]: T[K] | null };

function existing(db: Kysely<Schema>) {
  return db
    .selectFrom('environments as e')
    .leftJoin('slots as s', 's.environment_id', 'e.id')
    .where('e.deleted_at', 'is', null);
}

function withState(rows: ReturnType<typeof existing>) {
  return rows.selectAll('e').select('s.success_position');
}

function whereStopped(eb: Builder): Expression<SqlBool> {
  const deployedSince = eb('s.success_position', '>', eb.ref('e.stopped_position'));
  return eb.and([
    eb('e.stopped_position', 'is not', null),
    eb.or([eb('s.success_position', 'is', null), eb.not(deployedSince)]),
  ]);
}

function matches({ name, search, state }: EnvironmentFilter) {
  return (eb: Builder): Expression<SqlBool> => {
    const parts: Expression<SqlBool>[] = [];
    if (name !== undefined) parts.push(eb('e.name', '=', name));
    if (search !== undefined) parts.push(contains(search, eb.ref('e.name')));
    if (state === 'stopping') parts.push(sql<SqlBool>`1 = 0`);
    else if (state !== undefined) parts.push(state === 'stopped' ? whereStopped(eb) : eb.not(whereStopped(eb)));
    return eb.and(parts);
  };
}

async function one(db: Kysely<Schema>, projectId: number, id: number): Promise<Environment | undefined> {
  const rows = withState(existing(db)).where('e.project_id', '=', projectId).where('e.id', '=', id);
  const row = await rows.executeTakeFirst();
  return row && environmentOf(row);
}

type Row = Awaited<ReturnType<ReturnType<typeof withState>['executeTakeFirstOrThrow']>>;

function environmentOf(row: Row): Environment {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    slug: row.slug,
    tier: row.tier as Tier, // one was stored
    state: isStopped(row.stopped_position, row.success_position) ? 'stopped' : 'available',
    externalUrl: row.external_url,
    description: row.description,
    autoStopAt: row.auto_stop_at,
    autoStopSetting: row.auto_stop_setting as AutoStopSetting, // one was stored
    clusterAgentId: row.cluster_agent_id,
    kubernetesNamespace: row.kubernetes_namespace,
    fluxResourcePath: row.flux_resource_path,
    refsLimited: row.refs_limited === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
