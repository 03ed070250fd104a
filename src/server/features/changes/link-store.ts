import type { Kysely } from 'kysely';
import type { Tier } from '../../../contract/tiers.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { ChangeLink, LandingKind } from './change-types.ts';

/** An environment as far as linking it asks. */
export interface LinkedEnvironment {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
  readonly tier: Tier;
  readonly isDeleted: boolean;
  /** This node links it as long as that is so in the database: a node that is late writes nothing. */
  readonly busyUntil: number;
}

/** Rows in one transaction: SQLite has one writer, and deployments wait for it. */
const atOnce = 500;

/** Which deployment brought which change to an environment first. */
export class LinkStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By change. */
  async of(environmentId: number): Promise<ReadonlyMap<number, ChangeLink>> {
    const rows = await this.#database.read
      .selectFrom('change_deployments')
      .selectAll()
      .where('environment_id', '=', environmentId)
      .execute();
    return new Map(
      rows.map((row) => [
        row.change_id,
        {
          changeId: row.change_id,
          environmentId,
          deploymentId: row.deployment_id,
          deployedAt: row.deployed_at,
          landed: row.landed as LandingKind, // one was stored
        },
      ]),
    );
  }

  /**
   * Removes the links of these changes, and adds these, as long as no other node has taken the environment. What ends halfway
   * is made whole by the next time.
   */
  async replace(
    { id, projectId, busyUntil }: LinkedEnvironment,
    changeIds: readonly number[],
    links: readonly ChangeLink[],
  ): Promise<void> {
    for (let from = 0; from < changeIds.length; from += atOnce) {
      const some = changeIds.slice(from, from + atOnce);
      const added = new Set(some);
      const isOurs = await this.#database.transaction(async (tx) => {
        // Holds the row until the end: another node that takes the environment waits.
        const held = await tx
          .updateTable('environment_links')
          .set({ busy_until: busyUntil })
          .where('environment_id', '=', id)
          .where('busy_until', '=', busyUntil)
          .returning('environment_id')
          .executeTakeFirst();
        if (!held) return false;
        await tx
          .deleteFrom('change_deployments')
          .where('environment_id', '=', id)
          .where('change_id', 'in', some)
          .execute();
        await insert(
          tx,
          projectId,
          links.filter(({ changeId }) => added.has(changeId)),
        );
        return true;
      });
      if (!isOurs) return;
    }
  }
}

async function insert(tx: Kysely<Schema>, projectId: number, links: readonly ChangeLink[]): Promise<void> {
  if (links.length === 0) return;
  const rows = links.map(({ changeId, environmentId, deploymentId, deployedAt, landed }) => ({
    environment_id: environmentId,
    change_id: changeId,
    project_id: projectId,
    deployment_id: deploymentId,
    deployed_at: deployedAt,
    landed,
  }));
  await tx.insertInto('change_deployments').values(rows).execute();
}
