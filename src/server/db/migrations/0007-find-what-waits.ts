import { type QueryExecutorProvider, sql } from 'kysely';
import type { ColumnTypes } from '../dialect.ts';

/** What waits in an environment is found by it, however much else does elsewhere. */
export async function findWhatWaits(db: QueryExecutorProvider, { int }: ColumnTypes): Promise<void> {
  const statements = [
    `alter table waits add column environment_id ${int} not null default 0`,
    `update waits set environment_id = (select environment_id from events where events.position = waits.position)`,
    `create index waits_environment on waits (environment_id)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
