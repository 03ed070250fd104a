import type { Kysely } from 'kysely';
import type { Schema } from '../../db/schema.ts';
import type { Mark } from '../../log/fold-deployment.ts';
import type { Revision } from '../repositories/repository-types.ts';
import type { Success } from './presence-types.ts';

/** What deployments said they ship when they succeeded. */
export class SuccessStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Deployments of an environment that ever succeeded, in the order in which they did. */
  async of(projectId: number, environmentId: number): Promise<Success[]> {
    const rows = await this.#db
      .selectFrom('deployments')
      .select(successColumns)
      .select('id')
      .where('project_id', '=', projectId)
      .where('environment_id', '=', environmentId)
      .where('success_position', 'is not', null)
      .where('deleted', 'is', null)
      .execute();
    return rows.map((row) => successOf(row, row.id)).sort((a, b) => a.at - b.at || a.position - b.position);
  }

  /** What one deployment says now, whatever became of it; undefined: it is not there. */
  revision(deploymentId: number): Promise<Revision | undefined> {
    const ours = this.#db.selectFrom('deployments').select(['sha', 'ref', 'version']).where('id', '=', deploymentId);
    return ours.where('deleted', 'is', null).executeTakeFirst();
  }
}

/** Of `deployments`, for successOf. */
export const successColumns = [
  'sha',
  'ref',
  'version',
  'status_at',
  'updated_at',
  'success_position',
  'success_mark',
] as const;

interface SuccessRow extends Revision {
  readonly status_at: number | null;
  readonly updated_at: number | null;
  readonly success_position: number | null;
  readonly success_mark: string | null;
}

/** The mark of a success is the latest status itself where no other is stored. */
export function successOf(row: SuccessRow, deploymentId: number): Success {
  const mark: Mark | undefined = row.success_mark === null ? undefined : JSON.parse(row.success_mark);
  const { sha, ref, version } = mark?.details ?? row;
  return {
    deploymentId,
    at: mark?.at ?? row.status_at ?? 0,
    position: row.success_position ?? 0,
    toldAt: row.updated_at ?? 0,
    revision: { sha, ref, version },
  };
}
