import type { Insertable, Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { HookDeliveryTable } from '../../db/tables/webhooks.ts';
import type { Attempt, Delivery } from './webhook-types.ts';

export type NewDelivery = Pick<
  Delivery,
  'hookId' | 'uuid' | 'eventUuid' | 'trigger' | 'body' | 'redelivery' | 'deploymentId' | 'createdAt' | 'nextAttemptAt'
>;

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

/** What was delivered to hooks, and how that went: for who reads it. */
export class DeliveryLogStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
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
    // One step in the index for each hook: a month's deliveries are not looked through.
    const newest = read
      .selectFrom('hooks as h')
      .select(({ selectFrom }) =>
        selectFrom('hook_deliveries as d')
          .select('d.id')
          .whereRef('d.hook_id', '=', 'h.id')
          .where('d.url', 'is not', null)
          .orderBy('d.id', 'desc')
          .limit(1)
          .as('id'),
      )
      .where('h.id', 'in', hookIds);
    const rows = await read.selectFrom('hook_deliveries').selectAll().where('id', 'in', newest).execute();
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

/** All columns of it but when the next attempt is due. */
export function outcomeValues({ attempt, attempts, deliveredAt }: Outcome) {
  const { url, requestHeaders, durationMs, answer, error } = attempt;
  return {
    attempts,
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

export function deliveryOf(row: Selectable<HookDeliveryTable>): Delivery {
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
    resentAt: row.resent_at,
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
