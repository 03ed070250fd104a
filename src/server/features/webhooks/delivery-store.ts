import type { ExpressionBuilder, Insertable, Kysely, Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { HookDeliveryTable } from '../../db/tables/webhooks.ts';
import { hookOf } from './hook-store.ts';
import type { Attempt, Delivery, Hook } from './webhook-types.ts';

export type NewDelivery = Pick<
  Delivery,
  'hookId' | 'uuid' | 'eventUuid' | 'trigger' | 'body' | 'redelivery' | 'deploymentId' | 'createdAt' | 'nextAttemptAt'
>;

/** A delivery that is due, its hook, and until when no other node serves that hook. */
export interface Claim {
  readonly hook: Hook;
  readonly delivery: Delivery;
  readonly until: number;
}

/** How an attempt went, and when the next one is due: null never. */
export interface Outcome {
  readonly attempt: Attempt;
  readonly attempts: number;
  readonly nextAttemptAt: number | null;
  readonly deliveredAt: number | null;
}

export interface DeliveryFilter {
  /** Statuses of answers, both ends included; empty: all deliveries. */
  readonly statuses: readonly (readonly [from: number, to: number])[];
  readonly limit: number;
  readonly offset: number;
}

/** Part of what was delivered, from the newest on. */
export interface DeliverySlice {
  /** How the last attempt went; undefined: any way. */
  readonly outcome?: 'success' | 'failure' | undefined;
  /** Only those that are older than this one. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export class DeliveryStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Hooks with something due that nobody serves, the one that has waited longest first. */
  async dueHooks(now: number, limit: number): Promise<number[]> {
    const rows = await this.#database.read
      .selectFrom('hooks as h')
      .innerJoin('projects as p', 'p.id', 'h.project_id')
      .select('h.id')
      .where('p.deleted_at', 'is', null)
      .where('h.busy_until', '<=', now)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('hook_deliveries as d')
            .select('d.id')
            .whereRef('d.hook_id', '=', 'h.id')
            .where('d.next_attempt_at', '<=', now)
            .where(isFirstInLine),
        ),
      )
      .orderBy('h.busy_until')
      .orderBy('h.id')
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }

  /**
   * Takes a hook for this node until a moment, and its delivery that has been due longest. undefined where another node
   * has it or nothing is due. A node that ends meanwhile holds the hook no longer than that.
   */
  claim(hookId: number, now: number, until: number): Promise<Claim | undefined> {
    return this.#database.transaction(async (tx) => {
      // The hook first: what is due is read when no other node can be delivering it.
      const hook = await tx
        .updateTable('hooks')
        .set({ busy_until: until })
        .where('id', '=', hookId)
        .where('busy_until', '<=', now)
        .returningAll()
        .executeTakeFirst();
      if (!hook) return undefined;
      const due = await longestDue(tx, hookId, now);
      if (due) return { hook: hookOf(hook), delivery: due, until };
      await tx.updateTable('hooks').set({ busy_until: now }).where('id', '=', hookId).execute();
      return undefined;
    });
  }

  /**
   * Writes down how the claimed delivery went, and lets go of the hook; or, where `further` is given, keeps it until then
   * and answers what is due next. undefined where nothing is, or the hook is gone.
   */
  settle(
    { hook, delivery, until }: Claim,
    outcome: Outcome,
    now: number,
    further?: number,
  ): Promise<Claim | undefined> {
    return this.#database.transaction(async (tx) => {
      await tx.updateTable('hook_deliveries').set(outcomeValues(outcome)).where('id', '=', delivery.id).execute();
      const due = further === undefined ? undefined : await longestDue(tx, hook.id, now);
      const kept = due ? (further ?? now) : now;
      const ours = tx.updateTable('hooks').where('id', '=', hook.id).where('busy_until', '=', until);
      const held = await ours.set({ busy_until: kept }).returningAll().executeTakeFirst();
      return held && due && { hook: hookOf(held), delivery: due, until: kept };
    });
  }

  /** Ends the waiting of all deliveries of a hook that have failed before, and says why. */
  async giveUpAll(hookId: number, error: string): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .updateTable('hook_deliveries')
        .set({ next_attempt_at: null, error })
        .where('hook_id', '=', hookId)
        .where('next_attempt_at', 'is not', null)
        .where('attempts', '>', 0)
        .execute(),
    );
  }

  /** Ends the waiting of a delivery that has reached its receiver in another way. */
  async endWaiting(hookId: number, uuid: string): Promise<void> {
    await this.#database.transaction((tx) => endWaiting(tx, hookId, uuid));
  }

  /** Puts a delivery in line, in the place of those that wait under its uuid. */
  enqueue(delivery: NewDelivery): Promise<Delivery> {
    return this.#database.transaction(async (tx) => {
      await endWaiting(tx, delivery.hookId, delivery.uuid);
      const query = tx.insertInto('hook_deliveries').values(valuesOf(delivery));
      return deliveryOf(await query.returningAll().executeTakeFirstOrThrow());
    });
  }

  /** A delivery that was made apart from the queue, with how it went. */
  insert(delivery: NewDelivery, outcome: Outcome): Promise<Delivery> {
    return this.#database.transaction(async (tx) => {
      const values = { ...valuesOf(delivery), ...outcomeValues(outcome) };
      return deliveryOf(await tx.insertInto('hook_deliveries').values(values).returningAll().executeTakeFirstOrThrow());
    });
  }

  async byId(hookId: number, id: number): Promise<Delivery | undefined> {
    const rows = this.#database.read.selectFrom('hook_deliveries').selectAll();
    const row = await rows.where('id', '=', id).where('hook_id', '=', hookId).executeTakeFirst();
    return row && deliveryOf(row);
  }

  /** Newest first; `next` is what to go on before, undefined on the last page. */
  async slice(hookId: number, { outcome, before, limit }: DeliverySlice) {
    let ours = this.#database.read.selectFrom('hook_deliveries').selectAll().where('hook_id', '=', hookId);
    if (outcome === 'success') ours = ours.where('delivered_at', 'is not', null);
    if (outcome === 'failure') ours = ours.where('delivered_at', 'is', null).where('error', 'is not', null);
    if (before !== undefined) ours = ours.where('id', '<', before);
    const rows = await ours
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    const items = rows.slice(0, limit).map(deliveryOf);
    return { items, next: rows.length > limit ? items.at(-1)?.id : undefined };
  }

  /** The newest delivery of each hook that has one and was tried, by the hook's id. */
  async latest(hookIds: readonly number[]): Promise<Map<number, Delivery>> {
    if (hookIds.length === 0) return new Map();
    const { read } = this.#database;
    const newest = read.selectFrom('hook_deliveries').select(({ fn }) => fn.max('id').as('id'));
    const rows = await read
      .selectFrom('hook_deliveries')
      .selectAll()
      .where('id', 'in', newest.where('hook_id', 'in', hookIds).where('url', 'is not', null).groupBy('hook_id'))
      .execute();
    return new Map(rows.map((row) => [row.hook_id, deliveryOf(row)]));
  }

  /** Newest first. */
  async page(hookId: number, { statuses, limit, offset }: DeliveryFilter) {
    let ours = this.#database.read.selectFrom('hook_deliveries').where('hook_id', '=', hookId);
    if (statuses.length > 0) {
      ours = ours.where((eb) => eb.or(statuses.map(([from, to]) => eb.between('response_status', from, to))));
    }
    const rows = await ours.selectAll().orderBy('id', 'desc').limit(limit).offset(offset).execute();
    const { total } = await ours.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    return { items: rows.map(deliveryOf), total: Number(total) };
  }

  /** Removes up to `limit` deliveries from before a moment, oldest first; answers how many. */
  deleteBefore(before: number, limit: number): Promise<number> {
    return this.#database.transaction(async (tx) => {
      const oldest = await tx
        .selectFrom('hook_deliveries')
        .select(['id', 'created_at'])
        .orderBy('id')
        .limit(limit)
        .execute();
      const old = oldest.filter((row) => row.created_at < before).map(({ id }) => id);
      if (old.length > 0) await tx.deleteFrom('hook_deliveries').where('id', 'in', old).execute();
      return old.length;
    });
  }
}

