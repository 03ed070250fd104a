import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type PlannedWrite, WritePlanner } from './bulk-write.ts';
import type { Columns, KeyedFind, LogSession, Row } from './database.ts';
import type { Schema } from './schema.ts';

/** Names the log lock among advisory locks: "slog" in ASCII. */
const logLock = 0x736c6f67;

const session = {
  // A database may have been told otherwise for itself; a 201 is durable.
  synchronous_commit: 'on',
  // A node that stands still with the lock, or waits for one that does, holds the others up no longer than this.
  lock_timeout: "'10s'",
  idle_in_transaction_session_timeout: "'15s'",
  // A plan made while the tables were still empty reads them whole, and is kept: every find here has an index. Compiling such
  // a plan takes longer than running it.
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
} as const;

/** Other nodes hear of what is new within this time. */
const announceEveryMs = 20;

/** A long transaction does not send further ahead than this. */
const mostOutstanding = 16;

/** Where log transactions announce themselves. */
export const channel = 'shiplog_log';

/**
 * Log transactions on a connection of their own, so that no reader delays them. A batch is two round trips, whatever it
 * holds, since statements are sent before the last one is answered: begin, lock and find; write, announce and commit. Rows
 * travel as one JSON text a table, which both ends read and write faster than arrays; statements are prepared, since there
 * are only a few.
 */
export class PostgresLog {
  readonly #pool: pg.Pool;
  readonly #statements = new Map<string, { readonly name: string; readonly text: string }>();
  readonly #planner = new WritePlanner();
  readonly #node: string;
  #announcedAt = 0;
  #later: NodeJS.Timeout | undefined;

  /** `node` is what this node announces itself as. */
  constructor(options: pg.PoolConfig, node: string) {
    this.#node = node;
    const pipelined: pg.PoolConfig & { readonly pipeline: true } = { ...options, max: 1, pipeline: true };
    this.#pool = new pg.Pool(pipelined);
    // Without a listener the end of an idle connection would end the process.
    this.#pool.on('error', () => {});
    this.#pool.on('connect', (client) => {
      client
        .query(
          Object.entries(session)
            .map(([name, value]) => `set ${name} = ${value}`)
            .join('; '),
        )
        .catch(() => {});
    });
  }

  /** The lock is held until the end of the transaction: those of all nodes commit one after the other. */
  async transaction<T>(work: (session: LogSession) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    // A connection that breaks in the middle tells its queries, and this; unheard, it would end the process.
    const broken = () => {};
    client.on('error', broken);
    const sent = new SentQueries(client);
    let failed: unknown;
    try {
      await sent.add(`begin; select pg_advisory_xact_lock(${logLock})`);
      const result = await work(this.#session(client, sent));
      await sent.add('commit');
      await sent.answered();
      return result;
    } catch (error) {
      // A find that follows a failed write only says so: the write knows why.
      failed = await sent.answered().then(
        () => error,
        (first: unknown) => first,
      );
      const cause = failed;
      await client.query('rollback').catch((rollbackError: unknown) => {
        failed = rollbackError;
      });
      throw cause;
    } finally {
      client.off('error', broken);
      // A connection that cannot even roll back is not used again.
      client.release(failed instanceof Error && !('severity' in failed) ? failed : undefined);
    }
  }

  async stop(): Promise<void> {
    if (this.#later) {
      clearTimeout(this.#later);
      await this.#pool.query(this.#notify).catch(() => {});
    }
    await this.#pool.end();
  }

  /**
   * What a write ends with: a notification, unless one was sent a moment ago; then one follows by itself. A notification
   * takes a lock of the whole database at commit and wakes every node, which is dear for each of hundreds of batches.
   */
  #announcement(): string {
    const waitMs = this.#announcedAt + announceEveryMs - performance.now();
    if (waitMs <= 0) {
      this.#announcedAt = performance.now();
      return this.#notify;
    }
    this.#later ??= setTimeout(() => {
      this.#later = undefined;
      this.#announcedAt = performance.now();
      // A database that is away loses nothing: nodes look for themselves when they reconnect.
      this.#pool.query(this.#notify).catch(() => {});
    }, waitMs);
    return 'select 1';
  }

  get #notify(): string {
    return `select pg_notify('${channel}', '${this.#node}')`;
  }

  #session(client: pg.PoolClient, sent: SentQueries): LogSession {
    let kysely: Kysely<Schema> | undefined;
    return {
      get kysely() {
        kysely ??= kyselyOn(client);
        return kysely;
      },
      find: async (finds) => {
        const asked = finds.filter(({ keys }) => keys.length > 0);
        if (asked.length === 0) return finds.map(() => []);
        const shape = asked.map(({ table, columns, by }) => `${table} ${columns.length} ${Object.keys(by)}`).join();
        const { rows } = await client.query<{ found: Row[] }>(
          this.#prepared(`find ${shape}`, () => findText(asked), asked.map(keysText)),
        );
        const answers = new Map(asked.map((find, index) => [find, rows[index]?.found ?? []]));
        return finds.map((find) => answers.get(find) ?? []);
      },
      write: async (writes) => {
        const given = this.#planner.plan(writes);
        const last = this.#announcement();
        const shape = `write ${given.map((write) => write.shape).join()} ${last}`;
        const values = given.map(({ rows }) => JSON.stringify(rows));
        await sent.add(this.#prepared(shape, () => writeText(given, last), values));
      },
    };
  }

  /** PostgreSQL parses and plans a statement once for each name; its text is made once for each shape. */
  #prepared(shape: string, textOf: () => string, values: string[]): pg.QueryConfig {
    const known = this.#statements.get(shape);
    if (known) return { ...known, values };
    const made = { name: `log_${this.#statements.size}`, text: textOf() };
    this.#statements.set(shape, made);
    return { ...made, values };
  }
}

