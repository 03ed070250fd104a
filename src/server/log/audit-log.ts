import type { Kysely } from 'kysely';
import type { AuditAction } from '../../contract/audit-actions.ts';
import type { Schema } from '../db/schema.ts';
import type { Principal } from '../principal.ts';
import type { EventFlag, LogEvent } from './event.ts';

/** Who did it. */
export type AuditAuthor = Pick<Principal, 'userId' | 'name'>;

/** What somebody did that others may have to account for. `details` holds no secret. */
export interface AuditEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly author: AuditAuthor;
  readonly projectId: number | null;
  readonly groupId: number | null;
  readonly action: AuditAction;
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
  await tx.insertInto('audit_entries').values(auditRow(entry)).execute();
}

export const auditColumns = {
  created_at: 'bigint',
  author_id: 'bigint',
  author_name: 'text',
  project_id: 'bigint',
  group_id: 'bigint',
  action: 'text',
  details: 'text',
} as const;

/** An entry as it is stored, in the columns above. */
export function auditRow({ at, author, projectId, groupId, action, details }: AuditEntry) {
  return {
    created_at: at,
    author_id: author.userId,
    author_name: author.name,
    project_id: projectId,
    group_id: groupId,
    action,
    details: JSON.stringify(details),
  };
}

const flagActions = {
  unapproved: 'deployment_unapproved',
  frozen: 'deployment_while_frozen',
} as const satisfies Record<EventFlag, AuditAction>;

/** What is remarkable about an event is what its caller did, whoever the event says started the deployment. */
export function flagEntries(event: LogEvent, callerName: string | null): AuditEntry[] {
  const { deploymentId: deployment_id, status, position } = event;
  return event.flags.map((flag) => ({
    at: event.receivedAt,
    author: { userId: event.userId, name: callerName },
    projectId: event.projectId,
    groupId: null,
    action: flagActions[flag],
    details: { deployment_id, status, position },
  }));
}
