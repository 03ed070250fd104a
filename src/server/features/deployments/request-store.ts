import type { Kysely } from 'kysely';
import type { Schema } from '../../db/schema.ts';
import type { EventTable } from '../../db/tables/log.ts';
import type { DeploymentRequestTable } from '../../db/tables/projections.ts';
import type { RequestFacts } from '../../log/event.ts';
import { eventOf } from '../../log/event-rows.ts';
import type { RecordUser } from './deployment-types.ts';
import { askedWord, type Page, type RequestFilter, type StatusRecord } from './request-types.ts';

/** Reads what deployments were asked for with, and the statuses that they reached. */
export class RequestStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Of the deployments that were asked for, by id. */
  async factsOf(ids: readonly number[]): Promise<Map<number, RequestFacts>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('deployment_requests')
      .selectAll()
      .where('deployment_id', 'in', ids)
      .execute();
    return new Map(rows.map((row) => [row.deployment_id, factsOf(row)]));
  }

  /** Ids of deployments, the newest first. What nobody asked for has the task `deploy`. */
  async ids({ projectId, sha, ref, task, environment, limit, offset }: RequestFilter): Promise<Page<number>> {
    let query = this.#db
      .selectFrom('deployments as d')
      .innerJoin('environments as n', 'n.id', 'd.environment_id')
      .leftJoin('deployment_requests as r', 'r.deployment_id', 'd.id')
      .where('d.project_id', '=', projectId)
      .where('d.deleted', 'is', null)
      .where('n.deleted_at', 'is', null);
    if (sha !== undefined)
      query = query.where(({ eb, fn }) => eb(fn<string>('lower', ['d.sha']), '=', sha.toLowerCase()));
    if (ref !== undefined) query = query.where('d.ref', '=', ref);
    if (task !== undefined)
      query = query.where(({ fn, eb, val }) => eb(fn.coalesce('r.task', val('deploy')), '=', task));
    if (environment !== undefined) query = query.where('n.name', '=', environment);
    const matching = query.select('d.id');
    const rows = await matching
      .orderBy('d.id', 'desc')
      .limit(limit + 1)
      .offset(offset)
      .execute();
    const items = rows.slice(0, limit).map(({ id }) => id);
    return rows.length > limit ? { items, hasNext: true, total: await countOf(matching) } : { items, hasNext: false };
  }

  /** Earlier deployments of an environment that are successful now and may be made inactive by a later one. */
  async supersededBy(environmentId: number, id: number, alsoProduction: boolean): Promise<Superseded[]> {
    let query = this.#db
      .selectFrom('deployments as d')
      .leftJoin('deployment_requests as r', 'r.deployment_id', 'd.id')
      .innerJoin('environments as n', 'n.id', 'd.environment_id')
      .where('d.environment_id', '=', environmentId)
      .where('d.id', '<', id)
      .where('d.status', '=', 'success')
      .where('d.deleted', 'is', null)
      .where(({ fn, eb, val }) => eb(fn.coalesce('r.transient', val(0)), '=', 0));
    if (!alsoProduction) {
      query = query.where(({ or, and, eb }) =>
        or([eb('r.production', '=', 0), and([eb('r.production', 'is', null), eb('n.tier', '!=', 'production')])]),
      );
    }
    return query
      .select(['d.id', 'd.status_at as at', 'd.actor'])
      .orderBy('d.id', 'desc')
      .limit(mostSuperseded)
      .execute();
  }

  /** Whether the environment has, or whether the project has, a deployment beside this one. */
  async isOnly(projectId: number, environmentId: number, id: number): Promise<boolean> {
    const others = this.#db.selectFrom('deployments').select('id').where('deleted', 'is', null).where('id', '!=', id);
    const [inEnvironment, inProject] = [
      await others.where('environment_id', '=', environmentId).limit(1).executeTakeFirst(),
      await others.where('project_id', '=', projectId).limit(1).executeTakeFirst(),
    ];
    return inEnvironment === undefined || inProject === undefined;
  }

  /** What was told of a deployment since it was last deleted, the newest first. That it was asked for is no status. */
  async statuses(deploymentId: number, limit: number, offset: number): Promise<Page<StatusRecord>> {
    const matching = this.#statuses(deploymentId);
    const rows = await matching
      .orderBy('e.position', 'desc')
      .limit(limit + 1)
      .offset(offset)
      .execute();
    const items = rows.slice(0, limit).map(statusOf);
    if (rows.length <= limit) return { items, hasNext: false };
    return { items, hasNext: true, total: await countOf(matching.clearSelect().select('e.position')) };
  }

  async status(deploymentId: number, id: number): Promise<StatusRecord | undefined> {
    const row = await this.#statuses(deploymentId).where('e.position', '=', id).executeTakeFirst();
    return row && statusOf(row);
  }

  #statuses(deploymentId: number) {
    return this.#db
      .selectFrom('events as e')
      .innerJoin('environments as n', 'n.id', 'e.environment_id')
      .leftJoin('users as u', 'u.id', 'e.user_id')
      .selectAll('e')
      .select(['n.name as environment', 'u.username', 'u.name as user_name', 'u.state as user_state'])
      .where('e.deployment_id', '=', deploymentId)
      .where('e.act', 'is', null)
      .where(({ not, and, eb }) => not(and([eb('e.dialect', '=', 'github'), eb('e.word', '=', askedWord)])));
  }
}

/** A deployment that a later one puts out of use. */
export interface Superseded {
  readonly id: number;
  /** When it became successful. */
  readonly at: number;
  /** Who is said to have started it. */
  readonly actor: string | null;
}

const mostSuperseded = 100;
/** So many are counted: in a long history it would cost more than the page itself. */
const mostCounted = 500;

/** undefined: too many to count. */
async function countOf(matching: {
  limit(rows: number): { execute(): Promise<readonly unknown[]> };
}): Promise<number | undefined> {
  const { length } = await matching.limit(mostCounted + 1).execute();
  return length > mostCounted ? undefined : length;
}

function factsOf({ task, payload, transient, production }: DeploymentRequestTable): RequestFacts {
  return { task, payload: JSON.parse(payload), transient: transient === 1, production: production === 1 };
}

type StatusRow = EventTable & {
  readonly environment: string;
  readonly username: string | null;
  readonly user_name: string | null;
  readonly user_state: string | null;
};

function statusOf(row: StatusRow): StatusRecord {
  const { position, status, word, dialect, happenedAt, details, extra } = eventOf(row);
  return {
    id: position,
    status,
    word,
    dialect,
    logUrl: details.runUrl,
    description: extra?.note?.description ?? null,
    environmentUrl: extra?.note?.environmentUrl ?? null,
    environment: extra?.note?.environment ?? row.environment,
    at: happenedAt,
    user: userOf(row),
  };
}

function userOf({ user_id: id, username, user_name: name, user_state: state }: StatusRow): RecordUser | null {
  return id === null || username === null ? null : { id, username, name: name ?? username, state: state ?? '' };
}
