import type { Kysely } from 'kysely';
import type { ColumnTypes } from './dialect.ts';
import type { Schema } from './schema.ts';

/** A value both databases can store as it is. */
export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;
/** A row to write: what it leaves out is NULL, which spares writing and reading the word. */
export type NewRow = Readonly<Record<string, Cell | undefined>>;
export type CellType = 'bigint' | 'text';
export type Columns = Readonly<Record<string, CellType>>;

/** Rows of one table found by the values of some of its columns, in any order. */
export interface KeyedFind {
  readonly table: keyof Schema;
  readonly columns: readonly string[];
  readonly by: Columns;
  /** Each holds a value for each column of `by`. */
  readonly keys: readonly (readonly Cell[])[];
}

/** Rows to put into one table; where a row with the same `key` stands already, `key` decides what happens. */
export interface BulkWrite {
  readonly table: keyof Schema;
  readonly columns: Columns;
  readonly rows: readonly NewRow[];
  /** Absent: insert only. Given: a row with these columns alike is replaced. */
  readonly key?: readonly string[];
  /** Columns that never change once a row is there: their indexes are not touched again. */
  readonly fixed?: readonly string[];
  /** Columns that hardly any row gives: a statement that does not name them costs less. */
  readonly rare?: readonly string[];
}

/** What a transaction on the log can do quickly, whatever the database. */
export interface LogSession {
  readonly kysely: Kysely<Schema>;
  /** The rows that each find asks for, all in one round trip. */
  find(finds: readonly KeyedFind[]): Promise<Row[][]>;
  /** Carries all writes out together, and tells the other nodes. A table may occur once; a key may occur once in its rows. */
  write(writes: readonly BulkWrite[]): Promise<void>;
}

/** The two databases behind one face. Only this folder knows which it is. */
export interface Database {
  readonly columnTypes: ColumnTypes;
  /** Committed data only. */
  readonly read: Kysely<Schema>;
  /** Runs `work` in one transaction; nothing but the database may be awaited in it. */
  transaction<T>(work: (tx: Kysely<Schema>) => Promise<T>): Promise<T>;
  /** The same, alone in the whole installation: positions are given out here, so their order is commit order. */
  logTransaction<T>(work: (session: LogSession) => Promise<T>): Promise<T>;
  /** A read-only transaction that sees one moment, for backups. */
  snapshot<T>(work: (tx: Kysely<Schema>) => Promise<T>): Promise<T>;
  /** Calls back soon after a log transaction of another process. */
  onCommit(listener: () => void): void;
  /** After rows were written with ids of their own: makes the next given id larger than all of them. */
  syncIdentities(session: LogSession, tables: readonly (keyof Schema)[]): Promise<void>;
  /** Writes a little. Throws the driver's error where nothing can be stored. */
  ping(): Promise<void>;
  /** Whether a driver's error means that the database cannot serve now, rather than that we asked for something wrong. */
  readonly isUnavailable: (error: unknown) => boolean;
  stop(): Promise<void>;
}
