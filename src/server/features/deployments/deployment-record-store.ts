import type { Kysely } from 'kysely';
import type { Tier } from '../../../contract/tiers.ts';
import type { Schema } from '../../db/schema.ts';
import type { DeploymentTable } from '../../db/tables/projections.ts';
import { placeOf } from '../../log/placed-events.ts';
import { shownOf } from '../../log/places.ts';
import { deploymentOf, slotOf } from '../../log/projection-rows.ts';
import type { DeploymentRecord, RecordFilter, RecordPage } from './deployment-types.ts';

/** Matches of a filter are counted so far: in a long history it would cost more than the page itself. */
const mostCounted = 500;

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

  /** Whether somebody asked a tool for a deployment. */
  async isAsked(id: number): Promise<boolean> {
    const rows = this.#db.selectFrom('deployment_requests').select('deployment_id').where('deployment_id', '=', id);
    return (await rows.executeTakeFirst()) !== undefined;
  }

  /** For each environment that has one: of its deployments that are successful now, the one that became so last. */
  async lastSuccesses(environmentIds: readonly number[]): Promise<Map<number, DeploymentRecord>> {
    if (environmentIds.length === 0) return new Map();
    const slots = await this.#db
      .selectFrom('slots')
      .selectAll()
      .where('environment_id', 'in', environmentIds)
      .execute();
    const recent = slots.flatMap((row) => slotOf(row).recent.map(({ deploymentId }) => deploymentId));
    const found = new Map((await this.byIds(recent)).map((record) => [record.state.id, record]));
    const last = new Map<number, DeploymentRecord>();
    // A slot's are sorted, the newest first.
    for (const id of recent) {
      const record = found.get(id);
      if (record?.state.latest.status !== 'success' || last.has(record.environment.id)) continue;
      last.set(record.environment.id, record);
    }
    return last;
  }

  async page(filter: RecordFilter): Promise<RecordPage> {
    const { orderBy, direction, limit, offset } = filter;
    const matching = this.#matching(filter).select('d.id');
    const sorted =
      orderBy === 'id' ? matching : matching.orderBy(`d.${orderBy}`, (order) => order[direction]().nullsLast());
    const rows = await sorted
      .orderBy('d.id', direction)
      .limit(limit + 1)
      .offset(offset)
      .execute();
    const ids = rows.slice(0, limit).map(({ id }) => id);
    const found = new Map((await this.byIds(ids)).map((record) => [record.state.id, record]));
    const items = ids.flatMap((id) => found.get(id) ?? []);
    const hasNext = rows.length > limit;
    if (await this.#isLong(filter)) return { items, total: undefined, hasNext };
    const counted = await matching.limit(mostCounted + 1).execute();
    return { items, total: counted.length > mostCounted ? undefined : counted.length, hasNext };
  }

  /** Whether a whole project has more deployments than are counted: its last iid tells that at once. */
  async #isLong({ projectId, environment, statuses, ...rest }: RecordFilter): Promise<boolean> {
    const { updatedAfter, updatedBefore, finishedAfter, finishedBefore } = rest;
    const conditions = [environment, statuses, updatedAfter, updatedBefore, finishedAfter, finishedBefore];
    if (conditions.some((condition) => condition !== undefined)) return false;
    const counters = this.#db.selectFrom('project_counters').select('deployment_iid');
    const last = await counters.where('project_id', '=', projectId).executeTakeFirst();
    return (last?.deployment_iid ?? 0) > mostCounted;
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
      .where('d.deleted', 'is', null);
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

  #records() {
    return withColumns(present(this.#db));
  }
}

/** Deployments that are there for somebody. */
function present(db: Kysely<Schema>) {
  return db
    .selectFrom('deployments as d')
    .innerJoin('environments as n', 'n.id', 'd.environment_id')
    .innerJoin('projects as p', 'p.id', 'd.project_id')
    .where('d.deleted', 'is', null)
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
