import { type QueryExecutorProvider, sql } from 'kysely';
import type { ColumnTypes } from '../dialect.ts';
import { newEpoch } from '../epoch.ts';

/** The first tables: the log, its projections, and access. */
export async function recordAndSee(
  db: QueryExecutorProvider,
  { identity, int, tableSuffix, updatedOften, binaryText }: ColumnTypes,
): Promise<void> {
  const details = `version text, run_url text, run_number ${int}, actor text, ref text, sha text, parents text`;
  const statements = [
    `create table log_head (
      id ${int} primary key check (id = 1), position ${int} not null, deployment_id ${int} not null,
      slot_version ${int} not null, epoch ${int} not null default 0) ${tableSuffix}`,
    `insert into log_head (id, position, deployment_id, slot_version, epoch) values (1, 0, 0, 0, ${newEpoch()})`,
    `create table projects (
      id ${identity}, namespace text ${binaryText} not null, name text ${binaryText} not null,
      created_at ${int} not null) ${tableSuffix}`,
    `create table project_counters (project_id ${int} primary key, deployment_iid ${int} not null) ${tableSuffix}`,
    `create unique index projects_path on projects (namespace, name)`,
    `create index projects_name on projects (name)`,
    `create table environments (
      id ${identity}, project_id ${int} not null references projects (id), name text ${binaryText} not null,
      slug text not null, tier text not null, created_at ${int} not null) ${tableSuffix}`,
    `create unique index environments_name on environments (project_id, name)`,
    `create index environments_slug on environments (project_id, slug)`,
    `create table events (
      position ${int} primary key, id text ${binaryText} not null, deployment_id ${int} not null, project_id ${int} not null,
      environment_id ${int} not null, status text not null, word text not null, dialect text not null,
      happened_at ${int} not null, received_at ${int} not null, clock_skew ${int} not null,
      deployment_key text ${binaryText}, reporter text, ${details}) ${tableSuffix}`,
    `create unique index events_id on events (id)`,
    `create index events_time on events (happened_at, position)`,
    `create index events_environment on events (environment_id, happened_at, position)`,
    `create index events_deployment on events (deployment_id, position)`,
    `create table deployments (
      id ${int} primary key, iid ${int} not null, project_id ${int} not null, environment_id ${int} not null,
      key text ${binaryText}, status text not null, word text not null, status_at ${int} not null,
      status_position ${int} not null, event_id text not null, reporter text, clock_skew ${int} not null,
      started_at ${int}, finished_at ${int}, terminal_position ${int}, terminal_mark text,
      success_position ${int}, success_mark text, first_position ${int} not null, event_count ${int} not null,
      created_at ${int} not null, updated_at ${int} not null, ${details}) ${tableSuffix}`,
    // The key first: keys of one tool ascend, so new ones lie together.
    `create unique index deployments_key on deployments (key, environment_id)`,
    `create table slots (
      environment_id ${int} primary key, project_id ${int} not null,
      current_id ${int}, current_at ${int}, current_position ${int}, current_status text,
      success_id ${int}, success_at ${int}, success_position ${int},
      terminal_id ${int}, terminal_at ${int}, terminal_position ${int}, terminal_status text,
      context_id ${int}, context_at ${int}, context_position ${int}, context_status text,
      recent text not null, version ${int} not null) ${updatedOften}`,
    `create table idempotency_keys (
      owner text not null, key text ${binaryText} not null, body_hash text not null, first_position ${int} not null,
      event_count ${int} not null, created_at ${int} not null, primary key (owner, key)) ${tableSuffix}`,
    `create index idempotency_keys_age on idempotency_keys (created_at)`,
    `create table outbox (
      id ${identity}, topic text not null, position ${int} not null, body text not null, created_at ${int} not null,
      next_attempt_at ${int} not null, attempts ${int} not null) ${tableSuffix}`,
    `create index outbox_due on outbox (next_attempt_at)`,
    `create table users (
      id ${identity}, username text not null, name text not null, password_hash text, is_admin ${int} not null,
      must_change_password ${int} not null, signed_in_at ${int}, created_at ${int} not null) ${tableSuffix}`,
    `create unique index users_username on users (lower(username))`,
    `create table tokens (
      id ${identity}, name text not null, token_hash text not null, scopes text not null,
      user_id ${int} references users (id), project_id ${int} references projects (id), group_path text,
      created_at ${int} not null, expires_at ${int}, last_used_at ${int}) ${tableSuffix}`,
    `create unique index tokens_hash on tokens (token_hash)`,
    `create table sessions (
      id_hash text primary key, user_id ${int} references users (id), token_id ${int} references tokens (id),
      admin_hash text, created_at ${int} not null, expires_at ${int} not null) ${tableSuffix}`,
    `create index sessions_expiry on sessions (expires_at)`,
    `create table fetcher_states (adapter text primary key, cursor text not null, updated_at ${int} not null) ${tableSuffix}`,
    `create table leases (name text primary key, holder text not null, lease_until ${int} not null) ${tableSuffix}`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
