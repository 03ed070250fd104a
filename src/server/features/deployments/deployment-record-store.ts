import type { Kysely } from 'kysely';
import type { Tier } from '../../../contract/tiers.ts';
import type { DeploymentTable, Schema } from '../../db/schema.ts';
import { placeOf } from '../../log/placed-events.ts';
import { shownOf } from '../../log/places.ts';
import { deploymentOf } from '../../log/projection-rows.ts';
import type { DeploymentRecord, RecordFilter, RecordPage } from './deployment-types.ts';

/** Matches of a filter are counted so far: in a long history it would cost more than the page itself. */
const mostCounted = 1000;

/** Reads deployments as they are now. Deleted ones, and those of deleted environments and projects, are not there. */
export class DeploymentRecordStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async byId(id: number): Promise<DeploymentRecord | undefined> {
    const [record] = await this.byIds([id]);
    return record;
  }

  async byIds(ids: readonly number[]): Promise<DeploymentRecord[]> {
    if (ids.length === 0) return [];
    return (await this.#records().where('d.id', 'in', ids).execute()).map(recordOf);
  }

  /** The deployment of a lane that has a key, if there is one. */
  async byKey(environmentId: number, key: string): Promise<DeploymentRecord | undefined> {
    const row = await this.#records()
      .where('d.environment_id', '=', environmentId)
      .where('d.key', '=', key)
      .executeTakeFirst();
    return row && recordOf(row);
  }

  /** For each environment that has one, its deployment that succeeded last. */
  async lastSuccesses(environmentIds: readonly number[]): Promise<Map<number, DeploymentRecord>> {
    if (environmentIds.length === 0) return new Map();
    const rows = await this.#records()
      .innerJoin('slots as s', 's.success_id', 'd.id')
      .where('s.environment_id', 'in', environmentIds)
      .execute();
    return new Map(rows.map((row) => [row.environment_id, recordOf(row)]));
  }

  async page(filter: RecordFilter): Promise<RecordPage> {
    const { orderBy, direction, limit, offset } = filter;
    const matching = this.#matching(filter);
    const sorted =
      orderBy === 'id' ? matching : matching.orderBy(`d.${orderBy}`, (order) => order[direction]().nullsLast());
    const rows = await sorted.select('d.id').orderBy('d.id', direction).limit(limit).offset(offset).execute();
    const ids = rows.map(({ id }) => id);
    const found = new Map((await this.byIds(ids)).map((record) => [record.state.id, record]));
    const items = ids.flatMap((id) => found.get(id) ?? []);
    const total = isFiltered(filter)
      ? countOf(
          await matching
            .select('d.id')
            .limit(mostCounted + 1)
            .execute(),
        )
      : await this.#countAll(filter.projectId);
    return { items, total, hasNext: total === undefined ? ids.length === limit : offset + limit < total };
  }

  /** An environment of a project, if it is there. */
  async environmentTier(projectId: number, name: string): Promise<Tier | undefined> {
    const row = await this.#db
      .selectFrom('environments')
      .select('tier')
      .where('project_id', '=', projectId)
      .where('name', '=', name)
      .executeTakeFirst();
    return row && (row.tier as Tier); // a tier was stored
  }

  #matching({ projectId, environment, statuses, ...moments }: RecordFilter) {
    const { updatedAfter, updatedBefore, finishedAfter, finishedBefore } = moments;
    let query = this.#db
      .selectFrom('deployments as d')
      .where('d.project_id', '=', projectId)
      .where('d.deleted', '=', 0);
    if (environment !== undefined) {
      query = query.where('d.environment_id', 'in', ({ selectFrom }) =>
        selectFrom('environments').select('id').where('project_id', '=', projectId).where('name', '=', environment),
      );
    }
    if (statuses !== undefined) query = query.where('d.status', 'in', statuses);
    if (updatedAfter !== undefined) query = query.where('d.updated_at', '>=', updatedAfter);
    if (updatedBefore !== undefined) query = query.where('d.updated_at', '<=', updatedBefore);
    if (finishedAfter !== undefined) query = query.where('d.finished_at', '>=', finishedAfter);
    if (finishedBefore !== undefined) query = query.where('d.finished_at', '<', finishedBefore);
    return query;
  }

  /** iids are given out without gaps, so the last one counts the deployments, but for those that were deleted. */
  async #countAll(projectId: number): Promise<number> {
    const counter = this.#db
      .selectFrom('project_counters')
      .select('deployment_iid')
      .where('project_id', '=', projectId);
    const deleted = this.#db
      .selectFrom('deployments')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('project_id', '=', projectId)
      .where('deleted', '=', 1);
    const [last, gone] = [await counter.executeTakeFirst(), await deleted.executeTakeFirstOrThrow()];
    return (last?.deployment_iid ?? 0) - Number(gone.count);
  }

  #records() {
    return withColumns(present(this.#db));
  }
}

function countOf(rows: readonly unknown[]): number | undefined {
  return rows.length > mostCounted ? undefined : rows.length;
}

function isFiltered({ projectId, orderBy, direction, limit, offset, ...conditions }: RecordFilter): boolean {
  return Object.values(conditions).some((condition) => condition !== undefined);
}

/** Deployments that are there for somebody. */
function present(db: Kysely<Schema>) {
  return db
    .selectFrom('deployments as d')
    .innerJoin('environments as n', 'n.id', 'd.environment_id')
    .innerJoin('projects as p', 'p.id', 'd.project_id')
    .where('d.deleted', '=', 0)
    .where('n.deleted_at', 'is', null)
    .where('p.deleted_at', 'is', null);
}

function withColumns(query: ReturnType<typeof present>) {
  return query
    .leftJoin('users as u', 'u.id', 'd.user_id')
    .selectAll('d')
    .select(['p.namespace', 'p.name as service', 'p.visibility', 'p.everyone_level'])
    .select(['n.name as environment', 'n.tier', 'n.slug', 'n.external_url'])
    .select(['n.created_at as environment_created_at', 'n.updated_at as environment_updated_at'])
    .select(['u.username', 'u.name as user_name', 'u.state as user_state']);
}

type RecordRow = DeploymentTable &
  Parameters<typeof placeOf>[0] & {
    readonly slug: string;
    readonly external_url: string | null;
    readonly environment_created_at: number;
    readonly environment_updated_at: number;
    readonly username: string | null;
    readonly user_name: string | null;
    readonly user_state: string | null;
  };

function recordOf(row: RecordRow): DeploymentRecord {
  const { user_id: userId, username, user_name: name, user_state: state } = row;
  return {
    iid: row.iid,
    state: deploymentOf(row),
    place: placeOf(row),
    environment: shownOf({
      id: row.environment_id,
      name: row.environment,
      slug: row.slug,
      external_url: row.external_url,
      created_at: row.environment_created_at,
      updated_at: row.environment_updated_at,
    }),
    user:
      userId === null || username === null
        ? null
        : { id: userId, username, name: name ?? username, state: state ?? '' },
  };
}
