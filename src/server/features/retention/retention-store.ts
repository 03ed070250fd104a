import type { ChangeableKind } from '../../../contract/retention.ts';
import type { Database } from '../../db/database.ts';
import { type AuditEntry, writeAudit } from '../../log/audit-log.ts';

export interface StoredDays {
  readonly kind: string;
  readonly days: number;
  readonly changedAt: number;
  /** Name of who did; null where that is not known. */
  readonly changedBy: string | null;
}

interface NewDays {
  readonly kind: ChangeableKind;
  readonly days: number;
  readonly changedBy: number | null;
  readonly changedAt: number;
}

/** What administrators have said about how long things are kept. */
export class RetentionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  all(): Promise<StoredDays[]> {
    return this.#database.read
      .selectFrom('retention_settings as s')
      .leftJoin('users as u', 'u.id', 's.changed_by')
      .select(['s.kind', 's.days', 's.changed_at as changedAt', 'u.name as changedBy'])
      .execute();
  }

  /** undefined where nobody has said anything. */
  async daysOf(kind: ChangeableKind): Promise<number | undefined> {
    const setting = this.#database.read.selectFrom('retention_settings').select('days').where('kind', '=', kind);
    return (await setting.executeTakeFirst())?.days;
  }

  /** All of it or nothing, each with its audit entry. */
  async set(changes: readonly { readonly setting: NewDays; readonly audit: AuditEntry }[]): Promise<void> {
    await this.#database.transaction(async (tx) => {
      for (const { setting, audit } of changes) {
        const { kind, days, changedBy, changedAt } = setting;
        const changed = { days, changed_by: changedBy, changed_at: changedAt };
        await tx
          .insertInto('retention_settings')
          .values({ kind, ...changed })
          .onConflict((conflict) => conflict.column('kind').doUpdateSet(changed))
          .execute();
        await writeAudit(tx, audit);
      }
    });
  }
}
