import type { Kysely } from 'kysely';
import type { Tier } from '../../../contract/tiers.ts';
import type { Schema } from '../../db/schema.ts';
import { isStopped } from '../../log/is-stopped.ts';
import type { Success } from './presence-types.ts';
import { successColumns, successOf } from './success-store.ts';

const atOnce = 500;

/** An environment with what runs there. */
export interface StandingEnvironment {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
  readonly tier: Tier;
  /** null: nothing succeeded there, or it was stopped since. */
  readonly running: (Success & { readonly iid: number }) | null;
  /** Grows with whatever happens there. */
  readonly version: number;
  readonly unknown: number;
}

export class PresenceStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** The environments of projects that were not deleted, in no order. */
  async environments(projectIds: readonly number[]): Promise<StandingEnvironment[]> {
    const found: StandingEnvironment[] = [];
    for (let from = 0; from < projectIds.length; from += atOnce) {
      const rows = await this.#db
        .selectFrom('environments as e')
        .leftJoin('slots as s', 's.environment_id', 'e.id')
        .leftJoin('deployments as d', 'd.id', 's.success_id')
        .leftJoin('environment_links as l', 'l.environment_id', 'e.id')
        .select(['e.id', 'e.project_id', 'e.name', 'e.tier', 'e.stopped_position', 's.version as slot_version'])
        .select(['d.id as success_id', 'd.iid', 'l.unknown'])
        .select(successColumns.map((name) => `d.${name}` as const))
        .where('e.project_id', 'in', projectIds.slice(from, from + atOnce))
        .where('e.deleted_at', 'is', null)
        .execute();
      found.push(...rows.map(standing));
    }
    return found;
  }

  /** For each project with a repository a number that grows with what is known of its changes. */
  async changesVersions(projectIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const versions = new Map<number, number>();
    for (let from = 0; from < projectIds.length; from += atOnce) {
      const rows = await this.#db
        .selectFrom('project_repositories')
        .select(['project_id', 'changes_version'])
        .where('project_id', 'in', projectIds.slice(from, from + atOnce))
        .execute();
      for (const { project_id: id, changes_version: version } of rows) versions.set(id, version);
    }
    return versions;
  }
}

type Row = Parameters<typeof successOf>[0] & {
  readonly id: number;
  readonly project_id: number;
  readonly name: string;
  readonly tier: string;
  readonly stopped_position: number | null;
  readonly slot_version: number | null;
  readonly success_id: number | null;
  readonly iid: number | null;
  readonly unknown: number | null;
};

function standing(row: Row): StandingEnvironment {
  const { success_id: id, iid } = row;
  const isIdle = isStopped(row.stopped_position, row.success_position);
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    tier: row.tier as Tier, // one was stored
    running: id === null || iid === null || isIdle ? null : { ...successOf(row, id), iid },
    version: row.slot_version ?? 0,
    unknown: row.unknown ?? 0,
  };
}
