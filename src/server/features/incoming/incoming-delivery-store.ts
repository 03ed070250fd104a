import type { Kysely, Selectable, SelectQueryBuilder } from 'kysely';
import type { IncomingSource, IncomingState } from '../../../contract/incoming.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { IncomingDeliveryTable } from '../../db/tables/webhooks.ts';
import { contentOf } from './incoming-content.ts';
import type { Arrival, ClaimedDelivery, Delivery, DeliveryFilter, Outcome, Settled } from './incoming-types.ts';

export class IncomingDeliveryStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Stores what arrived, unless it is there already. */
  add(projectId: number, arrival: Arrival, now: number): Promise<{ readonly id: number; readonly isNew: boolean }> {
    const { source, key, event, headers, body } = arrival;
    return this.#database.transaction(async (tx) => {
      const added = await tx
        .insertInto('incoming_deliveries')
        .values({
          project_id: projectId,
          source,
          delivery_key: key,
          event,
          headers: JSON.stringify(headers),
          body,
          content: contentOf(arrival),
          received_at: now,
          state: 'waiting',
          reason: null,
          settled_at: null,
          recorded_at: null,
        })
        .onConflict((conflict) => conflict.columns(['project_id', 'source', 'delivery_key']).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (added) return { id: added.id, isNew: true };
      const known = tx.selectFrom('incoming_deliveries').select('id').where('project_id', '=', projectId);
      const { id } = await known.where('source', '=', source).where('delivery_key', '=', key).executeTakeFirstOrThrow();
      return { id, isNew: false };
    });
  }

  /** Takes the oldest that wait for this node until a moment. A node that ends meanwhile holds them no longer than that. */
  claim(now: number, until: number, limit: number): Promise<ClaimedDelivery[]> {
    return this.#database.transaction(async (tx) => {
      const due = tx
        .selectFrom('incoming_deliveries')
        .select('id')
        .where('state', '=', 'waiting')
        .where('busy_until', '<=', now)
        .orderBy('id')
        .limit(limit);
      // Each is asked for again: another node may have taken it since it was found.
      const rows = await tx
        .updateTable('incoming_deliveries')
        .set({ busy_until: until })
        .where('id', 'in', due)
        .where('state', '=', 'waiting')
        .where('busy_until', '<=', now)
        .returningAll()
        .execute();
      if (rows.length === 0) return [];
      const projectIds = [...new Set(rows.map((row) => row.project_id))];
      const projects = await tx
        .selectFrom('projects')
        .select(['id', 'namespace', 'name'])
        .where('id', 'in', projectIds)
        .execute();
      const names = new Map(projects.map(({ id, namespace, name }) => [id, { namespace, service: name }]));
      return rows
        .toSorted((a, b) => a.id - b.id)
        .map((row) => ({ ...deliveryOf(row), ...(names.get(row.project_id) ?? { namespace: '', service: '' }) }));
    });
  }

  /** Whether any waits that no node works on. */
  async hasDue(now: number): Promise<boolean> {
    const row = await this.#database.read
      .selectFrom('incoming_deliveries')
      .select('id')
      .where('state', '=', 'waiting')
      .where('busy_until', '<=', now)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Whether what one says was recorded, of itself or of another that says the same. */
  async isRecorded(projectId: number, content: string): Promise<boolean> {
    const same = this.#database.read
      .selectFrom('incoming_deliveries')
      .select('id')
      .where('project_id', '=', projectId)
      .where('content', '=', content)
      .where('recorded_at', 'is not', null);
    return (await same.limit(1).executeTakeFirst()) !== undefined;
  }

  /** What became of one that waited. */
  async settle(id: number, { state, reason, isRecorded }: Outcome, now: number): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .updateTable('incoming_deliveries')
        .set({ state, reason, settled_at: now, ...(isRecorded ? { recorded_at: now } : {}) })
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .execute(),
    );
  }

  /** Lets it wait on, for any node, from a moment on. */
  async putOff(id: number, until: number): Promise<void> {
    await this.#database.transaction((tx) =>
      tx.updateTable('incoming_deliveries').set({ busy_until: until }).where('id', '=', id).execute(),
    );
  }

  /** Lets one wait again that is settled. */
  async restart(id: number): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .updateTable('incoming_deliveries')
        .set({ state: 'waiting', reason: null, settled_at: null, busy_until: 0 })
        .where('id', '=', id)
        .where('state', '<>', 'waiting')
        .execute(),
    );
  }

  async byId(id: number): Promise<Delivery | undefined> {
    const rows = this.#database.read.selectFrom('incoming_deliveries').selectAll();
    const row = await rows.where('id', '=', id).executeTakeFirst();
    return row && deliveryOf(row);
  }

  /** Newest first, without what came. */
  async page(
    projectId: number,
    { state, before, limit }: DeliveryFilter,
  ): Promise<Omit<Delivery, 'headers' | 'body'>[]> {
    let ours = this.#database.read.selectFrom('incoming_deliveries').where('project_id', '=', projectId);
    if (state !== undefined) ours = ours.where('state', '=', state);
    if (before !== undefined) ours = ours.where('id', '<', before);
    const rows = await ours.select(factColumns).orderBy('id', 'desc').limit(limit).execute();
    return rows.map(factsOf);
  }

  /** Removes up to `limit` settled ones in a state that came before a moment; answers how many. */
  deleteBefore(state: Settled, before: number, limit: number): Promise<number> {
    return this.#delete((rows) =>
      rows.where('state', '=', state).where('received_at', '<', before).orderBy('received_at').limit(limit),
    );
  }

  /** Projects that have more than so many. */
  async crowded(most: number): Promise<number[]> {
    const rows = await this.#database.read
      .selectFrom('incoming_deliveries')
      .select('project_id')
      .groupBy('project_id')
      .having((eb) => eb(eb.fn.countAll(), '>', most))
      .execute();
    return rows.map((row) => row.project_id);
  }

  /** Removes up to `limit` settled ones of a project that are not among its latest `most`; answers how many. */
  deleteBeyond(projectId: number, most: number, limit: number): Promise<number> {
    return this.#delete((rows, tx) => {
      const ours = tx.selectFrom('incoming_deliveries').select('id').where('project_id', '=', projectId);
      const last = ours.orderBy('id', 'desc').offset(most).limit(1);
      return rows
        .where('project_id', '=', projectId)
        .where('id', '<=', last)
        .where('state', '<>', 'waiting')
        .orderBy('id')
        .limit(limit);
    });
  }

  #delete(choose: (rows: Ids, tx: Kysely<Schema>) => Ids): Promise<number> {
    return this.#database.transaction(async (tx) => {
      const rows = await choose(tx.selectFrom('incoming_deliveries').select('id'), tx).execute();
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) await tx.deleteFrom('incoming_deliveries').where('id', 'in', ids).execute();
      return ids.length;
    });
  }
}

type Ids = SelectQueryBuilder<Schema, 'incoming_deliveries', { id: number }>;

const factColumns = [
  'id',
  'project_id',
  'source',
  'event',
  'delivery_key',
  'received_at',
  'state',
  'reason',
  'settled_at',
] as const;

type Row = Selectable<IncomingDeliveryTable>;

function factsOf(row: Pick<Row, (typeof factColumns)[number]>): Omit<Delivery, 'headers' | 'body'> {
  return {
    id: row.id,
    projectId: row.project_id,
    source: row.source as IncomingSource, // one was stored
    event: row.event,
    key: row.delivery_key,
    receivedAt: row.received_at,
    state: row.state as IncomingState, // one was stored
    reason: row.reason,
    settledAt: row.settled_at,
  };
}

function deliveryOf(row: Row): Delivery {
  return { ...factsOf(row), headers: JSON.parse(row.headers), body: row.body };
}
