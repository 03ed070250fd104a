import type { Kysely } from 'kysely';
import type { Schema } from '../../db/schema.ts';
import type { PlacedEvent } from '../../log/append-request.ts';
import { isStopped } from '../../log/is-stopped.ts';
import { placedEventOf, placedEvents } from '../../log/placed-events.ts';

/** A moment in the order of a lane. */
export interface LaneMoment {
  readonly at: number;
  readonly position: number;
}

/** Reads what lies around one deployment in its lane, and what was told of it. */
export class LaneStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** What was told of a deployment from one position of the log to before another: the latest, at most so many. */
  async told(deploymentId: number, from: number, before: number, limit: number): Promise<PlacedEvent[]> {
    const rows = await placedEvents(this.#db)
      .where('e.deployment_id', '=', deploymentId)
      .where('e.position', '>=', from)
      .where('e.position', '<', before)
      .where('e.act', 'is', null)
      .orderBy('e.position', 'desc')
      .limit(limit)
      .execute();
    return rows.map(placedEventOf);
  }

  async countTold(deploymentId: number, from: number): Promise<number> {
    const { count } = await this.#db
      .selectFrom('events')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('deployment_id', '=', deploymentId)
      .where('position', '>=', from)
      .where('act', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** The deployment whose last success comes next to a moment in a lane, on one side of it. */
  async nearestSuccess(
    { id, environmentId }: { readonly id: number; readonly environmentId: number },
    { at, position }: LaneMoment,
    side: 'before' | 'after',
  ): Promise<number | undefined> {
    const direction = side === 'before' ? 'desc' : 'asc';
    const row = await this.#db
      .selectFrom('events as e')
      .innerJoin('deployments as d', (join) =>
        join.onRef('d.id', '=', 'e.deployment_id').onRef('d.success_position', '=', 'e.position'),
      )
      .select('d.id')
      .where('e.environment_id', '=', environmentId)
      .where('e.status', '=', 'success')
      .where('d.deleted', 'is', null)
      .where('d.id', '<>', id)
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('e.happened_at', 'e.position'), side === 'before' ? '<' : '>', tuple(at, position)),
      )
      .orderBy('e.happened_at', direction)
      .orderBy('e.position', direction)
      .limit(1)
      .executeTakeFirst();
    return row?.id;
  }

  /** The deployment of the same lane with the next number on one side. */
  async neighbour(
    {
      id,
      projectId,
      environmentId,
    }: { readonly id: number; readonly projectId: number; readonly environmentId: number },
    side: 'before' | 'after',
  ): Promise<number | undefined> {
    const row = await this.#db
      .selectFrom('deployments')
      .select('id')
      .where('project_id', '=', projectId)
      .where('environment_id', '=', environmentId)
      .where('id', side === 'before' ? '<' : '>', id)
      .where('deleted', 'is', null)
      .orderBy('id', side === 'before' ? 'desc' : 'asc')
      .limit(1)
      .executeTakeFirst();
    return row?.id;
  }

  /** The deployment that is live in an environment; undefined: none is, or it was stopped. */
  async live(environmentId: number): Promise<number | undefined> {
    const row = await this.#db
      .selectFrom('slots as s')
      .innerJoin('environments as n', 'n.id', 's.environment_id')
      .select(['s.success_id', 's.success_position', 'n.stopped_position'])
      .where('s.environment_id', '=', environmentId)
      .executeTakeFirst();
    if (!row || isStopped(row.stopped_position, row.success_position)) return undefined;
    return row.success_id ?? undefined;
  }
}
