import type { Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { AuditEntryTable } from '../../db/tables/rules.ts';

export interface AuditPage {
  readonly items: readonly Selectable<AuditEntryTable>[];
  readonly total: number;
}

export class AuditStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest first. `after` and `before` in epoch milliseconds, both inclusive. */
  async page(
    projectId: number,
    range: { readonly after: number | undefined; readonly before: number | undefined },
    { limit, offset }: { readonly limit: number; readonly offset: number },
  ): Promise<AuditPage> {
    let rows = this.#database.read.selectFrom('audit_entries').where('project_id', '=', projectId);
    if (range.after !== undefined) rows = rows.where('created_at', '>=', range.after);
    if (range.before !== undefined) rows = rows.where('created_at', '<=', range.before);
    const items = await rows.selectAll().orderBy('id', 'desc').limit(limit).offset(offset).execute();
    const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    return { items, total: Number(total) };
  }

  async byId(projectId: number, id: number): Promise<Selectable<AuditEntryTable> | undefined> {
    const rows = this.#database.read.selectFrom('audit_entries').selectAll();
    return rows.where('project_id', '=', projectId).where('id', '=', id).executeTakeFirst();
  }
}
