import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';

/** An empty database of a test's own, in the words of the settings. Ends with `await using` or `drop()`. */
export interface TestDatabase extends AsyncDisposable {
  readonly name: DatabaseName;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  drop(): Promise<void>;
}

export type DatabaseName = 'sqlite' | 'postgres';

interface DatabaseKind {
  readonly name: DatabaseName;
  create(): Promise<TestDatabase>;
}

const kinds: readonly DatabaseKind[] = [
  { name: 'sqlite', create: createSqlite },
  { name: 'postgres', create: createPostgres },
];

/**
 * Every database, for `describe.each(databases)('... on $name', ({ create }) => ...)`.
 * DATABASES=sqlite narrows it while working; the run says so.
 */
export const databases: readonly DatabaseKind[] = narrow(process.env['DATABASES']);

function narrow(wanted: string | undefined): readonly DatabaseKind[] {
  if (!wanted) return kinds;
  const names = wanted.split(',');
  const unknown = names.find((name) => !kinds.some((kind) => kind.name === name));
  if (unknown) throw new Error(`DATABASES: expected ${kinds.map(({ name }) => name).join(',')}, not "${unknown}"`);
  return kinds.filter(({ name }) => names.includes(name));
}

async function createSqlite(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'shiplog-test-'));
  return testDatabase('sqlite', dataDir, undefined, async () => {});
}

async function createPostgres(): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl');
  if (!serverUrl) throw new Error('No PostgreSQL was started: DATABASES leaves it out.');
  const dataDir = await mkdtemp(join(tmpdir(), 'shiplog-test-'));
  const name = `shiplog_test_${randomBytes(6).toString('hex')}`;
  await run(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return testDatabase('postgres', dataDir, url.href, () =>
    run(serverUrl, `drop database if exists ${name} with (force)`),
  );
}

function testDatabase(
  name: DatabaseName,
  dataDir: string,
  databaseUrl: string | undefined,
  end: () => Promise<void>,
): TestDatabase {
  const drop = async () => {
    await end();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { name, dataDir, databaseUrl, drop, [Symbol.asyncDispose]: drop };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
