import { type QueryExecutorProvider, sql } from 'kysely';
import type { ColumnTypes } from '../dialect.ts';

/** Deployments that are asked for and carried out by a tool. */
export async function listenAndRequest(
  db: QueryExecutorProvider,
  { identity, int, tableSuffix, binaryText }: ColumnTypes,
): Promise<void> {
  const statements = [
    `alter table events add column extra text`,
    `create table deployment_requests (
      deployment_id ${int} primary key, task text not null, payload text not null,
      transient ${int} not null, production ${int} not null) ${tableSuffix}`,
    `create table commit_statuses (
      id ${identity}, project_id ${int} not null references projects (id), sha text ${binaryText} not null,
      context text not null, context_key text ${binaryText} not null, state text not null, target_url text,
      description text, user_id ${int}, created_at ${int} not null) ${tableSuffix}`,
    `create index commit_statuses_commit on commit_statuses (project_id, sha, context_key, id)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
