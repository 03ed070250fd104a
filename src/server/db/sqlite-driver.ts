import { createRequire } from 'node:module';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { ShiplogFault } from '../errors.ts';
import type { Cell, Row } from './database.ts';

/** The part of `node:sqlite` used here; @photostructure/sqlite has the same shape for Node below 22.13. */
interface NativeDatabase {
  exec(sql: string): void;
  prepare(sql: string): NativeStatement;
  close(): void;
}
interface NativeStatement {
  all(...values: Cell[]): Row[];
  run(...values: Cell[]): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint };
  columns(): unknown[];
}
type NativeModule = {
  readonly DatabaseSync: new (path: string, options: { readonly timeout: number }) => NativeDatabase;
};

// A handle of @photostructure/sqlite 1.2.1 that is collected while open crashes the process: hold each until it is closed.
const openHandles = new Set<NativeDatabase>();

const pragmas = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  busy_timeout: 5000,
  // Pages; a thread of its own checkpoints long before (checkpoints.ts).
  wal_autocheckpoint: 16_000,
  // KiB where negative.
  cache_size: -32_000,
} as const;

const busyPauseMs = 20;
/** Nobody wakes it. */
const pause = new Int32Array(new SharedArrayBuffer(4));

/** One SQLite connection, durable on commit, with its prepared statements kept. Also what Kysely's SQLite dialect drives. */
export class SqliteHandle implements SqliteDatabase {
  readonly #native: NativeDatabase;
  readonly #statements = new Map<string, Statement>();
  readonly #begin: string;

  /**
   * Opens or creates the file. Transactions are for writing, unless `use` says that they only read: those hold nobody up.
   * Throws where a pragma does not hold, since durability hangs on them.
   */
  constructor(path: string, use: 'write' | 'read' = 'write') {
    const { DatabaseSync } = loadNativeModule();
    // A write transaction that begins deferred, as Kysely's do, and upgrades later cannot wait for its turn.
    this.#begin = use === 'write' ? 'begin immediate' : 'begin';
    this.#native = new DatabaseSync(path, { timeout: pragmas.busy_timeout });
    openHandles.add(this.#native);
    // Drivers reopen a WAL database with synchronous=NORMAL, silently: set each on every open and read it back.
    for (const [name, value] of Object.entries(pragmas)) {
      this.#set(name, value);
      const [row] = this.#native.prepare(`pragma ${name}`).all();
      const actual = row && Object.values(row)[0];
      if (actual !== value)
        throw new ShiplogFault('database_unavailable', `SQLite did not take ${name} = ${value}; it is ${actual}.`);
    }
  }

  /**
   * Processes that turn a new file to WAL at the same time are refused without waiting, as each would wait for the other:
   * the one that was refused tries again.
   */
  #set(name: string, value: string | number): void {
    const giveUpAt = performance.now() + pragmas.busy_timeout;
    for (;;) {
      try {
        return this.#native.exec(`pragma ${name} = ${value}`);
      } catch (error) {
        if (!sqliteBusy(error) || performance.now() > giveUpAt) throw error;
        Atomics.wait(pause, 0, 0, busyPauseMs);
      }
    }
  }

  /** How long a statement may wait for another process, standing still with all of this one. */
  waitAtMost(ms: number): void {
    this.#native.exec(`pragma busy_timeout = ${ms}`);
  }

  prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = new Statement(this.#native.prepare(sql === 'begin' ? this.#begin : sql), sql);
    if (this.#statements.size > 500) this.#statements.clear();
    this.#statements.set(sql, statement);
    return statement;
  }

  close(): void {
    if (!openHandles.delete(this.#native)) return;
    this.#statements.clear();
    this.#native.close();
  }
}

class Statement implements SqliteStatement {
  readonly reader: boolean;
  readonly #native: NativeStatement;
  readonly #sql: string;

  constructor(native: NativeStatement, sql: string) {
    this.#native = native;
    this.#sql = sql;
    this.reader = native.columns().length > 0;
  }

  all(values: readonly unknown[]): Row[] {
    return this.#native.all(...cells(values));
  }

  run(values: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    try {
      return this.#native.run(...cells(values));
    } catch (error) {
      // A commit that fails, as on a full disk, has rolled back by itself; its own error is the one to tell.
      if (this.#sql === 'rollback' && String(error).includes('no transaction is active'))
        return { changes: 0, lastInsertRowid: 0 };
      throw error;
    }
  }

  *iterate(values: readonly unknown[]): IterableIterator<Row> {
    yield* this.all(values);
  }
}

/** Refuses what SQLite would store as something else: a Date or NaN becomes NULL, a boolean cannot be bound. */
function cells(values: readonly unknown[]): Cell[] {
  for (const value of values) {
    if (value !== null && typeof value !== 'string' && !Number.isFinite(value)) {
      throw new TypeError(
        `SQLite stores text, numbers and null, not ${typeof value === 'number' ? value : typeof value}.`,
      );
    }
  }
  return values as Cell[]; // each was just checked
}

function loadNativeModule(): NativeModule {
  const require = createRequire(import.meta.url);
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const builtIn = major > 22 || (major === 22 && minor >= 13);
  const load = () => require(builtIn ? 'node:sqlite' : '@photostructure/sqlite') as NativeModule; // untyped by either
  return major === 22 ? withoutWarnings(load) : load();
}

/** Node 22 says on standard error at each start that its SQLite is an experiment: nothing that users could act on. */
function withoutWarnings<T>(work: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Another process is writing. */
export function sqliteBusy(error: unknown): boolean {
  return primaryCode(error) === 5;
}

/** SQLite's primary result codes for a database that is away, full, locked or broken. */
const unavailableCodes: ReadonlySet<number> = new Set([5, 6, 8, 10, 11, 13, 14, 15, 26]);

export function sqliteUnavailable(error: unknown): boolean {
  return unavailableCodes.has(primaryCode(error));
}

function primaryCode(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
}
