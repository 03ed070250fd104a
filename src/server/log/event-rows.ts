import type { Status } from '../../contract/statuses.ts';
import type { Columns, NewRow } from '../db/database.ts';
import type { DetailColumns, EventTable } from '../db/tables/log.ts';
import type { DeploymentKind, Details, Dialect, EventFlag, LogEvent } from './event.ts';

export const detailColumns = {
  version: 'text',
  run_url: 'text',
  run_number: 'bigint',
  actor: 'text',
  ref: 'text',
  sha: 'text',
  parents: 'text',
  tag: 'bigint',
  description: 'text',
  kind: 'text',
} as const satisfies Columns;

/** Those that few tools say. */
export const rareDetails = ['tag', 'description', 'kind'] as const satisfies (keyof typeof detailColumns)[];

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
  user_id: 'bigint',
  flags: 'text',
  act: 'text',
  extra: 'text',
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
    tag: details.tag === null ? undefined : Number(details.tag),
    description: details.description ?? undefined,
    kind: details.kind ?? undefined,
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
    tag: row.tag === null ? null : row.tag === 1,
    description: row.description,
    kind: row.kind as DeploymentKind | null, // written by detailsRow
  };
}

export function flagsText(flags: readonly EventFlag[]): string | undefined {
  return flags.length === 0 ? undefined : JSON.stringify(flags);
}

export function flagsOf(text: string | null): readonly EventFlag[] {
  return text === null ? noFlags : JSON.parse(text);
}

const noFlags: readonly EventFlag[] = [];

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
    user_id: event.userId ?? undefined,
    flags: flagsText(event.flags),
    act: event.act === 'report' ? undefined : event.act,
    extra: event.extra === null ? undefined : JSON.stringify(event.extra),
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
    userId: row.user_id,
    flags: flagsOf(row.flags),
    act: row.act === 'delete' ? 'delete' : 'report',
    details: detailsOf(row),
    extra: row.extra === null ? null : JSON.parse(row.extra),
  };
}
