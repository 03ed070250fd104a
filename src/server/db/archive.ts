import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { access, open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip, type Gzip } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { ShiplogFault } from '../errors.ts';
import { type ArchiveHeader, ArchiveSum, readArchive } from './archive-format.ts';
import type { Cell, Columns, Database, LogSession, Row } from './database.ts';
import { newEpoch } from './epoch.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/migrations.ts';
import type { Schema } from './schema.ts';

export interface ArchiveResult {
  readonly rows: number;
  readonly events: number;
}

export type ArchiveProgress = (rows: number) => void;

/**
 * Every table, those that others refer to first. Sessions are left out: a restored server asks people to sign in. So is what
 * changes were shipped by: it is made anew of log and commits.
 */
const tables = [
  'users',
  'groups',
  'projects',
  'project_counters',
  'project_redirects',
  'environments',
  'environment_ref_rules',
  'tokens',
  'events',
  'deployments',
  'slots',
  'waits',
  'promotions',
  'deployment_requests',
  'idempotency_keys',
  'outbox',
  'members',
  'protected_environments',
  'protection_rules',
  'deployment_approvals',
  'freeze_periods',
  'commit_statuses',
  'hooks',
  'hook_deliveries',
  'incoming_secrets',
  'incoming_deliveries',
  'repositories',
  'project_repositories',
  'commits',
  'commit_notes',
  'path_commits',
  'repository_tags',
  'changes',
  'audit_entries',
  'fetcher_states',
  'retention_settings',
  'log_head',
] as const satisfies (keyof Schema)[];

const pageSize = 1000;

/**
 * Writes everything, as it is at one moment, to a new file, and reads it back to verify it. The server may go on
 * running. Throws `conflict` where the file exists.
 */
