import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { ShiplogError } from '../../src/client/shiplog-error.ts';
import { startProxy } from '../support/cuttable-proxy.ts';
import { databases, type TestDatabase } from '../support/databases.ts';
import { everyEvent, upTo } from '../support/every-event.ts';
import { report } from '../support/factories.ts';
import { type SpawnedServer, spawnServer } from '../support/spawned-server.ts';
import { StreamReader } from '../support/stream-reader.ts';

const postgres = databases.filter(({ name }) => name === 'postgres');

describe.each(postgres)('two nodes on one $name', ({ create }) => {
  test('what is told to one is in the stream and the matrix of the other', async () => {
    await using database = await create();
    await using first = await spawnServer(database);
    await using second = await spawnServer(database);
    await using stream = new StreamReader(second.client);

    const event = await first.client.record(report({ service: 'checkout', environment: 'production' }));
    await stream.reaches(event.position);

    expect(stream.events).toEqual([event]);
    const { rows } = await second.client.matrix();
    expect(rows).toMatchObject([{ service: 'checkout', slots: { production: { current: event } } }]);
  });

  test('both streams tell all that is reported to either, in one order', async () => {
    await using database = await create();
    await using first = await spawnServer(database);
    await using second = await spawnServer(database);
    await using firstStream = new StreamReader(first.client);
    await using secondStream = new StreamReader(second.client);

    const nodes = Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? first : second));
    await Promise.all(nodes.map(({ client }, index) => client.record(report({ service: `service-${index % 11}` }))));
    await Promise.all([firstStream.reaches(400), secondStream.reaches(400)]);

    expect(firstStream.positions).toEqual(upTo(400));
    expect(secondStream.events).toEqual(firstStream.events);
  });

  test('a database that goes away is a 503 to come back to, and all goes on when it is back', async () => {
    await using database = await create();
    await using proxy = await startProxy(database.databaseUrl ?? '');
    await using server = await spawnServer({ ...database, databaseUrl: proxy.url });
    await using stream = new StreamReader(server.client);
    const before = await server.client.record(report());
    await stream.reaches(before.position);

    await proxy.cut();
    const refusal: unknown = await server.client.record(report()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ShiplogError);
    expect(refusal).toMatchObject({ status: 503, problem: { code: 'database_unavailable', status: 503 } });
    expect(refusal).toHaveProperty('retryAfterMs', expect.any(Number));
    await expect(server.client.deployments()).rejects.toMatchObject({ status: 503 });
    expect(await statusOf(server, '/readyz')).toBe(503);
    expect(await statusOf(server, '/healthz')).toBe(200);

    await proxy.mend();
    await expect.poll(() => statusOf(server, '/readyz')).toBe(200);
    const after = await server.client.record(report());
    expect(after.position).toBe(before.position + 1);
    expect(await everyEvent(server.client)).toEqual([before, after]);
    await stream.reaches(after.position);
    expect(stream.events).toEqual([before, after]);
  });
});

describe.each(databases)('starting on $name', ({ create }) => {
  test('four processes at once on an empty database all come up', { timeout: 60_000 }, async () => {
    await using database = await create();
    const started = await Promise.allSettled(upTo(4).map(() => spawnServer(database)));
    const servers = started.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    try {
      expect(started.filter(({ status }) => status === 'rejected')).toEqual([]);
      expect(await Promise.all(servers.map((server) => statusOf(server, '/readyz')))).toEqual([200, 200, 200, 200]);
      const events = await Promise.all(servers.map(({ client }) => client.record(report())));
      expect(events.map(({ position }) => position).sort()).toEqual([1, 2, 3, 4]);
    } finally {
      await Promise.all(servers.map((server) => server.kill('SIGKILL')));
    }
  });

  test('a database that is newer than the code is refused in words', async () => {
    await using database = await create();
    const server = await spawnServer(database);
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0 });
    await addMigrationOfTheFuture(database);

    const refusal: unknown = await spawnServer(database).catch((error: unknown) => error);

    expect(refusal).toMatchObject({ name: 'StartRefused', code: expect.any(Number) });
    expect(refusal).not.toHaveProperty('code', 0);
    expect(refusal).toHaveProperty('log', expect.stringMatching(/^.*newer version.*$/m));
    expect(refusal).toHaveProperty('log', expect.not.stringContaining('    at '));
  });
});

async function statusOf({ url }: SpawnedServer, path: string): Promise<number> {
  return (await fetch(`${url}${path}`)).status;
}

async function addMigrationOfTheFuture({ dataDir, databaseUrl }: TestDatabase): Promise<void> {
  const statement = "insert into schema_migrations (number, name) values (9999, 'of-the-future')";
  if (databaseUrl === undefined) {
    const database = new DatabaseSync(join(dataDir, 'shiplog.db'));
    database.exec(statement);
    database.close();
    return;
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}