async function endWaiting(tx: Kysely<Schema>, hookId: number, uuid: string): Promise<void> {
  const ours = tx.updateTable('hook_deliveries').set({ next_attempt_at: null }).where('hook_id', '=', hookId);
  await ours.where('next_attempt_at', 'is not', null).where('uuid', '=', uuid).execute();
}

async function longestDue(tx: Kysely<Schema>, hookId: number, now: number): Promise<Delivery | undefined> {
  const row = await tx
    .selectFrom('hook_deliveries as d')
    .selectAll('d')
    .where('d.hook_id', '=', hookId)
    .where('d.next_attempt_at', '<=', now)
    .where(isFirstInLine)
    .orderBy('d.next_attempt_at')
    .orderBy('d.id')
    .limit(1)
    .executeTakeFirst();
  return row && deliveryOf(row);
}

/** Whether nothing older waits to tell the same hook of the same deployment. */
function isFirstInLine({ exists, not, selectFrom }: ExpressionBuilder<Schema & { d: HookDeliveryTable }, 'd'>) {
  return not(
    exists(
      selectFrom('hook_deliveries as older')
        .select('older.id')
        .whereRef('older.hook_id', '=', 'd.hook_id')
        .whereRef('older.deployment_id', '=', 'd.deployment_id')
        .whereRef('older.id', '<', 'd.id')
        .where('older.next_attempt_at', 'is not', null),
    ),
  );
}

