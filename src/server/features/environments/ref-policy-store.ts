import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { EnvironmentRefRuleTable } from '../../db/tables/places.ts';
import { type AuditEntry, writeAudit } from '../../log/audit-log.ts';
import type { RefKind, RefRule } from './ref-policy-types.ts';

type Pattern = Omit<RefRule, 'id'>;

/** Which refs may be deployed where. Each change is written with its audit entry. */
export class RefPolicyStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Oldest first. */
  async rules(environmentId: number): Promise<RefRule[]> {
    return (await rulesOf(this.#database.read, environmentId).orderBy('id').execute()).map(ruleOf);
  }

  /** Whether an environment that there is limits its refs, and to what; undefined where there is none. */
  async ofNamed(
    projectId: number,
    name: string,
  ): Promise<{ readonly isLimited: boolean; readonly rules: readonly RefRule[] } | undefined> {
    const row = await this.#database.read
      .selectFrom('environments')
      .select(['id', 'refs_limited'])
      .where('project_id', '=', projectId)
      .where('name', '=', name)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    if (!row) return undefined;
    const isLimited = row.refs_limited === 1;
    return { isLimited, rules: isLimited ? await this.rules(row.id) : [] };
  }

  /** With `isLimited` false its rules go, too. */
  async limit(environmentId: number, isLimited: boolean, audit: AuditEntry): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const change = { refs_limited: Number(isLimited), updated_at: audit.at };
      await tx.updateTable('environments').set(change).where('id', '=', environmentId).execute();
      if (!isLimited)
        await tx.deleteFrom('environment_ref_rules').where('environment_id', '=', environmentId).execute();
      await writeAudit(tx, audit);
    });
  }

  /** Answers what stands against it: there is the same, or there are as many as there may be. */
  add(
    environmentId: number,
    { pattern, kind }: Pattern,
    audit: AuditEntry,
    most: number,
  ): Promise<RefRule | 'same' | 'too many'> {
    return this.#database.transaction(async (tx) => {
      const rules = (await rulesOf(tx, environmentId).execute()).map(ruleOf);
      if (rules.some((rule) => rule.pattern === pattern && rule.kind === kind)) return 'same';
      if (rules.length >= most) return 'too many';
      const values = { environment_id: environmentId, pattern, kind, created_at: audit.at };
      const insert = tx.insertInto('environment_ref_rules').values(values).returningAll();
      const row = await insert.executeTakeFirstOrThrow();
      await writeAudit(tx, audit);
      return ruleOf(row);
    });
  }

  /** Answers false where another has this pattern. */
  change(environmentId: number, { id, pattern, kind }: RefRule, audit: AuditEntry): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const rules = rulesOf(tx, environmentId).where('id', '!=', id).where('kind', '=', kind);
      if (await rules.where('pattern', '=', pattern).executeTakeFirst()) return false;
      const update = tx.updateTable('environment_ref_rules').set({ pattern }).where('id', '=', id);
      await update.where('environment_id', '=', environmentId).execute();
      await writeAudit(tx, audit);
      return true;
    });
  }

  async remove(environmentId: number, id: number, audit: AuditEntry): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const rows = tx.deleteFrom('environment_ref_rules').where('environment_id', '=', environmentId);
      await rows.where('id', '=', id).execute();
      await writeAudit(tx, audit);
    });
  }
}

function rulesOf(db: Kysely<Schema>, environmentId: number) {
  return db.selectFrom('environment_ref_rules').selectAll().where('environment_id', '=', environmentId);
}

function ruleOf({ id, pattern, kind }: Omit<EnvironmentRefRuleTable, 'id'> & { readonly id: number }): RefRule {
  return { id, pattern, kind: kind as RefKind }; // one was stored
}
