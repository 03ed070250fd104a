import type { Kysely, Selectable, Updateable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { HookTable } from '../../db/tables/webhooks.ts';
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

  async byId(projectId: number, id: number): Promise<Hook | undefined> {
    const row = await this.#database.read
      .selectFrom('hooks')
      .selectAll()
      .where('id', '=', id)
      .where('project_id', '=', projectId)
      .executeTakeFirst();
    return row && hookOf(row);
  }

  /** The project of a hook; undefined where there is no such hook. */
  async projectOf(id: number): Promise<number | undefined> {
    const rows = this.#database.read.selectFrom('hooks').select('project_id').where('id', '=', id);
    return (await rows.executeTakeFirst())?.project_id;
  }

  /** undefined where the project has `most` hooks already. */
  async insert(tx: Kysely<Schema>, hook: NewHook, most: number): Promise<Hook | undefined> {
    if ((await countOf(tx, hook.projectId)) >= most) return undefined;
    const values = { project_id: hook.projectId, created_at: hook.createdAt, ...valuesOf(hook) };
    return hookOf(await tx.insertInto('hooks').values(values).returningAll().executeTakeFirstOrThrow());
  }

  /** undefined where it is gone. */
  async update(hook: Hook): Promise<Hook | undefined> {
    const row = await this.#database.transaction((tx) =>
      tx.updateTable('hooks').set(valuesOf(hook)).where('id', '=', hook.id).returningAll().executeTakeFirst(),
    );
    return row && hookOf(row);
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
