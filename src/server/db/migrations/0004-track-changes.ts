import { type QueryExecutorProvider, sql } from 'kysely';
import type { ColumnTypes } from '../dialect.ts';

/** Repositories, their commits, the changes in them, and the deployments that ship those. */
export async function trackChanges(
  db: QueryExecutorProvider,
  { identity, int, tableSuffix, updatedOften, binaryText }: ColumnTypes,
): Promise<void> {
  const statements = [
    `create table repositories (
      id ${identity}, url text not null, fingerprint text not null, username text, sealed_secret text, default_branch text,
      commit_count ${int} not null default 0, index_version ${int} not null default 0,
      compared_until ${int} not null default 0, shallow ${int} not null default 0,
      fetched_at ${int}, attempted_at ${int}, failures ${int} not null default 0, error text,
      next_fetch_at ${int} not null, busy_until ${int} not null default 0, created_at ${int} not null) ${tableSuffix}`,
    `create unique index repositories_fingerprint on repositories (fingerprint)`,
    `create index repositories_due on repositories (next_fetch_at)`,
    `create table project_repositories (
      project_id ${int} primary key references projects (id), repository_id ${int} not null references repositories (id),
      path text ${binaryText} not null, links_first ${int} not null default 0, tracked text not null default 'all',
      forge text, forge_url text, forge_project text, sealed_forge_token text, forge_synced_at ${int}, forge_error text,
      changes_version ${int} not null default 0,
      created_at ${int} not null, updated_at ${int} not null) ${tableSuffix}`,
    `create index project_repositories_repository on project_repositories (repository_id, path)`,
    `create table commits (
      repository_id ${int} not null references repositories (id), n ${int} not null, sha text ${binaryText} not null,
      parents text not null, authored_at ${int} not null, committed_at ${int} not null, author text not null,
      subject text not null, primary key (repository_id, n)) ${tableSuffix}`,
    `create unique index commits_sha on commits (repository_id, sha)`,
    `create index commits_any_sha on commits (sha)`,
    `create index commits_authored on commits (repository_id, authored_at)`,
    `create table commit_notes (
      id ${identity}, repository_id ${int} not null references repositories (id), n ${int} not null,
      kind text not null, number ${int}, sha text ${binaryText}, title text) ${tableSuffix}`,
    `create index commit_notes_commit on commit_notes (repository_id, n)`,
    `create table path_commits (
      repository_id ${int} not null references repositories (id), path text ${binaryText} not null, n ${int} not null,
      primary key (repository_id, path, n)) ${tableSuffix}`,
    `create table repository_tags (
      repository_id ${int} not null references repositories (id), name text ${binaryText} not null,
      sha text ${binaryText} not null, primary key (repository_id, name)) ${tableSuffix}`,
    `create table changes (
      id ${identity}, project_id ${int} not null references projects (id), number ${int} not null, title text not null,
      description text, state text not null, author_username text, author_name text, source_branch text,
      target_branch text, web_url text, merge_commit_sha text, squash_commit_sha text, head_sha text,
      draft ${int} not null default 0, labels text not null, merged_by text, merged_at ${int}, closed_at ${int},
      created_at ${int} not null, updated_at ${int} not null, told text not null) ${tableSuffix}`,
    `create unique index changes_number on changes (project_id, number)`,
    `create index changes_created on changes (project_id, created_at)`,
    `create index changes_updated on changes (project_id, updated_at)`,
    // Lists over all projects begin at an end of one of these.
    `create index changes_all_created on changes (created_at, id)`,
    `create index changes_all_updated on changes (updated_at, id)`,
    `create index changes_all_merged on changes (merged_at, id)`,
    `create table change_deployments (
      environment_id ${int} not null references environments (id), change_id ${int} not null references changes (id),
      project_id ${int} not null, deployment_id ${int} not null, deployed_at ${int} not null, landed text not null,
      primary key (environment_id, change_id)) ${tableSuffix}`,
    `create index change_deployments_change on change_deployments (change_id)`,
    `create index change_deployments_deployment on change_deployments (deployment_id)`,
    `create table environment_links (
      environment_id ${int} primary key references environments (id), project_id ${int} not null, due ${int} not null,
      busy_until ${int} not null default 0, linked_at ${int}, unknown ${int} not null default 0,
      news ${int} not null default 0, changed_at ${int}) ${updatedOften}`,
    `create index environment_links_due on environment_links (due, environment_id)`,
    `create index environment_links_project on environment_links (project_id)`,
    `create table link_cursor (id ${int} primary key check (id = 1), position ${int} not null) ${tableSuffix}`,
    // Who connects a repository has all its environments linked from the first deployment on.
    `insert into link_cursor (id, position) select 1, position from log_head`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
