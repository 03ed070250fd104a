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
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
