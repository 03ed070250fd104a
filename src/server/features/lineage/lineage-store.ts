import type { Kysely } from 'kysely';
import { inChunks } from '../../db/chunks.ts';
import type { Schema } from '../../db/schema.ts';
import type { DeploymentTable } from '../../db/tables/projections.ts';
import { placeOf } from '../../log/placed-events.ts';
import { deploymentOf } from '../../log/projection-rows.ts';
import { visibleTo } from '../../log/visible-projects.ts';
import type { Principal } from '../../principal.ts';
import type { LineageRecord } from './lineage-types.ts';

/** Reads who names whom as a parent, as far as a principal may see. */
export class LineageStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async byIds(principal: Principal, ids: readonly number[]): Promise<LineageRecord[]> {
    return inChunks(ids, (some) => read(present(this.#db, principal).where('d.id', 'in', some)));
  }

  /** Deployments by their keys: those of some projects, or of any, the latest first and at most so many. */
  async called(
    principal: Principal,
    keys: readonly string[],
    projectIds: readonly number[] | 'any',
    limit: number,
  ): Promise<LineageRecord[]> {
    const candidates = () => {
      const all = present(this.#db, principal).orderBy('d.id', 'desc').limit(limit);
      return projectIds === 'any' ? all : all.where('d.project_id', 'in', projectIds);
    };
    const named = await inChunks(keys, (some) => read(candidates().where('d.key', 'in', some)));
    // One that was told of without a key goes by its number.
    const numbers = keys.filter((key) => /^\d{1,15}$/.test(key)).map(Number);
    const numbered = await inChunks(numbers, (some) =>
      read(candidates().where('d.key', 'is', null).where('d.id', 'in', some)),
    );
    return [...named, ...numbered];
  }

  /** Deployments that ever named one of these keys as their parent's, the latest first and at most so many. */
  async naming(principal: Principal, keys: readonly string[], limit: number): Promise<LineageRecord[]> {
    return inChunks(keys, (some) =>
      read(
        present(this.#db, principal)
          .where('d.id', 'in', ({ selectFrom }) =>
            selectFrom('promotions').select('deployment_id').where('parent_key', 'in', some),
          )
          .orderBy('d.id', 'desc')
          .limit(limit),
      ),
    );
  }

  /** Of a project: deployments that ever named a parent, the latest first, with lower numbers than `before`. */
  async promotions(projectId: number, before: number, limit: number): Promise<number[]> {
    const rows = await this.#db
      .selectFrom('promotions')
      .select('deployment_id')
      .distinct()
      .where('project_id', '=', projectId)
      .where('deployment_id', '<', before)
      .orderBy('deployment_id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ deployment_id }) => deployment_id);
  }
}

/** Deployments that are there for a principal to see. */
function present(db: Kysely<Schema>, principal: Principal) {
  return db
    .selectFrom('deployments as d')
    .innerJoin('environments as n', 'n.id', 'd.environment_id')
    .innerJoin('projects as p', 'p.id', 'd.project_id')
    .leftJoin('slots as s', (join) =>
      join.onRef('s.environment_id', '=', 'd.environment_id').onRef('s.success_id', '=', 'd.id'),
    )
    .selectAll('d')
    .select(['p.namespace', 'p.name as service', 'p.visibility', 'p.everyone_level'])
    .select(['n.name as environment', 'n.tier', 'n.stopped_at', 'n.stopped_position'])
    .select('s.success_position as live_position')
    .where('d.deleted', 'is', null)
    .where('n.deleted_at', 'is', null)
    .where((eb) => visibleTo(eb, principal));
}

async function read(query: ReturnType<typeof present>): Promise<LineageRecord[]> {
  return (await query.execute()).map(recordOf);
}

type LineageRow = DeploymentTable &
  Parameters<typeof placeOf>[0] & {
    readonly live_position: number | null;
    readonly stopped_at: number | null;
    readonly stopped_position: number | null;
  };

function recordOf(row: LineageRow): LineageRecord {
  const isStopped = row.stopped_at !== null && (row.stopped_position ?? 0) >= (row.live_position ?? 0);
  return { state: deploymentOf(row), place: placeOf(row), isLive: row.live_position !== null && !isStopped };
}