export async function writeArchive(
  database: Database,
  path: string,
  onProgress: ArchiveProgress,
): Promise<ArchiveResult> {
  if (await exists(path)) throw new ShiplogFault('conflict', `${path} exists already.`);
  const partial = `${path}.partial`;
  try {
    await writePartial(database, partial, onProgress);
    const result = await verifyArchive(partial);
    await rename(partial, path);
    return result;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Reads an archive through. Throws `archive_invalid`. */
export async function verifyArchive(path: string): Promise<ArchiveResult & { readonly migrations: number }> {
  let [rows, events, known, table] = [0, 0, 0, ''];
  for await (const line of readArchive(path)) {
    if ('archive' in line) known = line.migrations;
    else if ('table' in line) table = line.table;
    else {
      rows += 1;
      if (table === 'events') events += 1;
    }
  }
  return { rows, events, migrations: known };
}

/**
 * Reads an archive into an empty database: whole or not at all. An archive of an older version is read into the schema
 * of that version, which is then migrated. Throws `archive_invalid`, `schema_newer` or `target_not_empty`.
 */
export async function readArchiveInto(
  database: Database,
  path: string,
  onProgress: ArchiveProgress,
): Promise<ArchiveResult> {
  const verified = await verifyArchive(path);
  if (verified.migrations > migrations.length) {
    throw new ShiplogFault(
      'schema_newer',
      'The archive was written by a newer version of Shiplog. Restore it with that one.',
    );
  }
  await migrate(database, migrations.slice(0, verified.migrations));
  await database.logTransaction(async (session) => {
    await refuseUnlessEmpty(session.kysely);
    let table: keyof Schema = 'users';
    let columns: Columns = {};
    let rows: Row[] = [];
    let done = 0;
    const write = async () => {
      await session.write([{ table, columns, rows, ...(table === 'log_head' ? { key: ['id'] } : {}) }]);
      done += rows.length;
      rows = [];
      onProgress(done);
    };
    for await (const line of readArchive(path)) {
      if ('archive' in line) continue;
      if ('table' in line) {
        await write();
        table = knownTable(line.table, path);
        columns = knownColumns(await columnsOf(session.kysely, table), line.columns, table, path);
      } else {
        const cells: readonly Cell[] = line;
        const names = Object.keys(columns);
        if (cells.length !== names.length)
          throw unknownContent(path, `a row of ${table} that does not fit its columns`);
        rows.push(Object.fromEntries(names.map((name, index) => [name, cells[index] ?? null])));
        if (rows.length === pageSize) await write();
      }
    }
    await write();
    await session.kysely.updateTable('log_head').set({ epoch: newEpoch() }).execute();
    await database.syncIdentities(session, await identityTables(session.kysely));
  });
  await migrate(database);
  return verified;
}

/** An archive names the tables of its version, all of which are still there. */
function knownTable(name: string, path: string): keyof Schema {
  const table = tables.find((known) => known === name);
  if (!table) throw unknownContent(path, `a table that is not known: ${name}`);
  return table;
}

/** Names of columns become SQL: an archive must name those that its version has, all of them and no other. */
function knownColumns(own: Columns, named: Columns, table: string, path: string): Columns {
  const names = Object.keys(named ?? {});
  const isSame = names.length === Object.keys(own).length && names.every((name) => Object.hasOwn(own, name));
  if (!isSame) throw unknownContent(path, `other columns of ${table} than its version has`);
  return Object.fromEntries(names.map((name) => [name, own[name] ?? 'text']));
}

function unknownContent(path: string, what: string): ShiplogFault {
  return new ShiplogFault('archive_invalid', `The archive ${path} has ${what}.`);
}

async function writePartial(database: Database, path: string, onProgress: ArchiveProgress): Promise<void> {
  const gzip = createGzip();
  const written = pipeline(gzip, createWriteStream(path, { mode: 0o600, flags: 'w' }));
  written.catch(() => {}); // `put` meets its error, or the end does
  const sum = new ArchiveSum();
  const header: ArchiveHeader = { archive: 'shiplog', format: 1, migrations: migrations.length };
  await put(gzip, sum, header);
  await database.snapshot(async (tx) => {
    for (const table of tables) {
      const columns = await columnsOf(tx, table);
      await put(gzip, sum, { table, columns });
      for await (const row of rowsOf(tx, table, Object.keys(columns))) {
        await put(gzip, sum, row);
        if (sum.rows % pageSize === 0) onProgress(sum.rows);
      }
    }
  });
  gzip.end(`${JSON.stringify(sum.footer())}\n`);
  await written;
  const handle = await open(path, 'r+');
  await handle.sync();
  await handle.close();
}

async function put(gzip: Gzip, sum: ArchiveSum, value: unknown): Promise<void> {
  const line = JSON.stringify(value);
  sum.add(line, Array.isArray(value));
  if (gzip.errored) throw gzip.errored;
  if (!gzip.write(`${line}\n`)) await once(gzip, 'drain');
}

/** Tables that give out ids of their own, of those that the archive's version has. */
async function identityTables(tx: Kysely<Schema>): Promise<(keyof Schema)[]> {
  const found = await tx.introspection.getTables();
  return tables.filter((table) =>
    found.some(({ name, columns }) => name === table && columns.some((column) => column.isAutoIncrementing)),
  );
}

async function columnsOf(tx: Kysely<Schema>, table: string): Promise<Columns> {
  const found = (await tx.introspection.getTables()).find(({ name }) => name === table);
  const columns = found?.columns ?? [];
  return Object.fromEntries(
    columns.map(({ name, dataType }) => [name, /int/i.test(dataType) ? 'bigint' : 'text'] as const),
  );
}

/** Rows in the order of the first column, which is unique or the first of a unique key, page by page. */
async function* rowsOf(tx: Kysely<Schema>, table: string, columns: readonly string[]): AsyncGenerator<Cell[]> {
  const order = primaryKeys[table] ?? columns.slice(0, 1);
  const list = sql.raw(columns.join(', '));
  const by = sql.raw(order.join(', '));
  let after: Cell[] | undefined;
  for (;;) {
    const from = after ? sql`where (${by}) > (${sql.join(after)})` : sql``;
    const { rows } =
      await sql<Row>`select ${list} from ${sql.raw(table)} ${from} order by ${by} limit ${sql.lit(pageSize)}`.execute(
        tx,
      );
    for (const row of rows) yield columns.map((name) => row[name] ?? null);
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = order.map((name) => last[name] ?? null);
  }
}

/** Where the first column alone does not order the rows. */
const primaryKeys: Readonly<Record<string, readonly string[]>> = {
  idempotency_keys: ['owner', 'key'],
  project_redirects: ['namespace', 'name'],
  promotions: ['parent_key', 'project_id', 'deployment_id'],
  commits: ['repository_id', 'n'],
  path_commits: ['repository_id', 'path', 'n'],
  repository_tags: ['repository_id', 'name'],
};

async function refuseUnlessEmpty(tx: LogSession['kysely']): Promise<void> {
  for (const table of ['events', 'projects', 'users', 'tokens'] as const) {
    const row = await tx.selectFrom(table).select(sql`1`.as('one')).limit(1).executeTakeFirst();
    if (row)
      throw new ShiplogFault(
        'target_not_empty',
        `The target database has ${table} already. Restore into an empty one.`,
      );
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
