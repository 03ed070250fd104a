import type { Kysely } from 'kysely';
import type { Database, LogSession } from '../db/database.ts';
import type { Schema } from '../db/schema.ts';
import type { StoredDeployment } from './append-request.ts';
import type { LogEvent } from './event.ts';
import { eventOf } from './event-rows.ts';
import { type DeploymentState, foldDeployment } from './fold-deployment.ts';
import { foldSlot, type SlotState } from './fold-slot.ts';
import { deploymentWrite, headWrite, logStore, requestWrite, slotWrite } from './log-store.ts';
import { promotionWrite } from './promotion-rows.ts';

export interface RebuildResult {
  readonly events: number;
  readonly deployments: number;
  readonly slots: number;
}

export type RebuildProgress = (done: number, total: number) => void;

const pageSize = 2000;
const writeSize = 500;

/**
 * Makes all projections anew from the log, in one transaction: readers see the old ones until it commits, and no event
 * can be appended meanwhile. It folds each deployment from all its events, and each lane from its deployments, so it is
 * also the measure of what the append lane does step by step.
 */
export async function rebuild(database: Database, onProgress: RebuildProgress = () => {}): Promise<RebuildResult> {
  return database.logTransaction(async (session) => {
    const { kysely: tx } = session;
    const head = await logStore.head(session);
    await tx.deleteFrom('slots').execute();
    await tx.deleteFrom('deployments').execute();
    await tx.deleteFrom('project_counters').execute();
    await rebuildWaits(tx);
    await rebuildRequests(session);
    await rebuildPromotions(session);
    const deployments = await rebuildDeployments(session, head.position, onProgress);
    await hideDeleted(tx);
    const slots = await rebuildSlots(session, head.slotVersion + 1);
    await session.write([headWrite({ ...head, slotVersion: head.slotVersion + 1 })]);
    return { events: head.position, deployments, slots };
  });
}

/** iids are given out in the order in which the deployments were first told of, as the append lane does. */
async function rebuildDeployments(session: LogSession, total: number, onProgress: RebuildProgress): Promise<number> {
  const iids = await firstToldOrder(session.kysely);
  let waiting: StoredDeployment[] = [];
  let done = 0;
  let events = 0;
  for await (const history of histories(session.kysely)) {
    const state = foldDeployment(history);
    waiting.push({ state, iid: iids.get(state.id) ?? 0 });
    done += 1;
    events += history.length;
    if (waiting.length < writeSize) continue;
    await session.write([deploymentWrite(waiting)]);
    waiting = [];
    onProgress(events, total);
  }
  await session.write([deploymentWrite(waiting), counterWrite(await lastIids(session.kysely))]);
  onProgress(total, total);
  return done;
}

async function rebuildWaits(tx: Kysely<Schema>): Promise<void> {
  await tx.deleteFrom('waits').execute();
  const columns = ['position', 'deployment_id', 'environment_id'] as const;
  const told = tx.selectFrom('events').select(columns).where('status', '=', 'waiting');
  await tx.insertInto('waits').columns(columns).expression(told).execute();
}

async function rebuildRequests(session: LogSession): Promise<void> {
  await session.kysely.deleteFrom('deployment_requests').execute();
  let last = 0;
  for (;;) {
    const events = session.kysely.selectFrom('events').selectAll().where('extra', 'is not', null);
    const rows = await events.where('position', '>', last).orderBy('position').limit(pageSize).execute();
    await session.write([requestWrite(rows.map(eventOf))]);
    if (rows.length < pageSize) return;
    last = rows.at(-1)?.position ?? last;
  }
}

async function rebuildPromotions(session: LogSession): Promise<void> {
  await session.kysely.deleteFrom('promotions').execute();
  let last = 0;
  for (;;) {
    const events = session.kysely.selectFrom('events').selectAll().where('parents', 'is not', null);
    const rows = await events.where('position', '>', last).orderBy('position').limit(pageSize).execute();
    await session.write([promotionWrite(rows.map(eventOf))]);
    if (rows.length < pageSize) return;
    last = rows.at(-1)?.position ?? last;
  }
}

/** What was deployed to an environment that was deleted is not shown any more. */
async function hideDeleted(tx: Kysely<Schema>): Promise<void> {
  const gone = tx.selectFrom('environments').select('id').where('deleted_at', 'is not', null);
  await tx.updateTable('deployments').set({ deleted: 1 }).where('environment_id', 'in', gone).execute();
}

/** All events of one deployment after the other, read in pages. */
async function* histories(tx: Kysely<Schema>): AsyncGenerator<LogEvent[]> {
  let history: LogEvent[] = [];
  let after = { deploymentId: -1, position: -1 };
  for (;;) {
    const { deploymentId, position } = after;
    const rows = await tx
      .selectFrom('events')
      .selectAll()
      .where(({ eb, refTuple, tuple }) => eb(refTuple('deployment_id', 'position'), '>', tuple(deploymentId, position)))
      .orderBy('deployment_id')
      .orderBy('position')
      .limit(pageSize)
      .execute();
    for (const row of rows) {
      if (history[0] && history[0].deploymentId !== row.deployment_id) {
        yield history;
        history = [];
      }
      history.push(eventOf(row));
    }
    const last = rows.at(-1);
    if (!last) break;
    after = { deploymentId: last.deployment_id, position: last.position };
  }
  if (history.length > 0) yield history;
}

async function firstToldOrder(tx: Kysely<Schema>): Promise<Map<number, number>> {
  const rows = await tx
    .selectFrom('events')
    .select(['deployment_id', 'project_id', ({ fn }) => fn.min('position').as('first')])
    .groupBy(['deployment_id', 'project_id'])
    .orderBy('first')
    .execute();
  const last = new Map<number, number>();
  return new Map(
    rows.map(({ deployment_id, project_id }) => {
      const iid = (last.get(project_id) ?? 0) + 1;
      last.set(project_id, iid);
      return [deployment_id, iid];
    }),
  );
}

function lastIids(tx: Kysely<Schema>) {
  return tx
    .selectFrom('events')
    .select(['project_id', ({ fn }) => fn.count<number>('deployment_id').distinct().as('deployment_iid')])
    .groupBy('project_id')
    .execute();
}

function counterWrite(rows: readonly { readonly project_id: number; readonly deployment_iid: number }[]) {
  return {
    table: 'project_counters',
    columns: { project_id: 'bigint', deployment_iid: 'bigint' },
    rows: rows.map(({ project_id, deployment_iid }) => ({ project_id, deployment_iid })),
  } as const;
}

async function rebuildSlots(session: LogSession, version: number): Promise<number> {
  const lanes = await session.kysely
    .selectFrom('deployments as d')
    .innerJoin('environments as n', 'n.id', 'd.environment_id')
    .innerJoin('projects as p', 'p.id', 'd.project_id')
    .where('n.deleted_at', 'is', null)
    .where('p.deleted_at', 'is', null)
    .select(['d.environment_id', 'd.project_id'])
    .distinct()
    .orderBy('d.environment_id')
    .execute();
  const slots: SlotState[] = [];
  for (const { environment_id: environmentId, project_id: projectId } of lanes) {
    const lane: AsyncIterable<DeploymentState> = logStore.lane(session.kysely, environmentId);
    slots.push(await foldSlot({ environmentId, projectId }, lane));
  }
  for (let from = 0; from < slots.length; from += writeSize) {
    await session.write([slotWrite(slots.slice(from, from + writeSize), version)]);
  }
  return slots.length;
}
