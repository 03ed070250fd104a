import type { Status } from '../../contract/statuses.ts';
import type { Columns, NewRow } from '../db/database.ts';
import type { DeploymentTable, SlotTable } from '../db/tables/projections.ts';
import { detailColumns, detailsOf, detailsRow, flagsOf, flagsText } from './event-rows.ts';
import type { DeploymentState, Mark } from './fold-deployment.ts';
import type { RecentSuccess, SlotRef, SlotState } from './fold-slot.ts';

export const deploymentColumns = {
  id: 'bigint',
  iid: 'bigint',
  project_id: 'bigint',
  environment_id: 'bigint',
  key: 'text',
  status: 'text',
  word: 'text',
  status_at: 'bigint',
  status_position: 'bigint',
  event_id: 'text',
  reporter: 'text',
  clock_skew: 'bigint',
  started_at: 'bigint',
  finished_at: 'bigint',
  terminal_position: 'bigint',
  terminal_mark: 'text',
  success_position: 'bigint',
  success_mark: 'text',
  first_position: 'bigint',
  event_count: 'bigint',
  created_at: 'bigint',
  updated_at: 'bigint',
  user_id: 'bigint',
  flags: 'text',
  deleted: 'bigint',
  ...detailColumns,
} as const satisfies Columns;

export const slotColumns = {
  environment_id: 'bigint',
  project_id: 'bigint',
  current_id: 'bigint',
  current_at: 'bigint',
  current_position: 'bigint',
  current_status: 'text',
  success_id: 'bigint',
  success_at: 'bigint',
  success_position: 'bigint',
  terminal_id: 'bigint',
  terminal_at: 'bigint',
  terminal_position: 'bigint',
  terminal_status: 'text',
  context_id: 'bigint',
  context_at: 'bigint',
  context_position: 'bigint',
  context_status: 'text',
  recent: 'text',
  version: 'bigint',
} as const satisfies Columns;

export function deploymentRow(state: DeploymentState, iid: number): NewRow {
  const { latest } = state;
  return {
    id: state.id,
    iid,
    project_id: state.projectId,
    environment_id: state.environmentId,
    key: state.key ?? undefined,
    status: latest.status,
    word: latest.word,
    status_at: latest.at,
    status_position: latest.position,
    event_id: latest.eventId,
    reporter: latest.reporter ?? undefined,
    clock_skew: Number(latest.clockSkew),
    started_at: state.startedAt ?? undefined,
    finished_at: state.finishedAt ?? undefined,
    terminal_position: state.terminal?.position,
    terminal_mark: markText(state.terminal, latest),
    success_position: state.success?.position,
    success_mark: markText(state.success, latest),
    first_position: state.firstPosition,
    event_count: state.eventCount,
    created_at: state.createdAt,
    updated_at: state.updatedAt,
    user_id: state.userId ?? undefined,
    flags: flagsText(state.flags),
    deleted: state.deleted ? 1 : undefined,
    ...detailsRow(latest.details),
  };
}

export function deploymentOf(row: DeploymentTable): DeploymentState {
  const latest: Mark = {
    eventId: row.event_id,
    position: row.status_position,
    status: row.status as Status, // written by deploymentRow
    word: row.word,
    at: row.status_at,
    reporter: row.reporter,
    clockSkew: row.clock_skew === 1,
    details: detailsOf(row),
  };
  return {
    id: row.id,
    projectId: row.project_id,
    environmentId: row.environment_id,
    key: row.key,
    latest,
    terminal: markOf(row.terminal_position, row.terminal_mark, latest),
    success: markOf(row.success_position, row.success_mark, latest),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    firstPosition: row.first_position,
    eventCount: row.event_count,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    userId: row.user_id,
    flags: flagsOf(row.flags),
    deleted: row.deleted === 1,
  };
}

export function slotRow(
  { environmentId, projectId, current, success, terminal, context, recent }: SlotState,
  version: number,
): NewRow {
  return {
    environment_id: environmentId,
    project_id: projectId,
    current_id: current?.deploymentId,
    current_at: current?.at,
    current_position: current?.position,
    current_status: current?.status,
    success_id: success?.deploymentId,
    success_at: success?.at,
    success_position: success?.position,
    terminal_id: terminal?.deploymentId,
    terminal_at: terminal?.at,
    terminal_position: terminal?.position,
    terminal_status: terminal?.status,
    context_id: context?.deploymentId,
    context_at: context?.at,
    context_position: context?.position,
    context_status: context?.status,
    recent: recentText(recent),
    version,
  };
}

export function slotOf(row: SlotTable): SlotState {
  return {
    environmentId: row.environment_id,
    projectId: row.project_id,
    current: refOf(row.current_id, row.current_at, row.current_position, row.current_status),
    success: refOf(row.success_id, row.success_at, row.success_position, 'success'),
    terminal: refOf(row.terminal_id, row.terminal_at, row.terminal_position, row.terminal_status),
    context: refOf(row.context_id, row.context_at, row.context_position, row.context_status),
    recent: recentOf(row.recent),
  };
}

type RecentCells = [number, number, number, string | null, number | null];

/** Each entry as an array: this text is read and written with almost every event. */
function recentText(recent: readonly RecentSuccess[]): string {
  return JSON.stringify(
    recent.map(
      ({ deploymentId, at, position, what, durationMs }): RecentCells => [deploymentId, at, position, what, durationMs],
    ),
  );
}

function recentOf(text: string): RecentSuccess[] {
  const entries = JSON.parse(text) as RecentCells[]; // written by recentText
  return entries.map(([deploymentId, at, position, what, durationMs]) => ({
    deploymentId,
    at,
    position,
    what,
    durationMs,
  }));
}

/** A mark that is the latest one is not written twice. */
function markText(mark: Mark | null, latest: Mark): string | undefined {
  return mark === null || mark.position === latest.position ? undefined : JSON.stringify(mark);
}

function markOf(position: number | null, text: string | null, latest: Mark): Mark | null {
  if (position === null) return null;
  return text === null ? latest : JSON.parse(text);
}

function refOf(
  deploymentId: number | null,
  at: number | null,
  position: number | null,
  status: string | null,
): SlotRef | null {
  if (deploymentId === null || at === null || position === null) return null;
  return { deploymentId, at, position, status: status as Status }; // written by slotRow
}
