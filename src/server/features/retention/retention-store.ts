import type { Kysely } from 'kysely';
import type { ChangeableKind } from '../../../contract/retention.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import { type AuditAuthor, type Deed, onServer, writeAudit } from '../../log/audit-log.ts';
import { daysRules } from './retention-rules.ts';

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
  daysOf(kind: ChangeableKind): Promise<number | undefined> {
    return storedDays(this.#database.read, kind);
  }

  /** All of it or nothing, each with its audit entry. What stays the same is no change. */
  async set(wanted: readonly NewDays[], author: AuditAuthor, at: number): Promise<void> {
    // Alone, so that each entry tells of what really was before.
    await this.#database.logTransaction(async ({ kysely: tx }) => {
      for (const { kind, days } of wanted) {
        const from = (await storedDays(tx, kind)) ?? daysRules[kind].default;
        if (from === days) continue;
        const changed = { days, changed_by: author.userId, changed_at: at };
        await tx
          .insertInto('retention_settings')
          .values({ kind, ...changed })
          .onConflict((conflict) => conflict.column('kind').doUpdateSet(changed))
          .execute();
        const deed: Deed = { action: 'retention_changed', details: { kind, from, to: days } };
        await writeAudit(tx, { at, author, ...onServer, ...deed });
      }
    });
  }
}

async function storedDays(db: Kysely<Schema>, kind: ChangeableKind): Promise<number | undefined> {
  const setting = db.selectFrom('retention_settings').select('days').where('kind', '=', kind);
  return (await setting.executeTakeFirst())?.days;
}
