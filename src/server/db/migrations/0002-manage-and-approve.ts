import { type QueryExecutorProvider, sql } from 'kysely';
import type { ColumnTypes } from '../dialect.ts';

/** Groups, members, protection and approvals, freezes, hooks; and what GitLab's API tells of a deployment beyond ours. */
export async function manageAndApprove(
  db: QueryExecutorProvider,
  { identity, int, tableSuffix, binaryText }: ColumnTypes,
): Promise<void> {
  const told = [`tag ${int}`, 'description text', 'kind text', `user_id ${int}`, 'flags text'];
  const added: Readonly<Record<string, readonly string[]>> = {
    log_head: [`places_version ${int} not null default 0`],
    events: [...told, 'act text'],
    deployments: [...told, `deleted ${int}`],
    projects: [
      'title text',
      'description text',
      `visibility text not null default 'internal'`,
      `everyone_level ${int} not null default 30`,
      'default_branch text',
      `creator_id ${int}`,
      `allow_self_approval ${int} not null default 0`,
      `updated_at ${int} not null default 0`,
      `deleted_at ${int}`,
    ],
    environments: [
      'external_url text',
      'description text',
      `stopped_at ${int}`,
      `stopped_position ${int}`,
      `auto_stop_at ${int}`,
      `auto_stop_setting text not null default 'always'`,
      `auto_delete_at ${int}`,
      `cluster_agent_id ${int}`,
      'kubernetes_namespace text',
      'flux_resource_path text',
      `updated_at ${int} not null default 0`,
      `deleted_at ${int}`,
    ],
    users: ['email text', `state text not null default 'active'`, `bot ${int} not null default 0`],
    tokens: ['description text', `access_level ${int}`, `revoked_at ${int}`],
  };
  const statements = [
    ...Object.entries(added).flatMap(([table, columns]) =>
      columns.map((column) => `alter table ${table} add column ${column}`),
    ),
    `update projects set updated_at = created_at`,
    `update environments set updated_at = created_at`,
    `create index deployments_project on deployments (project_id, id, environment_id)`,
    // Beside the log, since an index there would be looked at for every event.
    `create table waits (position ${int} primary key, deployment_id ${int} not null) ${tableSuffix}`,
    `insert into waits (position, deployment_id) select position, deployment_id from events where status = 'waiting'`,
    `create table groups (
      id ${identity}, path text ${binaryText} not null, name text not null, description text,
      visibility text not null, created_at ${int} not null, updated_at ${int} not null) ${tableSuffix}`,
    `create unique index groups_path on groups (path)`,
    `create table project_redirects (
      namespace text ${binaryText} not null, name text ${binaryText} not null,
      project_id ${int} not null references projects (id), primary key (namespace, name)) ${tableSuffix}`,
    `create table members (
      id ${identity}, user_id ${int} not null references users (id), group_id ${int} references groups (id),
      project_id ${int} references projects (id), access_level ${int} not null, expires_at ${int},
      created_by ${int}, created_at ${int} not null) ${tableSuffix}`,
    `create unique index members_group on members (group_id, user_id)`,
    `create unique index members_project on members (project_id, user_id)`,
    `create index members_user on members (user_id)`,
    `create table protected_environments (
      id ${identity}, project_id ${int} references projects (id), group_id ${int} references groups (id),
      name text ${binaryText} not null, required_approval_count ${int} not null,
      created_at ${int} not null, updated_at ${int} not null) ${tableSuffix}`,
    `create unique index protected_environments_project on protected_environments (project_id, name)`,
    `create unique index protected_environments_group on protected_environments (group_id, name)`,
    `create table protection_rules (
      id ${identity}, protected_environment_id ${int} not null references protected_environments (id),
      purpose text not null, user_id ${int} references users (id), group_id ${int} references groups (id),
      access_level ${int}, group_inheritance_type ${int} not null default 0,
      required_approvals ${int} not null default 1, created_at ${int} not null) ${tableSuffix}`,
    `create index protection_rules_environment on protection_rules (protected_environment_id)`,
    `create table deployment_approvals (
      id ${identity}, deployment_id ${int} not null, user_id ${int} not null references users (id), rule_id ${int},
      position ${int} not null, status text not null, comment text,
      created_at ${int} not null, updated_at ${int} not null) ${tableSuffix}`,
    `create index deployment_approvals_deployment on deployment_approvals (deployment_id)`,
    `create index deployment_approvals_age on deployment_approvals (updated_at)`,
    `create table freeze_periods (
      id ${identity}, project_id ${int} not null references projects (id), freeze_start text not null,
      freeze_end text not null, cron_timezone text not null,
      created_at ${int} not null, updated_at ${int} not null) ${tableSuffix}`,
    `create index freeze_periods_project on freeze_periods (project_id)`,
    `create table hooks (
      id ${identity}, project_id ${int} not null references projects (id), url text not null, name text,
      description text, sealed_secret text, settings text not null, created_at ${int} not null,
      updated_at ${int} not null, busy_until ${int} not null default 0) ${tableSuffix}`,
    `create index hooks_project on hooks (project_id)`,
    `create table hook_deliveries (
      id ${identity}, hook_id ${int} not null references hooks (id), uuid text not null, event_uuid text not null,
      trigger text not null, body text not null, created_at ${int} not null, next_attempt_at ${int}, attempts ${int} not null default 0,
      url text, request_headers text, response_status ${int}, response_headers text, response_body text, error text,
      duration_ms ${int}, delivered_at ${int}) ${tableSuffix}`,
    `create index hook_deliveries_due on hook_deliveries (hook_id, next_attempt_at, id)`,
    `create index hook_deliveries_hook on hook_deliveries (hook_id, id)`,
    `create table audit_entries (
      id ${identity}, created_at ${int} not null, author_id ${int}, author_name text, project_id ${int},
      group_id ${int}, action text not null, details text not null) ${tableSuffix}`,
    `create index audit_entries_project on audit_entries (project_id, id)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
  await groupsOfNamespaces(db);
}

/** Each namespace that events have named becomes a group, and so do those above it. */
async function groupsOfNamespaces(db: QueryExecutorProvider): Promise<void> {
  const { rows } = await sql<{ namespace: string; since: number }>`
    select namespace, min(created_at) as since from projects where namespace <> '' group by namespace`.execute(db);
  const since = new Map<string, number>();
  for (const row of rows) {
    const parts = row.namespace.split('/');
    for (let count = 1; count <= parts.length; count += 1) {
      const path = parts.slice(0, count).join('/');
      since.set(path, Math.min(since.get(path) ?? row.since, row.since));
    }
  }
  for (const [path, at] of since) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    await sql`insert into groups (path, name, visibility, created_at, updated_at)
      values (${path}, ${name}, 'internal', ${at}, ${at})`.execute(db);
  }
}
