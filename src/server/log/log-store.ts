import type { Kysely } from 'kysely';
import type { Status } from '../../contract/statuses.ts';
import type { BulkWrite, KeyedFind, LogSession, NewRow, Row } from '../db/database.ts';
import type { Schema } from '../db/schema.ts';
import type { EventTable } from '../db/tables/log.ts';
import type { DeploymentTable, SlotTable } from '../db/tables/projections.ts';
import type { Idempotency, PlacedEvent, StoredDeployment } from './append-request.ts';
import { type AuditEntry, auditColumns, auditRow } from './audit-log.ts';
import type { LogEvent } from './event.ts';
import { eventColumns, eventOf, eventRow, rareDetails } from './event-rows.ts';
import type { DeploymentState } from './fold-deployment.ts';
import type { SlotState } from './fold-slot.ts';
import { placedEventOf, placedEvents } from './placed-events.ts';
import { deploymentColumns, deploymentOf, deploymentRow, slotColumns, slotOf, slotRow } from './projection-rows.ts';
import { promotionWrite } from './promotion-rows.ts';

/** The last numbers given out. */
export interface LogHead {
  readonly position: number;
  readonly deploymentId: number;
  readonly slotVersion: number;
}

/** What hooks of a project are to be told: a change of status, or that it went without the approvals it needs. */
export interface Announcement {
  readonly topic: 'deployment' | 'unapproved';
  readonly position: number;
  readonly deploymentId: number;
  readonly projectId: number;
  readonly status: Status;
  readonly word: string;
  readonly at: number;
}

export interface StoredKey extends Idempotency {
  readonly firstPosition: number;
  readonly eventCount: number;
}

/** All that one batch changes, written together. */
export interface BatchWrites {
  readonly head: LogHead;
  readonly events: readonly LogEvent[];
  readonly deployments: readonly StoredDeployment[];
  readonly slots: readonly SlotState[];
  readonly counters: ReadonlyMap<number, number>;
  readonly keys: readonly StoredKey[];
  readonly announcements: readonly Announcement[];
  /** What of the events must be accounted for. */
  readonly audit: readonly AuditEntry[];
  readonly now: number;
}

const lanePage = 50;

/** What a batch asks for. */
export interface BatchWants {
  readonly keys: readonly (readonly [environmentId: number, key: string])[];
  readonly deploymentIds: readonly number[];
  readonly environmentIds: readonly number[];
  readonly projectIds: readonly number[];
}

/** What a batch needs to know before it can be folded. */
export interface BatchReads {
  readonly head: LogHead & { readonly placesVersion: number };
  readonly deployments: readonly StoredDeployment[];
  readonly slots: readonly SlotState[];
  /** The last deployment iid of each project that has one. */
  readonly counters: Map<number, number>;
}

