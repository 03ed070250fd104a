import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { HookDeliveryTable } from '../../db/tables/webhooks.ts';
import { deliveryOf, type NewDelivery, type Outcome, outcomeValues, valuesOf } from './delivery-log-store.ts';
import { hookOf } from './hook-store.ts';
import type { Delivery, Hook } from './webhook-types.ts';

/** A delivery that is due, its hook, and until when no other node serves that hook. */
export interface Claim {
  readonly hook: Hook;
  readonly delivery: Delivery;
  readonly until: number;
}

/** What follows where an attempt was settled. */
export interface AfterAttempt {
  /** Until when the hook is kept for the next delivery; absent: it is let go. */
  readonly keptUntil?: number | undefined;
  /** Why what waits for the hook after a failure waits no longer; absent: it waits. */
  readonly givenUp?: string | undefined;
}

/** What is to be delivered to hooks, in order, by nodes that take turns. */
export class DeliveryQueueStore {
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
   * Writes down how the claimed delivery went, and lets go of the hook, or keeps it and answers what is due next. undefined
   * where nothing is, or the hook is gone. A delivery that was sent in another way meanwhile is not put in line again.
   */
  settle(
    { hook, delivery, until }: Claim,
    outcome: Outcome,
    now: number,
    { keptUntil, givenUp }: AfterAttempt = {},
  ): Promise<Claim | undefined> {
    return this.#database.transaction(async (tx) => {
      await tx
        .updateTable('hook_deliveries')
        .set((eb) => ({ ...outcomeValues(outcome), next_attempt_at: ifWaiting(eb, outcome.nextAttemptAt) }))
        .where('id', '=', delivery.id)
        .execute();
      if (givenUp !== undefined) await giveUp(tx, hook.id, givenUp);
      const due = keptUntil === undefined ? undefined : await longestDue(tx, hook.id, now);
      const kept = due ? (keptUntil ?? now) : now;
      const ours = tx.updateTable('hooks').where('id', '=', hook.id).where('busy_until', '=', until);
      const held = await ours.set({ busy_until: kept }).returningAll().executeTakeFirst();
      return held && due && { hook: hookOf(held), delivery: due, until: kept };
    });
  }

  /** Puts a delivery in line. */
  async enqueue(delivery: NewDelivery): Promise<void> {
    await this.#database.transaction((tx) => tx.insertInto('hook_deliveries').values(valuesOf(delivery)).execute());
  }

  /** The same, of what was sent before; where it still waits under its uuid, its next attempt is due now, in its place. */
  async enqueueAgain(delivery: NewDelivery, now: number): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const waiting = await tx
        .selectFrom('hook_deliveries')
        .select('id')
        .where('hook_id', '=', delivery.hookId)
        .where('uuid', '=', delivery.uuid)
        .where('next_attempt_at', 'is not', null)
        .executeTakeFirst();
      if (!waiting) return tx.insertInto('hook_deliveries').values(valuesOf(delivery)).execute();
      const sooner = tx.updateTable('hook_deliveries').set({ next_attempt_at: now, redelivery: 1 });
      return sooner.where('id', '=', waiting.id).where('next_attempt_at', '>', now).execute();
    });
  }

  /** A delivery that was made apart from the queue, with how it went. Where it was taken, none waits under its uuid any more. */
  insert(delivery: NewDelivery, outcome: Outcome): Promise<Delivery> {
    return this.#database.transaction(async (tx) => {
      if (outcome.deliveredAt !== null) await endWaiting(tx, delivery, outcome.deliveredAt);
      const values = { ...valuesOf(delivery), ...outcomeValues(outcome) };
      return deliveryOf(await tx.insertInto('hook_deliveries').values(values).returningAll().executeTakeFirstOrThrow());
    });
  }
}

function ifWaiting(eb: ExpressionBuilder<Schema, 'hook_deliveries'>, nextAttemptAt: number | null) {
  const still = eb.case().when('next_attempt_at', 'is not', null).then(nextAttemptAt);
  return still.else(eb.ref('next_attempt_at')).end();
}

async function endWaiting(tx: Kysely<Schema>, { hookId, uuid }: NewDelivery, resentAt: number): Promise<void> {
  const ended = tx.updateTable('hook_deliveries').set({ next_attempt_at: null, resent_at: resentAt });
  await ended.where('hook_id', '=', hookId).where('uuid', '=', uuid).where('next_attempt_at', 'is not', null).execute();
}

/** Ends the waiting of all deliveries of a hook that have failed before, and says why. */
async function giveUp(tx: Kysely<Schema>, hookId: number, error: string): Promise<void> {
  const ended = tx.updateTable('hook_deliveries').set({ next_attempt_at: null, error }).where('hook_id', '=', hookId);
  await ended.where('next_attempt_at', 'is not', null).where('attempts', '>', 0).execute();
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
