import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { IncomingSource } from '../../../contract/incoming.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { ProjectTable } from '../../db/tables/places.ts';
import type { IncomingSecretTable } from '../../db/tables/webhooks.ts';
import { type AuditEntry, writeAudit } from '../../log/audit-log.ts';
import { splitProjectPath } from '../../principal.ts';
import type { SecretFacts } from './incoming-types.ts';

export interface NewSecret extends Omit<SecretFacts, 'id'> {
  readonly sealedSecret: string;
  readonly createdBy: number | null;
}

export type SealedSecret = Pick<SecretFacts, 'projectId'> & Pick<NewSecret, 'sealedSecret'>;

type Builder = ExpressionBuilder<Schema & { s: IncomingSecretTable; p: ProjectTable }, 's' | 'p'>;

/** Each change is written with its audit entry. */
export class IncomingSecretStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Oldest first. */
  async ofProject(projectId: number): Promise<SecretFacts[]> {
    const rows = await this.#database.read
      .selectFrom('incoming_secrets')
      .select(['id', 'project_id', 'source', 'created_at'])
      .where('project_id', '=', projectId)
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      projectId: row.project_id,
      source: row.source as IncomingSource, // one was stored
      createdAt: row.created_at,
    }));
  }

  /** Of the project with this number or path, in whatever case, or that had this path before it was renamed. */
  async ofNamed(source: IncomingSource, idOrPath: string): Promise<SealedSecret[]> {
    const { namespace, service } = splitProjectPath(idOrPath);
    const id = /^\d{1,15}$/.test(idOrPath) ? Number(idOrPath) : -1;
    const exact = await this.#ofProjects(source, (eb) => {
      const moved = eb.selectFrom('project_redirects as r').select('r.project_id');
      const before = moved.where('r.namespace', '=', namespace).where('r.name', '=', service);
      const isNamed = eb.and([eb('p.namespace', '=', namespace), eb('p.name', '=', service)]);
      return eb.or([eb('p.id', '=', id), isNamed, eb('p.id', 'in', before)]);
    });
    if (exact.length > 0) return exact;
    const same = (column: string, value: string) => sql<SqlBool>`lower(${sql.ref(column)}) = lower(${value})`;
    return this.#ofProjects(source, (eb) => eb.and([same('p.namespace', namespace), same('p.name', service)]));
  }

  async #ofProjects(source: IncomingSource, isMeant: (eb: Builder) => Expression<SqlBool>): Promise<SealedSecret[]> {
    const rows = await this.#database.read
      .selectFrom('incoming_secrets as s')
      .innerJoin('projects as p', 'p.id', 's.project_id')
      .select(['s.project_id', 's.sealed_secret'])
      .where('s.source', '=', source)
      .where('p.deleted_at', 'is', null)
      .where(isMeant)
      .orderBy('s.id')
      .execute();
    return rows.map((row) => ({ projectId: row.project_id, sealedSecret: row.sealed_secret }));
  }

  /** Answers its id; undefined where the project has `most` for this source already. */
  insert(secret: NewSecret, most: number, audit: AuditEntry): Promise<number | undefined> {
    const { projectId, source, sealedSecret, createdBy, createdAt } = secret;
    return this.#database.transaction(async (tx) => {
      const others = tx.selectFrom('incoming_secrets').select('id').where('project_id', '=', projectId);
      if ((await others.where('source', '=', source).execute()).length >= most) return undefined;
      const values = { project_id: projectId, source, sealed_secret: sealedSecret, created_by: createdBy };
      const { id } = await tx
        .insertInto('incoming_secrets')
        .values({ ...values, created_at: createdAt })
        .returning('id')
        .executeTakeFirstOrThrow();
      await writeAudit(tx, audit);
      return id;
    });
  }

  /** Answers whether the project had it. */
  delete(projectId: number, id: number, audit: AuditEntry): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const gone = tx.deleteFrom('incoming_secrets').where('project_id', '=', projectId).where('id', '=', id);
      if ((await gone.executeTakeFirstOrThrow()).numDeletedRows === 0n) return false;
      await writeAudit(tx, audit);
      return true;
    });
  }
}
