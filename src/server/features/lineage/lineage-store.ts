import { type Kysely, sql } from 'kysely';
import { inChunks } from '../../db/chunks.ts';
import type { Schema } from '../../db/schema.ts';
import type { DeploymentTable } from '../../db/tables/projections.ts';
import { isStopped } from '../../log/is-stopped.ts';
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

  /** The deployments of a project that go by one of these keys: of one key one in each of its environments at most. */
  async called(principal: Principal, projectId: number, keys: readonly string[]): Promise<LineageRecord[]> {
    // By its environments: a key may be in use in all projects, such as the number of a run.
    const own = () =>
      present(this.#db, principal).where('d.environment_id', 'in', ({ selectFrom }) =>
        selectFrom('environments').select('id').where('project_id', '=', projectId),
      );
    const named = await inChunks(keys, (some) => read(own().where('d.key', 'in', some)));
    const numbered = await inChunks(numbersIn(keys), (some) =>
      read(own().where('d.key', 'is', null).where('d.id', 'in', some)),
    );
    return [...named, ...numbered];
  }

  /** The projects that have deployments which go by a key, at most so many, in no order. */
  async using(principal: Principal, key: string, limit: number): Promise<number[]> {
    const found = () => there(this.#db, principal).select('d.project_id').distinct().limit(limit);
    const named = await found().where('d.key', '=', key).execute();
    const [number] = numbersIn([key]);
    const numbered =
      number === undefined ? [] : await found().where('d.key', 'is', null).where('d.id', '=', number).execute();
    return [...new Set([...named, ...numbered].map(({ project_id }) => project_id))].slice(0, limit);
  }

  /** The latest deployments of a project, or of all others, that ever named one of these keys as their parent's: at most so many. */
  async naming(
    principal: Principal,
    keys: readonly string[],
    { projectId, others }: { readonly projectId: number; readonly others: boolean },
    limit: number,
  ): Promise<{ readonly records: LineageRecord[]; readonly isCut: boolean }> {
    const ids = await inChunks(keys, async (some) => {
      const rows = await this.#db
        .selectFrom('promotions as m')
        .innerJoin('projects as p', 'p.id', 'm.project_id')
        .select('m.deployment_id')
        .where('m.parent_key', 'in', some)
        .where('m.project_id', others ? '<>' : '=', projectId)
        .where((eb) => visibleTo(eb, principal))
        // The plus keeps SQLite from going through all of the project for the sake of the order.
        .orderBy(sql`+m.deployment_id`, 'desc')
        .limit(limit + 1)
        .execute();
      return rows.map(({ deployment_id }) => deployment_id);
    });
    const latest = [...new Set(ids)].toSorted((a, b) => b - a);
    return { records: await this.byIds(principal, latest.slice(0, limit)), isCut: latest.length > limit };
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

/** One that was told of without a key goes by its number. */
function numbersIn(keys: readonly string[]): number[] {
  return keys.filter((key) => /^\d{1,15}$/.test(key)).map(Number);
}

/** Deployments that are there for a principal to see. */
function there(db: Kysely<Schema>, principal: Principal) {
  return db
    .selectFrom('deployments as d')
    .innerJoin('environments as n', 'n.id', 'd.environment_id')
    .innerJoin('projects as p', 'p.id', 'd.project_id')
    .where('d.deleted', 'is', null)
    .where('n.deleted_at', 'is', null)
    .where((eb) => visibleTo(eb, principal));
}

function present(db: Kysely<Schema>, principal: Principal) {
  return there(db, principal)
    .leftJoin('slots as s', (join) =>
      join.onRef('s.environment_id', '=', 'd.environment_id').onRef('s.success_id', '=', 'd.id'),
    )
    .selectAll('d')
    .select(['p.namespace', 'p.name as service', 'p.visibility', 'p.everyone_level'])
    .select(['n.name as environment', 'n.tier', 'n.stopped_position'])
    .select('s.success_position as live_position');
}

async function read(query: ReturnType<typeof present>): Promise<LineageRecord[]> {
  return (await query.execute()).map(recordOf);
}

type LineageRow = DeploymentTable &
  Parameters<typeof placeOf>[0] & {
    readonly live_position: number | null;
    readonly stopped_position: number | null;
  };

function recordOf(row: LineageRow): LineageRecord {
  const isLive = row.live_position !== null && !isStopped(row.stopped_position, row.live_position);
  return { state: deploymentOf(row), place: placeOf(row), isLive };
}