/** The SQL of the log, inside a log transaction. */
export const logStore = {
  async head(session: LogSession): Promise<LogHead> {
    const [rows = []] = await session.find([headFind]);
    return headOf(rows);
  },

  /** Deployments by id and by lane and key, the slots of lanes, the counters of projects, and the head, in one round trip. */
  async batch(
    session: LogSession,
    { keys, deploymentIds, environmentIds, projectIds }: BatchWants,
  ): Promise<BatchReads> {
    const single = (ids: readonly number[]) => ids.map((id) => [id]);
    const [head = [], keyed = [], named = [], slots = [], counters = []] = await session.find([
      headFind,
      { table: 'deployments', columns: deploymentNames, by: { environment_id: 'bigint', key: 'text' }, keys },
      { table: 'deployments', columns: deploymentNames, by: { id: 'bigint' }, keys: single(deploymentIds) },
      { table: 'slots', columns: slotNames, by: { environment_id: 'bigint' }, keys: single(environmentIds) },
      {
        table: 'project_counters',
        columns: ['project_id', 'deployment_iid'],
        by: { project_id: 'bigint' },
        keys: single(projectIds),
      },
    ]);
    return {
      head: { ...headOf(head), placesVersion: Number(head[0]?.['places_version']) },
      deployments: [...keyed, ...named].map(storedDeployment),
      slots: slots.map((row) => slotOf(row as unknown as SlotTable)), // the columns are those of the table
      counters: new Map(counters.map((row) => [Number(row['project_id']), Number(row['deployment_iid'])])),
    };
  },

  async keys(session: LogSession, wanted: readonly Idempotency[]): Promise<StoredKey[]> {
    const columns = ['owner', 'key', 'body_hash', 'first_position', 'event_count'];
    const keys = wanted.map(({ owner, key }) => [owner, key]);
    const [rows = []] = await session.find([
      { table: 'idempotency_keys', columns, by: { owner: 'text', key: 'text' }, keys },
    ]);
    return rows.map((row) => ({
      owner: String(row['owner']),
      key: String(row['key']),
      bodyHash: String(row['body_hash']),
      firstPosition: Number(row['first_position']),
      eventCount: Number(row['event_count']),
    }));
  },

  /** Deployments by id, with what they are at this moment. */
  async deploymentsById(session: LogSession, ids: readonly number[]): Promise<StoredDeployment[]> {
    const [rows = []] = await session.find([
      { table: 'deployments', columns: deploymentNames, by: { id: 'bigint' }, keys: ids.map((id) => [id]) },
    ]);
    return rows.map(storedDeployment);
  },

  async eventsOf(session: LogSession, deploymentId: number): Promise<LogEvent[]> {
    const columns = Object.keys(eventColumns);
    const [rows = []] = await session.find([
      { table: 'events', columns, by: { deployment_id: 'bigint' }, keys: [[deploymentId]] },
    ]);
    return rows.map((row) => eventOf(row as unknown as EventTable)); // the columns are those of the table
  },

  /**
   * The deployments of one lane, that with the newest event first, read page by page as far as the caller goes. It
   * follows the lane's events, so that deployments need no index that each change of status would move them in.
   */
  async *lane(db: Kysely<Schema>, environmentId: number): AsyncGenerator<DeploymentState> {
    const seen = new Set<number>();
    let last: Pick<EventTable, 'happened_at' | 'position'> | undefined;
    do {
      const page = await laneEvents(db, environmentId, last);
      const ids = [...new Set(page.map(({ deployment_id }) => deployment_id))].filter((id) => !seen.has(id));
      const rows =
        ids.length === 0 ? [] : await db.selectFrom('deployments').selectAll().where('id', 'in', ids).execute();
      const states = new Map(rows.map((row) => [row.id, row]));
      for (const id of ids) {
        seen.add(id);
        const row = states.get(id);
        if (row) yield deploymentOf(row);
      }
      last = page.length === lanePage ? page.at(-1) : undefined;
    } while (last);
  },

  async write(
    session: LogSession,
    { head, events, deployments, slots, counters, keys, announcements, audit, now }: BatchWrites,
  ): Promise<void> {
    await session.write([
      { table: 'events', columns: eventColumns, rows: events.map(eventRow), rare: rareEventColumns },
      deploymentWrite(deployments),
      { table: 'waits', columns: waitColumns, rows: events.filter(({ status }) => status === 'waiting').map(waitRow) },
      promotionWrite(events),
      requestWrite(events),
      slotWrite(slots, head.slotVersion),
      {
        table: 'project_counters',
        columns: { project_id: 'bigint', deployment_iid: 'bigint' },
        rows: [...counters].map(([project_id, deployment_iid]) => ({ project_id, deployment_iid })),
        key: ['project_id'],
      },
      {
        table: 'idempotency_keys',
        columns: keyColumns,
        rows: keys.map((key) => keyRow(key, now)),
        key: ['owner', 'key'],
      },
      { table: 'audit_entries', columns: auditColumns, rows: audit.map(auditRow) },
      { table: 'outbox', columns: outboxColumns, rows: announcements.map((told) => outboxRow(told, now)) },
      headWrite(head),
    ]);
  },

  async writeSlots(session: LogSession, slots: readonly SlotState[], version: number): Promise<void> {
    await session.write([slotWrite(slots, version)]);
  },

  /** The events that one request stored, for its repetition. */
  async range(db: Kysely<Schema>, firstPosition: number, count: number): Promise<PlacedEvent[]> {
    return logStore.after(db, firstPosition - 1, count);
  },

  /** Events as stored, with the names of their places, by position, after one and at most so many. */
  async after(db: Kysely<Schema>, position: number, limit: number): Promise<PlacedEvent[]> {
    const rows = await placedEvents(db).where('e.position', '>', position).orderBy('e.position').limit(limit).execute();
    return rows.map(placedEventOf);
  },

  async headPosition(db: Kysely<Schema>): Promise<number> {
    const row = await db.selectFrom('log_head').select('position').executeTakeFirstOrThrow();
    return row.position;
  },
};

