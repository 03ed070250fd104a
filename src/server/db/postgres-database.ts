import { randomUUID } from 'node:crypto';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Database } from './database.ts';
import { postgresTypes } from './dialect.ts';
import { postgresUnavailable } from './postgres-errors.ts';
import { PostgresListener } from './postgres-listener.ts';
import { channel, PostgresLog } from './postgres-log.ts';
import { probeWrite } from './probe-write.ts';
import type { Schema } from './schema.ts';

/** int8 and numeric arrive as text by default; all of ours fit a double exactly. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
      ? Number
      : pg.types.getTypeParser(oid, format as 'text'), // the declared overloads know each literal only
};

/** Connects when first used; a pool replaces each connection that breaks. */
export function openPostgres(connectionString: string): Database {
  const options = {
    connectionString,
    types,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    application_name: 'shiplog',
  };
  const pool = new pg.Pool({ ...options, max: 10, statement_timeout: 30_000 });
  // Without a listener the end of an idle connection would end the process.
  pool.on('error', () => {});
  // Nor one that breaks while somebody has it, between two statements: the next statement tells them.
  pool.on('connect', (client) => client.on('error', () => {}));
  const read = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  // Reading back what this node has just written would cost more than writing it.
  const node = randomUUID();
  const log = new PostgresLog(options, node);
  const listener = new PostgresListener(options, channel, node);

  return {
    columnTypes: postgresTypes,
    read,
    transaction: (work) => read.transaction().execute(work),
    logTransaction: (work) => log.transaction(work),
    snapshot: (work) =>
      read.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
    onCommit: (callback) => listener.add(callback),
    syncIdentities: async ({ kysely }, tables) => {
      for (const table of tables) {
        await sql`select setval(pg_get_serial_sequence(${sql.lit(table)}, 'id'), max(id)) from ${sql.table(table)}`.execute(
          kysely,
        );
      }
    },
    ping: () => read.transaction().execute(probeWrite),
    isUnavailable: postgresUnavailable,
    stop: async () => {
      await listener.stop();
      await log.stop();
      await read.destroy();
    },
  };
}
