import type { Status } from '../../contract/statuses.ts';
import type { Columns, NewRow } from '../db/database.ts';
import type { DetailColumns, EventTable } from '../db/schema.ts';
import type { Details, Dialect, LogEvent } from './event.ts';

export const detailColumns = {
  version: 'text',
  run_url: 'text',
  run_number: 'bigint',
  actor: 'text',
  ref: 'text',
  sha: 'text',
  parents: 'text',
} as const satisfies Columns;

export const eventColumns = {
  position: 'bigint',
  id: 'text',
  deployment_id: 'bigint',
  project_id: 'bigint',
  environment_id: 'bigint',
  status: 'text',
  word: 'text',
  dialect: 'text',
  happened_at: 'bigint',
  received_at: 'bigint',
  clock_skew: 'bigint',
  deployment_key: 'text',
  reporter: 'text',
  ...detailColumns,
} as const satisfies Columns;

export function detailsRow(details: Details) {
  return {
    version: details.version ?? undefined,
    run_url: details.runUrl ?? undefined,
    run_number: details.runNumber ?? undefined,
    actor: details.actor ?? undefined,
    ref: details.ref ?? undefined,
    sha: details.sha ?? undefined,
    parents: details.parents === null ? undefined : JSON.stringify(details.parents),
  };
}

export function detailsOf(row: DetailColumns): Details {
  return {
    version: row.version,
    runUrl: row.run_url,
    runNumber: row.run_number,
    actor: row.actor,
    ref: row.ref,
    sha: row.sha,
    parents: row.parents === null ? null : JSON.parse(row.parents),
  };
}

export function eventRow(event: LogEvent): NewRow {
  return {
    position: event.position,
    id: event.id,
    deployment_id: event.deploymentId,
    project_id: event.projectId,
    environment_id: event.environmentId,
    status: event.status,
    word: event.word,
    dialect: event.dialect,
    happened_at: event.happenedAt,
    received_at: event.receivedAt,
    clock_skew: Number(event.clockSkew),
    deployment_key: event.deploymentKey ?? undefined,
    reporter: event.reporter ?? undefined,
    ...detailsRow(event.details),
  };
}

export function eventOf(row: EventTable): LogEvent {
  return {
    position: row.position,
    id: row.id,
    deploymentId: row.deployment_id,
    projectId: row.project_id,
    environmentId: row.environment_id,
    status: row.status as Status, // written by eventRow
    word: row.word,
    dialect: row.dialect as Dialect, // written by eventRow
    happenedAt: row.happened_at,
    receivedAt: row.received_at,
    clockSkew: row.clock_skew === 1,
    deploymentKey: row.deployment_key,
    reporter: row.reporter,
    details: detailsOf(row),
  };
}
