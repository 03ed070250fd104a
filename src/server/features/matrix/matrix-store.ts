import type { Kysely } from 'kysely';
import type { Schema } from '../../db/schema.ts';
import type { DeploymentTable } from '../../db/tables/projections.ts';
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
}

/** Deployments are fetched by so many ids at a time, well below either database's limit of parameters. */
const idsAtOnce = 5000;

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
    const ids = rows.flatMap(({ current_id, success_id, context_id }) => [current_id, success_id, context_id]);
    const deployments = await this.#deployments([...new Set(ids)].filter((id) => id !== null));
    return rows.map((row) => {
      const shown = (id: number | null) => (id === null ? undefined : deployments.get(id));
      return {
        place: placeOf(row),
        slot: slotOf(row),
        version: row.version,
        current: shown(row.current_id),
        success: shown(row.success_id),
        context: shown(row.context_id),
      };
    });
  }

  async #deployments(ids: readonly number[]): Promise<Map<number, DeploymentState>> {
    const rows: DeploymentTable[] = [];
    for (let from = 0; from < ids.length; from += idsAtOnce) {
      const some = ids.slice(from, from + idsAtOnce);
      rows.push(...(await this.#db.selectFrom('deployments').selectAll().where('id', 'in', some).execute()));
    }
    return new Map(rows.map((row) => [row.id, deploymentOf(row)]));
  }
}