/**
 * Queries whose answers nobody has waited for yet. PostgreSQL refuses what follows a failed one within a transaction, commit
 * included, so it is enough to look at all answers in the end.
 */
class SentQueries {
  readonly #client: pg.PoolClient;
  #waiting: Promise<unknown>[] = [];

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  /** Sends, and waits for earlier answers only where many are outstanding. */
  async add(query: string | pg.QueryConfig): Promise<void> {
    const answer = this.#client.query(query);
    answer.catch(() => {}); // looked at in `answered`
    this.#waiting.push(answer);
    if (this.#waiting.length > mostOutstanding) await this.answered();
  }

  /** Throws the first failure. */
  async answered(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    await Promise.all(waiting);
  }
}

/** One row for each find, in their order: its rows as a JSON array of objects. */
function findText(finds: readonly KeyedFind[]): string {
  const parts = finds.map(({ table, columns, by }, index) => {
    const names = Object.keys(by);
    const match = names.map((name) => `t.${name} = k.${name}`).join(' and ');
    const cells = columns.map((column) => `t.${column}`).join(', ');
    const keys = `json_to_recordset($${index + 1}::json) as k (${declare(by)})`;
    const found = `select ${cells} from ${keys} join ${table} t on ${match}`;
    return `select ${index} as place, coalesce(json_agg(f), '[]') as found from (${found}) f`;
  });
  return `${parts.join(' union all ')} order by place`;
}

function keysText({ by, keys }: KeyedFind): string {
  const names = Object.keys(by).map((name) => JSON.stringify(name));
  const objects = keys.map(
    (key) => `{${names.map((name, index) => `${name}:${JSON.stringify(key[index] ?? null)}`).join()}}`,
  );
  return `[${objects.join()}]`;
}

/** Each write is a data-modifying CTE of one statement, which also announces the batch. */
function writeText(writes: readonly PlannedWrite[], last: string): string {
  const parts = writes.map(({ table, columns, names, replacing }, index) => {
    const list = names.join(', ');
    const given = Object.fromEntries(names.map((name) => [name, columns[name] ?? 'text']));
    const rows = `select ${list} from json_to_recordset($${index + 1}::json) as r (${declare(given)})`;
    return `write_${table} as (insert into ${table} (${list}) ${rows} ${replacing})`;
  });
  return `${parts.length === 0 ? '' : `with ${parts.join(', ')} `}${last}`;
}

function declare(columns: Columns): string {
  return Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');
}

/** Kysely over the one connection that holds the transaction. */
function kyselyOn(client: pg.PoolClient): Kysely<Schema> {
  const connection = { query: client.query.bind(client), release: () => {} };
  const pool = { connect: async () => connection, end: async () => {} };
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: pool as never }) }); // of a pool it uses just these two
}
