import { type Kysely, sql } from 'kysely';
import { inChunks } from '../../db/chunks.ts';
import type { Schema } from '../../db/schema.ts';
import type { DeploymentState } from '../../log/fold-deployment.ts';
import type { SlotState } from '../../log/fold-slot.ts';
import { placeOf } from '../../log/placed-events.ts';
import type { ReadPlace } from '../../log/places.ts';
import { deploymentOf, slotOf } from '../../log/projection-rows.ts';

/** A slot with all that it shows. */
export interface FullSlot {
  readonly place: ReadPlace;
  readonly slot: SlotState;
  readonly version: number;
  readonly current: DeploymentState | undefined;
  readonly success: DeploymentState | undefined;
  readonly context: DeploymentState | undefined;
  /** The newest of the deployments that wait there now, and how many they are. */
  readonly waiting: DeploymentState | undefined;
  readonly waits: number;
}

/** So many ids are asked for at a time, well below either database's limit of parameters. */
const idsAtOnce = 5000;

/** Where a node of an older version, which still runs beside newer ones, writes that something waits. */
const untold = 0;

interface Waiting {
  readonly id: number;
  readonly count: number;
}

export class MatrixStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Which log this is: a version means nothing in another. */
  async epoch(): Promise<number> {
    const row = await this.#db.selectFrom('log_head').select('epoch').executeTakeFirstOrThrow();
    return row.epoch;
  }

  /** Slots that changed after a version, with the names and deployments they show. */
  async changedAfter(version: number): Promise<FullSlot[]> {
    const rows = await this.#db
      .selectFrom('slots as s')
      .innerJoin('environments as n', 'n.id', 's.environment_id')
      .innerJoin('projects as p', 'p.id', 's.project_id')
      .selectAll('s')
      .select([
        'n.name as environment',
        'n.tier',
        'p.namespace',
        'p.name as service',
        'p.visibility',
        'p.everyone_level',
      ])
      .where('s.version', '>', version)
      .execute();
    const waiting = await this.#waiting(rows.map(({ environment_id }) => environment_id));
    const ids = rows.flatMap(({ environment_id, current_id, success_id, context_id }) => [
      current_id,
      success_id,
      context_id,
      waiting.get(environment_id)?.id ?? null,
    ]);
    const deployments = await this.#deployments([...new Set(ids)].filter((id) => id !== null));
    return rows.map((row) => {
      const shown = (id: number | null) => (id === null ? undefined : deployments.get(id));
      const waits = waiting.get(row.environment_id);
      return {
        place: placeOf(row),
        slot: slotOf(row),
        version: row.version,
        current: shown(row.current_id),
        success: shown(row.success_id),
        context: shown(row.context_id),
        waiting: shown(waits?.id ?? null),
        waits: waits?.count ?? 0,
      };
    });
  }

  /**
   * The newest deployment that waits in each of these environments, and how many do. Told to wait is not all: it may have
   * gone on since. A slot's version grows with each change of its lane, so what began or ceased to wait is asked for again.
   */
  async #waiting(environmentIds: readonly number[]): Promise<ReadonlyMap<number, Waiting>> {
    const rows = await inChunks(environmentIds, (some) => this.#waitingIn(some), idsAtOnce);
    return new Map(rows.map(({ environment_id, id, count }) => [environment_id, { id, count }]));
  }

  #waitingIn(environmentIds: readonly number[]) {
    const waiting = this.#db
      .selectFrom('waits as w')
      .innerJoin('deployments as d', (join) =>
        join.onRef('d.id', '=', 'w.deployment_id').onRef('d.status_position', '=', 'w.position'),
      )
      .where('w.environment_id', 'in', [...environmentIds, untold])
      .where('d.status', '=', 'waiting')
      .where('d.deleted', 'is', null)
      .select([
        'd.environment_id',
        'd.id',
        sql<number>`count(*) over (partition by d.environment_id)`.as('count'),
        sql<number>`row_number() over (partition by d.environment_id order by d.status_at desc, d.status_position desc)`.as(
          'place',
        ),
      ]);
    return this.#db.selectFrom(waiting.as('found')).selectAll().where('place', '=', 1).execute();
  }

  async #deployments(ids: readonly number[]): Promise<Map<number, DeploymentState>> {
    const rows = await inChunks(
      ids,
      (some) => this.#db.selectFrom('deployments').selectAll().where('id', 'in', some).execute(),
      idsAtOnce,
    );
    return new Map(rows.map((row) => [row.id, deploymentOf(row)]));
  }
}
