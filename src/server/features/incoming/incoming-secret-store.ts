import type { IncomingSource } from '../../../contract/incoming.ts';
import type { Database } from '../../db/database.ts';
import { type AuditEntry, writeAudit } from '../../log/audit-log.ts';
import type { SecretFacts } from './incoming-types.ts';

export interface NewSecret extends Omit<SecretFacts, 'id'> {
  readonly sealedSecret: string;
  readonly createdBy: number | null;
}

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

  /** Sealed, oldest first. */
  async sealed(projectId: number, source: IncomingSource): Promise<string[]> {
    const rows = await this.#database.read
      .selectFrom('incoming_secrets')
      .select('sealed_secret')
      .where('project_id', '=', projectId)
      .where('source', '=', source)
      .orderBy('id')
      .execute();
    return rows.map((row) => row.sealed_secret);
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
