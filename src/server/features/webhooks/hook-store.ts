import type { Kysely, Selectable, Updateable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { HookTable } from '../../db/tables/webhooks.ts';
import { type AuditEntry, writeAudit } from '../../log/audit-log.ts';
import type { Hook } from './webhook-types.ts';

export type NewHook = Omit<Hook, 'id'>;

export class HookStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Of a project, which has so few that a list needs no pages. */
  async all(projectId: number): Promise<Hook[]> {
    const ours = this.#database.read.selectFrom('hooks').selectAll().where('project_id', '=', projectId);
    return (await ours.orderBy('id').execute()).map(hookOf);
  }

  async byId(id: number): Promise<Hook | undefined> {
    const row = await this.#database.read.selectFrom('hooks').selectAll().where('id', '=', id).executeTakeFirst();
    return row && hookOf(row);
  }

  /** undefined where the project has `most` hooks already. */
  async insert(tx: Kysely<Schema>, hook: NewHook, most: number): Promise<Hook | undefined> {
    if ((await countOf(tx, hook.projectId)) >= most) return undefined;
    const values = { project_id: hook.projectId, created_at: hook.createdAt, ...valuesOf(hook) };
    return hookOf(await tx.insertInto('hooks').values(values).returningAll().executeTakeFirstOrThrow());
  }

  /** Stores what `changed` makes of a hook as it is when no other change can come between. undefined where it is not there. */
  change(
    projectId: number,
    id: number,
    changed: (hook: Hook) => NewHook,
    auditOf: (before: Hook, after: Hook) => AuditEntry,
  ): Promise<Hook | undefined> {
    return this.#database.transaction(async (tx) => {
      // A write first: whoever changes the same hook meanwhile waits here.
      const held = await tx
        .updateTable('hooks')
        .set(({ ref }) => ({ updated_at: ref('updated_at') }))
        .where('id', '=', id)
        .where('project_id', '=', projectId)
        .returningAll()
        .executeTakeFirst();
      if (!held) return undefined;
      const before = hookOf(held);
      const change = tx
        .updateTable('hooks')
        .set(valuesOf(changed(before)))
        .where('id', '=', id);
      const after = hookOf(await change.returningAll().executeTakeFirstOrThrow());
      await writeAudit(tx, auditOf(before, after));
      return after;
    });
  }

  async delete(tx: Kysely<Schema>, id: number): Promise<void> {
    await tx.deleteFrom('hook_deliveries').where('hook_id', '=', id).execute();
    await tx.deleteFrom('hooks').where('id', '=', id).execute();
  }
}

async function countOf(db: Kysely<Schema>, projectId: number): Promise<number> {
  const query = db.selectFrom('hooks').select(({ fn }) => fn.countAll<number>().as('count'));
  return Number((await query.where('project_id', '=', projectId).executeTakeFirstOrThrow()).count);
}

function valuesOf({ url, name, description, sealedSecret, settings, updatedAt }: NewHook) {
  return {
    url,
    name,
    description,
    sealed_secret: sealedSecret,
    settings: JSON.stringify(settings),
    updated_at: updatedAt,
  } satisfies Updateable<HookTable>;
}

export function hookOf(row: Selectable<HookTable>): Hook {
  return {
    id: row.id,
    projectId: row.project_id,
    url: row.url,
    name: row.name,
    description: row.description,
    sealedSecret: row.sealed_secret,
    settings: { active: true, triggers: null, ...JSON.parse(row.settings) }, // written by valuesOf, which once had fewer fields
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
