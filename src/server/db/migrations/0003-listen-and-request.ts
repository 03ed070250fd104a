import { type QueryExecutorProvider, sql } from 'kysely';
import type { ColumnTypes } from '../dialect.ts';

/** Deployments that are asked for and carried out by a tool. */
export async function listenAndRequest(
  db: QueryExecutorProvider,
  { identity, int, tableSuffix, binaryText }: ColumnTypes,
): Promise<void> {
  const statements = [
    `alter table events add column extra text`,
    `alter table protected_environments add column any_rule ${int} not null default 0`,
    `alter table protected_environments add column self_approval ${int}`,
    `alter table environments add column refs_limited ${int} not null default 0`,
    `create table environment_ref_rules (
      id ${identity}, environment_id ${int} not null references environments (id), pattern text ${binaryText} not null,
      kind text not null, created_at ${int} not null) ${tableSuffix}`,
    `create unique index environment_ref_rules_pattern on environment_ref_rules (environment_id, kind, pattern)`,
    `create index projects_any_case on projects (lower(namespace), lower(name))`,
    `create index project_redirects_any_case on project_redirects (lower(namespace), lower(name))`,
    `create table deployment_requests (
      deployment_id ${int} primary key, task text not null, payload text not null,
      transient ${int} not null, production ${int} not null) ${tableSuffix}`,
    `alter table hook_deliveries add column redelivery ${int} not null default 0`,
    `alter table hook_deliveries add column deployment_id ${int}`,
    `alter table hook_deliveries add column resent_at ${int}`,
    `create index hook_deliveries_in_line on hook_deliveries (hook_id, deployment_id, id) where next_attempt_at is not null`,
    `create table commit_statuses (
      id ${identity}, project_id ${int} not null references projects (id), sha text ${binaryText} not null,
      context text not null, context_key text ${binaryText} not null, state text not null, target_url text,
      description text, user_id ${int}, created_at ${int} not null) ${tableSuffix}`,
    `create index commit_statuses_commit on commit_statuses (project_id, sha, context_key, id)`,
    `create table incoming_secrets (
      id ${identity}, project_id ${int} not null references projects (id), source text not null,
      sealed_secret text not null, created_by ${int}, created_at ${int} not null) ${tableSuffix}`,
    `create index incoming_secrets_project on incoming_secrets (project_id, source)`,
    `create table incoming_deliveries (
      id ${identity}, project_id ${int} not null references projects (id), source text not null,
      delivery_key text not null, event text not null, headers text not null, body text not null,
      content text not null, recorded_at ${int}, received_at ${int} not null, state text not null, reason text, settled_at ${int},
      busy_until ${int} not null default 0) ${tableSuffix}`,
    `create unique index incoming_deliveries_key on incoming_deliveries (project_id, source, delivery_key)`,
    `create index incoming_deliveries_project on incoming_deliveries (project_id, id)`,
    `create index incoming_deliveries_state on incoming_deliveries (state, id)`,
    `create index incoming_deliveries_age on incoming_deliveries (state, received_at)`,
    `create index incoming_deliveries_content on incoming_deliveries (project_id, content)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
