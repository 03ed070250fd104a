import type { Kysely, SelectQueryBuilder } from 'kysely';
import { mostCounted, type RetentionKind } from '../../../contract/retention.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';

/** How much there is of one kind. */
export interface KeptRows {
  /** Up to one more than `mostCounted`. */
  readonly rows: number;
  /** When the oldest came, epoch milliseconds; null: there is none. */
  readonly oldestAt: number | null;
}

/** Looks how much there is, by steps in an index and counts that end somewhere. */
export class KeptRowsStore {
  readonly #read: Kysely<Schema>;

  constructor({ read }: Pick<Database, 'read'>) {
    this.#read = read;
  }

  async all(): Promise<Readonly<Record<RetentionKind, KeptRows>>> {
    return {
      events: await this.#events(),
      audit_entries: await kept(
        this.#read,
        this.#read.selectFrom('audit_entries').select('created_at as at').orderBy('id'),
      ),
      webhook_deliveries: await kept(
        this.#read,
        this.#read.selectFrom('hook_deliveries').select('created_at as at').orderBy('id'),
      ),
      incoming_recorded: await kept(this.#read, this.#incoming('applied')),
      incoming_other: sum(
        await kept(this.#read, this.#incoming('failed')),
        await kept(this.#read, this.#incoming('kept')),
      ),
      idempotency_keys: await kept(
        this.#read,
        this.#read.selectFrom('idempotency_keys').select('created_at as at').orderBy('created_at'),
      ),
      sessions: await kept(
        this.#read,
        this.#read.selectFrom('sessions').select('created_at as at').orderBy('expires_at'),
      ),
    };
  }

  /** Positions have no gaps, so the last one is how many there are. */
  async #events(): Promise<KeptRows> {
    const head = await this.#read.selectFrom('log_head').select('position').executeTakeFirstOrThrow();
    const events = this.#read.selectFrom('events').select('received_at').orderBy('position').limit(1);
    return { rows: head.position, oldestAt: (await events.executeTakeFirst())?.received_at ?? null };
  }

  #incoming(state: string) {
    return this.#read
      .selectFrom('incoming_deliveries')
      .select('received_at as at')
      .where('state', '=', state)
      .orderBy('received_at');
  }
}

async function kept<T extends keyof Schema>(
  read: Kysely<Schema>,
  oldestFirst: SelectQueryBuilder<Schema, T, { at: number }>,
): Promise<KeptRows> {
  const counted = read
    .selectFrom(oldestFirst.limit(mostCounted + 1).as('some'))
    .select((eb) => eb.fn.countAll<number>().as('rows'));
  const { rows } = await counted.executeTakeFirstOrThrow();
  const oldest = await oldestFirst.limit(1).executeTakeFirst();
  return { rows: Number(rows), oldestAt: oldest?.at ?? null };
}

function sum(one: KeptRows, other: KeptRows): KeptRows {
  const moments = [one.oldestAt, other.oldestAt].filter((at) => at !== null);
  return {
    rows: Math.min(one.rows + other.rows, mostCounted + 1),
    oldestAt: moments.length === 0 ? null : Math.min(...moments),
  };
}
