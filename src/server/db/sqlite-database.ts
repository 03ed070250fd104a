import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import { databaseUnavailable } from '../errors.ts';
import { type PlannedWrite, WritePlanner } from './bulk-write.ts';
import { SqliteCheckpoints } from './checkpoints.ts';
import type { Database, KeyedFind, LogSession, Row } from './database.ts';
import { sqliteTypes } from './dialect.ts';
import { probeWrite } from './probe-write.ts';
import type { Schema } from './schema.ts';
import { SqliteHandle, sqliteBusy, sqliteUnavailable } from './sqlite-driver.ts';

const foreignCommitPollMs = 500;

/** While another process writes, this one waits in short turns, so that it goes on answering meanwhile. */
const busyWaitMs = 10;
const busyPauseMs = 20;
const busyLimitMs = 5000;

/**
 * Opens the file with two connections: one that writes, in one transaction at a time, and one that reads, so that a read
 * never sees what is not committed.
 */
export function openSqlite(path: string): Database {
  let writer: SqliteHandle;
  let reader: SqliteHandle;
  try {
    makeFolder(dirname(path));
    writer = new SqliteHandle(path);
    reader = new SqliteHandle(path, 'read');
  } catch (error) {
    throw sqliteUnavailable(error) || isFileError(error) ? databaseUnavailable(error) : error;
  }
  const write = new Kysely<Schema>({ dialect: new SqliteDialect({ database: writer }) });
  const read = new Kysely<Schema>({ dialect: new SqliteDialect({ database: reader }) });
  const watch = watchForeignCommits(writer);
  const checkpoints = new SqliteCheckpoints(path);
  const planner = new WritePlanner();

  writer.waitAtMost(busyWaitMs);
  const transaction: Database['transaction'] = async (work) => {
    const giveUpAt = performance.now() + busyLimitMs;
    for (;;) {
      try {
        return await write.transaction().execute(work);
      } catch (error) {
        // Only BEGIN IMMEDIATE can find the file busy, so nothing of the work was done.
        if (!sqliteBusy(error) || performance.now() > giveUpAt) throw error;
        await new Promise((resolve) => setTimeout(resolve, busyPauseMs));
      }
    }
  };
  return {
    columnTypes: sqliteTypes,
    read,
    transaction,
    // BEGIN IMMEDIATE makes a transaction the only writer of the file: the log lock itself.
    logTransaction: (work) => transaction((tx) => work(logSession(writer, tx, planner))),
    snapshot: (work) => read.transaction().execute(work),
    onCommit: (listener) => watch.listeners.add(listener),
    // An autoincrement column minds the rows itself.
    syncIdentities: async () => {},
    ping: () => transaction(probeWrite),
    isUnavailable: sqliteUnavailable,
    stop: async () => {
      clearInterval(watch.timer);
      await checkpoints.stop();
      await write.destroy();
      await read.destroy();
    },
  };
}

function logSession(handle: SqliteHandle, kysely: Kysely<Schema>, planner: WritePlanner): LogSession {
  return {
    kysely,
    find: async (finds) => finds.map((find) => findEach(handle, find)),
    write: async (writes) => {
      for (const write of planner.plan(writes)) writeEach(handle, write);
    },
  };
}

/** In one process a prepared statement a row beats any statement for many rows. */
function findEach(handle: SqliteHandle, { table, columns, by, keys }: KeyedFind): Row[] {
  if (keys.length === 0) return [];
  const condition = Object.keys(by)
    .map((column) => `${column} = ?`)
    .join(' and ');
  const statement = handle.prepare(`select ${columns.join(', ')} from ${table} where ${condition}`);
  return keys.flatMap((key) => statement.all(key));
}

function writeEach(handle: SqliteHandle, { table, names, rows, replacing }: PlannedWrite): void {
  const values = `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`;
  const statement = handle.prepare(`${values} ${replacing}`);
  for (const row of rows) statement.run(names.map((name) => row[name] ?? null));
}

/** data_version changes, for the connection that asks, exactly when another connection has committed. */
function watchForeignCommits(handle: SqliteHandle) {
  const listeners = new Set<() => void>();
  const statement = handle.prepare('pragma data_version');
  const version = () => statement.all([])[0]?.['data_version'];
  let last = version();
  const timer = setInterval(() => {
    let now = last;
    try {
      now = version();
    } catch {
      // A file that cannot be read at the moment: requests tell of it, and the next turn asks again.
    }
    if (now === last) return;
    last = now;
    for (const listener of listeners) listener();
  }, foreignCommitPollMs);
  timer.unref();
  return { listeners, timer };
}

/** Not mkdir's own recursion: where a file system refuses new folders with ENOENT, as /proc does, that never ends. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
