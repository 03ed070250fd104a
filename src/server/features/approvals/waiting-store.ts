import type { Kysely } from 'kysely';
import type { Schema } from '../../db/schema.ts';
import { placeOf } from '../../log/placed-events.ts';
import { deploymentOf } from '../../log/projection-rows.ts';
import { visibleTo } from '../../log/visible-projects.ts';
import type { Principal } from '../../principal.ts';
import type { WaitingDeployment, WaitingSlice } from './waiting-types.ts';

/** Reads deployments as those who decide about them see them. */
export class WaitingStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async byIds(ids: readonly number[]): Promise<WaitingDeployment[]> {
    if (ids.length === 0) return [];
    return (await this.#rows().where('d.id', 'in', ids).execute()).map(waitingOf);
  }

  /**
   * Deployments that wait, as far as the principal may see them, latest first: those among the `size` latest events before a
   * position that say so. An index holds just these events.
   */
  async slice(principal: Principal, before: number | undefined, size: number): Promise<WaitingSlice> {
    let events = this.#db.selectFrom('waits').select(['position', 'deployment_id']);
    if (before !== undefined) events = events.where('position', '<', before);
    const told = await events.orderBy('position', 'desc').limit(size).execute();
    if (told.length === 0) return { items: [], next: undefined };
    const positions = new Set(told.map(({ position }) => position));
    const rows = await this.#rows()
      .where('d.id', 'in', [...new Set(told.map(({ deployment_id }) => deployment_id))])
      .where('d.status', '=', 'waiting')
      .where((eb) => visibleTo(eb, principal))
      .orderBy('d.status_position', 'desc')
      .execute();
    // A deployment that was told to wait twice is found once, at the later event.
    const items = rows.filter(({ status_position }) => positions.has(status_position)).map(waitingOf);
    return { items, next: told.length === size ? told.at(-1)?.position : undefined };
  }

  #rows() {
    return this.#db
      .selectFrom('deployments as d')
      .innerJoin('environments as n', 'n.id', 'd.environment_id')
      .innerJoin('projects as p', 'p.id', 'd.project_id')
      .leftJoin('users as u', 'u.id', 'd.user_id')
      .selectAll('d')
      .select(['p.namespace', 'p.name as service', 'p.visibility', 'p.everyone_level', 'p.allow_self_approval'])
      .select(['n.name as environment', 'n.tier', 'u.username', 'u.name as user_name', 'u.state as user_state'])
      .where('d.deleted', 'is', null)
      .where('n.deleted_at', 'is', null)
      .where('p.deleted_at', 'is', null);
  }
}

type Row = Parameters<typeof deploymentOf>[0] &
  Parameters<typeof placeOf>[0] & {
    readonly allow_self_approval: number;
    readonly username: string | null;
    readonly user_name: string | null;
    readonly user_state: string | null;
  };

function waitingOf(row: Row): WaitingDeployment {
  const { user_id: id, username, user_name: name, user_state: state } = row;
  return {
    state: deploymentOf(row),
    place: placeOf(row),
    user: id === null || username === null ? null : { id, username, name: name ?? username, state: state ?? 'active' },
    allowSelfApproval: row.allow_self_approval === 1,
  };
}
