import { type QueryExecutorProvider, sql } from 'kysely';
import type { ColumnTypes } from '../dialect.ts';

/** How long things are kept where an administrator has said so, and what people know their sign-ins by. */
export async function keepAndForget(db: QueryExecutorProvider, { int, tableSuffix }: ColumnTypes): Promise<void> {
  const statements = [
    `create table retention_settings (
      kind text primary key, days ${int} not null, changed_by ${int} references users (id), changed_at ${int} not null)
      ${tableSuffix}`,
    `alter table sessions add column seen_at ${int}`,
    `alter table sessions add column user_agent text`,
    `create index audit_entries_group on audit_entries (group_id, id)`,
    `create index audit_entries_server on audit_entries (id) where project_id is null and group_id is null`,
    `create index sessions_user on sessions (user_id)`,
    `create index sessions_token on sessions (token_id)`,
    `create index tokens_user on tokens (user_id)`,
    `create index slots_project on slots (project_id, current_at)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
