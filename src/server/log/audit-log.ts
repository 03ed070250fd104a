import type { Kysely } from 'kysely';
import type { Schema } from '../db/schema.ts';
import type { Principal } from '../principal.ts';

/** Who did it. */
export type AuditAuthor = Pick<Principal, 'userId' | 'name'>;

/** What somebody did that others may have to account for. `details` holds no secret. */
export interface AuditEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly author: AuditAuthor;
  readonly projectId: number | null;
  readonly groupId: number | null;
  /** What was done, in snake case: `deployment_approved`. */
  readonly action: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

/** What was done, without who, when and where. */
export type Deed = Pick<AuditEntry, 'action' | 'details'>;

/** Where something was done that belongs to no project or group. */
export const onServer = { projectId: null, groupId: null } as const;

/** Where something was done, as an entry names it. */
export function placeOf({ kind, id }: { readonly kind: 'project' | 'group'; readonly id: number }) {
  return { projectId: kind === 'project' ? id : null, groupId: kind === 'group' ? id : null };
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
