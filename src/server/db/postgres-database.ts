import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { databaseUnavailable } from '../errors.ts';
import type { BulkWrite, Cell, Columns, Database, KeyedFind, LogSession, Row } from './database.ts';
import { postgresTypes } from './dialect.ts';
import { PostgresListener } from './postgres-listener.ts';
import { postgresUnavailable } from './postgres-errors.ts';
import type { Schema } from './schema.ts';
import { replaceClause } from './sqlite-database.ts';

/** Names the log lock among advisory locks: "slog" in ASCII. */
const logLock = 0x736c6f67;
const channel = 'shiplog_log';

/** int8 and numeric arrive as text by default; all of ours fit a double exactly. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
      ? Number
      : pg.types.getTypeParser(oid, format as 'text'), // the declared overloads know each literal only
};

/** Connects lazily: a server may start while its database is away only as far as its migrations, which say so. */
export function openPostgres(connectionString: string): Database {
  const options = { connectionString, types, connectionTimeoutMillis: 5000, application_name: 'shiplog' };
  const pool = new pg.Pool({ ...options, max: 10, statement_timeout: 30_000, keepAlive: true });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  // Batches have a pool of one, so that no reader delays them and their prepared statements stay warm.
  const logPool = new pg.Pool({ ...options, max: 1, keepAlive: true });
  logPool.on('error', () => {});
  const read = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  const log = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: logPool }) });
  const listener = new PostgresListener(options, channel);

  return {
    columnTypes: postgresTypes,
    read,
    transaction: (work) => read.transaction().execute(work),
    logTransaction: (work) =>
      log.transaction().execute(async (tx) => {
        // Held until the end of the transaction: batches of all nodes commit one after the other.
        await sql`select pg_advisory_xact_lock(${sql.lit(logLock)})`.execute(tx);
        return work(logSession(tx));
      }),
    snapshot: (work) => read.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
    onForeignCommit: (callback) => listener.add(callback),
    announce: async ({ kysely }) => void (await sql`select pg_notify(${sql.lit(channel)}, '')`.execute(kysely)),
    syncIdentities: async ({ kysely }, tables) => {
      for (const table of tables) {
        await sql`select setval(pg_get_serial_sequence(${sql.lit(table)}, 'id'), max(id)) from ${sql.table(table)}`.execute(kysely);
      }
    },
    ping: async () => {
      try {
        await sql`select 1`.execute(read);
      } catch (error) {
        throw databaseUnavailable(error);
      }
    },
    isUnavailable: postgresUnavailable,
    stop: async () => {
      await listener.stop();
      await log.destroy();
      await read.destroy();
    },
  };
}

function logSession(kysely: Kysely<Schema>): LogSession {
  return {
    kysely,
    find: async (find, keys) => (keys.length === 0 ? [] : findAll(kysely, find, keys)),
    write: async (writes) => writeAll(kysely, writes.filter(({ rows }) => rows.length > 0)),
  };
}

/** One round trip for all keys: the keys travel as one array a column. */
async function findAll(db: Kysely<Schema>, { table, columns, by }: KeyedFind, keys: readonly (readonly Cell[])[]): Promise<Row[]> {
  const names = Object.keys(by);
  const lists = names.map((_, index) => keys.map((key) => key[index] ?? null));
  const match = names.map((name) => `t.${name} = k.${name}`).join(' and ');
  const select = columns.map((column) => `t.${column}`).join(', ');
  const query = sql<Row>`select ${sql.raw(select)} from ${sql.raw(table)} t join ${unnest(by, lists)} k (${sql.raw(names.join(', '))}) on ${sql.raw(match)}`;
  return (await query.execute(db)).rows;
}

/** One round trip for all tables: each write is a data-modifying CTE of one statement. */
async function writeAll(db: Kysely<Schema>, writes: readonly BulkWrite[]): Promise<void> {
  if (writes.length === 0) return;
  const parts = writes.map(({ table, columns, rows, key }) => {
    const names = Object.keys(columns);
    const lists = names.map((name) => rows.map((row) => row[name] ?? null));
    const conflict = key ? sql.raw(replaceClause(names, key)) : sql.raw('');
    return sql`${sql.raw(`write_${table}`)} as (insert into ${sql.raw(table)} (${sql.raw(names.join(', '))}) select * from ${unnest(columns, lists)} ${conflict})`;
  });
  await sql`with ${sql.join(parts)} select 1`.execute(db);
}

function unnest(columns: Columns, lists: readonly (readonly Cell[])[]) {
  const parts = Object.values(columns).map((type, index) => sql`${lists[index]}::${sql.raw(type)}[]`);
  return sql`unnest(${sql.join(parts)})`;
}
