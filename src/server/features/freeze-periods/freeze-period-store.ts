import type { Kysely, Selectable, Updateable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { FreezePeriodTable } from '../../db/tables/rules.ts';
import { type AuditEntry, writeAudit } from '../../log/audit-log.ts';
import type { Structure } from '../../log/structure.ts';
import { visibleTo } from '../../log/visible-projects.ts';
import type { Principal } from '../../principal.ts';
import type { FreezePeriod, ProjectPeriods } from './freeze-period-types.ts';

type FreezePeriodRow = Updateable<
  Pick<FreezePeriodTable, 'freeze_start' | 'freeze_end' | 'cron_timezone' | 'updated_at'>
>;

/** Each change is written with its audit entry. */
export class FreezePeriodStore {
  readonly #database: Database;
  readonly #structure: Structure;

  constructor(database: Database, structure: Structure) {
    this.#database = database;
    this.#structure = structure;
  }

  /** Oldest first. */
  async ofProject(projectId: number): Promise<FreezePeriod[]> {
    const rows = await periods(this.#database.read).where('project_id', '=', projectId).orderBy('id').execute();
    return rows.map(periodOf);
  }

  /** Those of the projects that a principal may see, by namespace, then by name. */
  async ofVisible(principal: Principal): Promise<ProjectPeriods[]> {
    const rows = await this.#database.read
      .selectFrom('freeze_periods as f')
      .innerJoin('projects as p', 'p.id', 'f.project_id')
      .selectAll('f')
      .select(['p.namespace', 'p.name as service'])
      .where((eb) => visibleTo(eb, principal))
      .orderBy('p.namespace')
      .orderBy('p.name')
      .orderBy('f.id')
      .execute();
    const found = new Map<number, { project: ProjectPeriods['project']; periods: FreezePeriod[] }>();
    for (const row of rows) {
      const { namespace, service } = row;
      const known = found.get(row.project_id) ?? { project: { namespace, service }, periods: [] };
      known.periods.push(periodOf(row));
      found.set(row.project_id, known);
    }
    return [...found.values()];
  }

  async byId(projectId: number, id: number): Promise<FreezePeriod | undefined> {
    const rows = periods(this.#database.read).where('project_id', '=', projectId);
    const row = await rows.where('id', '=', id).executeTakeFirst();
    return row && periodOf(row);
  }

  /** undefined where the project has `most` already. */
  insert(period: Omit<FreezePeriod, 'id'>, most: number, audit: AuditEntry): Promise<FreezePeriod | undefined> {
    return this.#structure.change(async ({ kysely: tx }) => {
      const others = await periods(tx).where('project_id', '=', period.projectId).execute();
      if (others.length >= most) return undefined;
      const row = await tx
        .insertInto('freeze_periods')
        .values({
          project_id: period.projectId,
          freeze_start: period.freezeStart,
          freeze_end: period.freezeEnd,
          cron_timezone: period.timezone,
          created_at: period.createdAt,
          updated_at: period.updatedAt,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      await writeAudit(tx, audit);
      return periodOf(row);
    });
  }

  /** Makes of a period what `plan` makes of it as it is; undefined where there is none. */
  update(
    projectId: number,
    id: number,
    plan: (before: FreezePeriod) => { readonly change: FreezePeriodRow; readonly audit: AuditEntry },
  ): Promise<FreezePeriod | undefined> {
    return this.#structure.change(async ({ kysely: tx }) => {
      const before = await periods(tx).where('project_id', '=', projectId).where('id', '=', id).executeTakeFirst();
      if (!before) return undefined;
      const { change, audit } = plan(periodOf(before));
      const rows = tx.updateTable('freeze_periods').set(change).where('id', '=', id);
      const row = await rows.returningAll().executeTakeFirstOrThrow();
      await writeAudit(tx, audit);
      return periodOf(row);
    });
  }

  async delete(id: number, audit: AuditEntry): Promise<void> {
    await this.#structure.change(async ({ kysely: tx }) => {
      await tx.deleteFrom('freeze_periods').where('id', '=', id).execute();
      await writeAudit(tx, audit);
    });
  }
}

function periods(db: Kysely<Schema>) {
  return db.selectFrom('freeze_periods').selectAll();
}

function periodOf(row: Selectable<FreezePeriodTable>): FreezePeriod {
  return {
    id: row.id,
    projectId: row.project_id,
    freezeStart: row.freeze_start,
    freezeEnd: row.freeze_end,
    timezone: row.cron_timezone,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