export function valuesOf(delivery: NewDelivery): Insertable<HookDeliveryTable> {
  return {
    hook_id: delivery.hookId,
    uuid: delivery.uuid,
    event_uuid: delivery.eventUuid,
    trigger: delivery.trigger,
    body: delivery.body,
    redelivery: Number(delivery.redelivery),
    deployment_id: delivery.deploymentId,
    created_at: delivery.createdAt,
    next_attempt_at: delivery.nextAttemptAt,
  } as Insertable<HookDeliveryTable>; // columns of the last attempt are null until there is one
}

function outcomeValues({ attempt, attempts, nextAttemptAt, deliveredAt }: Outcome) {
  const { url, requestHeaders, durationMs, answer, error } = attempt;
  return {
    attempts,
    next_attempt_at: nextAttemptAt,
    delivered_at: deliveredAt,
    url,
    request_headers: JSON.stringify(requestHeaders),
    duration_ms: Math.round(durationMs),
    response_status: answer?.status ?? null,
    response_headers: answer ? JSON.stringify(answer.headers) : null,
    response_body: answer?.body ?? null,
    error: error ?? null,
  };
}

function deliveryOf(row: Selectable<HookDeliveryTable>): Delivery {
  return {
    id: row.id,
    hookId: row.hook_id,
    uuid: row.uuid,
    eventUuid: row.event_uuid,
    trigger: row.trigger,
    body: row.body,
    redelivery: row.redelivery === 1,
    deploymentId: row.deployment_id,
    createdAt: row.created_at,
    nextAttemptAt: row.next_attempt_at,
    attempts: row.attempts,
    deliveredAt: row.delivered_at,
    last: row.url === null ? undefined : attemptOf(row, row.url),
  };
}

function attemptOf(row: Selectable<HookDeliveryTable>, url: string): Attempt {
  const headers = (text: string | null): Record<string, string> => JSON.parse(text ?? '{}'); // written by outcomeValues
  const { response_status: status, response_headers, response_body } = row;
  return {
    url,
    requestHeaders: headers(row.request_headers),
    durationMs: row.duration_ms ?? 0,
    answer: status === null ? undefined : { status, headers: headers(response_headers), body: response_body ?? '' },
    error: row.error ?? undefined,
  };
}
