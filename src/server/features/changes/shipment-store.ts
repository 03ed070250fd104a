import type { ExpressionBuilder, Kysely } from 'kysely';
import { inChunks } from '../../db/chunks.ts';
import type { Schema } from '../../db/schema.ts';
import type { DeploymentTable } from '../../db/tables/projections.ts';
import { isStopped } from '../../log/is-stopped.ts';
import { placeOf } from '../../log/placed-events.ts';
import { deploymentOf } from '../../log/projection-rows.ts';
import { visibleTo } from '../../log/visible-projects.ts';
import type { Principal } from '../../principal.ts';
import type { Shipment, Sought } from './shipment-types.ts';

/** No index serves what is sought: it is looked for in what is live, and in the newest deployments, in slices that hold nobody up. */
const sliceSize = 10_000;
const mostSlices = 5;

/** Reads deployments that are there for somebody, with what they shipped. */
export class ShipmentStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async byId(id: number): Promise<Shipment | undefined> {
    return (await this.byIds([id])).get(id);
  }

  async byIds(ids: readonly number[]): Promise<ReadonlyMap<number, Shipment>> {
    const rows = await inChunks(ids, (some) => this.#present().where('d.id', 'in', some).execute());
    return new Map(rows.map((row) => [row.id, shipmentOf(row)]));
  }

  /** What is live in the environments of projects. */
  async liveIn(projectIds: readonly number[]): Promise<Shipment[]> {
    const rows = await inChunks(projectIds, (some) => this.#running().where('n.project_id', 'in', some).execute());
    return rows.map(shipmentOf).filter(({ isLive }) => isLive);
  }

  /** Deployments that succeeded with what is sought, in the projects that a principal may read: live ones, and the newest. */
  async find(principal: Principal, sought: Sought, limit: number): Promise<Shipment[]> {
    const found = new Map((await this.#live(principal, sought, limit)).map((shipment) => [shipment.id, shipment]));
    for (const shipment of await this.#newest(principal, sought, limit)) found.set(shipment.id, shipment);
    return [...found.values()].slice(0, limit);
  }

  async #live(principal: Principal, sought: Sought, limit: number): Promise<Shipment[]> {
    const rows = await this.#running()
      .where((eb) => visibleTo(eb, principal))
      .where((eb) => ships(eb, sought))
      .limit(limit)
      .execute();
    return rows.map(shipmentOf);
  }

  async #newest(principal: Principal, sought: Sought, limit: number): Promise<Shipment[]> {
    const { last } = await this.#db
      .selectFrom('deployments')
      .select((eb) => eb.fn.max('id').as('last'))
      .executeTakeFirstOrThrow();
    const found: Shipment[] = [];
    let below = Number(last ?? 0) + 1;
    for (let slice = 0; slice < mostSlices && below > 1 && found.length < limit; slice += 1) {
      const rows = await this.#present()
        .where('d.id', '>=', below - sliceSize)
        .where('d.id', '<', below)
        .where('d.success_position', 'is not', null)
        .where((eb) => ships(eb, sought))
        .where((eb) => visibleTo(eb, principal))
        .orderBy('d.id', 'desc')
        .limit(limit)
        .execute();
      found.push(...rows.map(shipmentOf));
      below -= sliceSize;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return found;
  }

  #present() {
    return this.#db
      .selectFrom('deployments as d')
      .innerJoin('environments as n', 'n.id', 'd.environment_id')
      .innerJoin('projects as p', 'p.id', 'd.project_id')
      .leftJoin('slots as s', (join) =>
        join.onRef('s.environment_id', '=', 'd.environment_id').onRef('s.success_id', '=', 'd.id'),
      )
      .selectAll('d')
      .select(columns)
      .where('d.deleted', 'is', null)
      .where('n.deleted_at', 'is', null)
      .where('p.deleted_at', 'is', null);
  }

  /** From the slots on: they are few, and deployments many. */
  #running() {
    return this.#db
      .selectFrom('slots as s')
      .innerJoin('deployments as d', 'd.id', 's.success_id')
      .innerJoin('environments as n', 'n.id', 's.environment_id')
      .innerJoin('projects as p', 'p.id', 'n.project_id')
      .selectAll('d')
      .select(columns)
      .where('d.deleted', 'is', null)
      .where('n.deleted_at', 'is', null)
      .where('p.deleted_at', 'is', null);
  }
}

const columns = [
  'p.namespace',
  'p.name as service',
  'p.visibility',
  'p.everyone_level',
  'n.name as environment',
  'n.tier',
  'n.stopped_position',
  's.success_position as live_position',
] as const;

function ships(eb: ExpressionBuilder<{ d: Schema['deployments'] }, 'd'>, sought: Sought) {
  return 'sha' in sought
    ? eb(eb.fn('lower', ['d.sha']), 'like', `${sought.sha.toLowerCase()}%`)
    : eb(eb.fn('lower', ['d.version']), 'in', spellings(sought.version));
}

/** How a version may be written: `1.8.2` or `v1.8.2`. */
export function spellings(version: string): string[] {
  const bare = version.toLowerCase().replace(/^v(?=\d)/, '');
  return [...new Set([version.toLowerCase(), bare, `v${bare}`])];
}

type ShipmentRow = DeploymentTable &
  Parameters<typeof placeOf>[0] & {
    readonly live_position: number | null;
    readonly stopped_position: number | null;
  };

function shipmentOf(row: ShipmentRow): Shipment {
  const { id, success, latest } = deploymentOf(row);
  const { version, ref, sha } = (success ?? latest).details;
  const isLive = row.live_position !== null && !isStopped(row.stopped_position, row.live_position);
  // Tools may write them in capitals; commits are written in small letters.
  const shown = sha !== null && /^[\da-f]+$/i.test(sha) ? sha.toLowerCase() : sha;
  return { id, place: placeOf(row), version, ref, sha: shown, at: (success ?? latest).at, isLive };
}