function laneEvents(
  db: Kysely<Schema>,
  environmentId: number,
  after: Pick<EventTable, 'happened_at' | 'position'> | undefined,
) {
  const events = db
    .selectFrom('events')
    .select(['deployment_id', 'happened_at', 'position'])
    .where('environment_id', '=', environmentId)
    .orderBy('happened_at', 'desc')
    .orderBy('position', 'desc')
    .limit(lanePage);
  if (!after) return events.execute();
  const { happened_at, position } = after;
  return events
    .where(({ eb, refTuple, tuple }) => eb(refTuple('happened_at', 'position'), '<', tuple(happened_at, position)))
    .execute();
}

export function deploymentWrite(deployments: readonly StoredDeployment[]): BulkWrite {
  return {
    table: 'deployments',
    columns: deploymentColumns,
    rows: deployments.map(({ state, iid }) => deploymentRow(state, iid)),
    key: ['id'],
    fixed: ['iid', 'project_id', 'environment_id', 'key'],
    rare: [...rareDetails, 'flags', 'deleted'],
  };
}

export function slotWrite(slots: readonly SlotState[], version: number): BulkWrite {
  return {
    table: 'slots',
    columns: slotColumns,
    rows: slots.map((slot) => slotRow(slot, version)),
    key: ['environment_id'],
  };
}

export function headWrite({ position, deploymentId, slotVersion }: LogHead): BulkWrite {
  return {
    table: 'log_head',
    columns: { id: 'bigint', position: 'bigint', deployment_id: 'bigint', slot_version: 'bigint' },
    rows: [{ id: 1, position, deployment_id: deploymentId, slot_version: slotVersion }],
    key: ['id'],
  };
}

const rareEventColumns = [...rareDetails, 'flags', 'act', 'extra'];

const requestColumns = {
  deployment_id: 'bigint',
  task: 'text',
  payload: 'text',
  transient: 'bigint',
  production: 'bigint',
} as const;

/** What the deployments were asked for with, of which it is told for the first time. */
export function requestWrite(events: readonly LogEvent[]): BulkWrite {
  return {
    table: 'deployment_requests',
    columns: requestColumns,
    rows: events.flatMap(requestRows),
    key: ['deployment_id'],
  };
}

function requestRows({ deploymentId, extra }: LogEvent): NewRow[] {
  if (!extra?.request) return [];
  const { task, payload, transient, production } = extra.request;
  const flags = { transient: Number(transient), production: Number(production) };
  return [{ deployment_id: deploymentId, task, payload: JSON.stringify(payload), ...flags }];
}

const waitColumns = { position: 'bigint', deployment_id: 'bigint', environment_id: 'bigint' } as const;

function waitRow({ position, deploymentId, environmentId }: LogEvent): NewRow {
  return { position, deployment_id: deploymentId, environment_id: environmentId };
}

const outboxColumns = {
  topic: 'text',
  position: 'bigint',
  body: 'text',
  created_at: 'bigint',
  next_attempt_at: 'bigint',
  attempts: 'bigint',
} as const;

function outboxRow({ topic, position, ...body }: Announcement, now: number): NewRow {
  return {
    topic,
    position,
    body: JSON.stringify(body),
    created_at: now,
    next_attempt_at: now,
    attempts: 0,
  };
}

const keyColumns = {
  owner: 'text',
  key: 'text',
  body_hash: 'text',
  first_position: 'bigint',
  event_count: 'bigint',
  created_at: 'bigint',
} as const;

function keyRow({ owner, key, bodyHash, firstPosition, eventCount }: StoredKey, now: number): NewRow {
  return { owner, key, body_hash: bodyHash, first_position: firstPosition, event_count: eventCount, created_at: now };
}

const deploymentNames = Object.keys(deploymentColumns);
const slotNames = Object.keys(slotColumns);

const headFind: KeyedFind = {
  table: 'log_head',
  columns: ['position', 'deployment_id', 'slot_version', 'places_version'],
  by: { id: 'bigint' },
  keys: [[1]],
};

function headOf([row]: readonly Row[]): LogHead {
  return {
    position: Number(row?.['position']),
    deploymentId: Number(row?.['deployment_id']),
    slotVersion: Number(row?.['slot_version']),
  };
}

function storedDeployment(row: Row): StoredDeployment {
  const table = row as unknown as DeploymentTable; // the columns are those of the table
  return { state: deploymentOf(table), iid: table.iid };
}
