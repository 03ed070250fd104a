import type { Kysely } from 'kysely';
import type { Schema } from '../db/schema.ts';
import type { Principal } from '../principal.ts';

/** What somebody did that others may have to account for. `details` holds no secret. */
export interface AuditEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly author: Pick<Principal, 'userId' | 'name'>;
  readonly projectId: number | null;
  readonly groupId: number | null;
  /** What was done, in snake case: `deployment_approved`. */
  readonly action: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

/** Appends an entry in the transaction of the change that it tells of. */
export async function writeAudit(tx: Kysely<Schema>, entry: AuditEntry): Promise<void> {
  await tx
    .insertInto('audit_entries')
    .values({
      created_at: entry.at,
      author_id: entry.author.userId,
      author_name: entry.author.name,
      project_id: entry.projectId,
      group_id: entry.groupId,
      action: entry.action,
      details: JSON.stringify(entry.details),
    })
    .execute();
}
