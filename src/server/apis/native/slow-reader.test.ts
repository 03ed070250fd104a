import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { startProxy } from '../../../../test/support/cuttable-proxy.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { RawStream } from '../../../../test/support/raw-stream.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

/** 500 reports, together a little less than the largest body. */
const largeBatch = () =>
  Array.from({ length: 500 }, () => report({ service: 'flood', run_url: `https://ci.example/${'x'.repeat(1800)}` }));

async function clientsOf(server: TestServer): Promise<number> {
  const { text } = await ask(server, 'GET /metrics');
  return Number(/^shiplog_stream_clients (\d+)$/m.exec(text)?.[1]);
}

describe.each(databases)('a stream whose reader is in trouble, on $name,', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());

  test('is dropped when it does not read, while those that read lose nothing', async () => {
    using reader = await RawStream.open(`${server.url}/api/events/stream`, { 'x-api-key': server.adminToken });
    const { hostname, port } = new URL(server.url);
    const sleeper = connect(Number(port), hostname).on('error', () => {});
    sleeper.write(`GET /api/events/stream HTTP/1.1\r\nHost: shiplog\r\nX-Api-Key: ${server.adminToken}\r\n\r\n`);
    await expect.poll(() => clientsOf(server)).toBe(2);
    sleeper.pause();

    let sent = 0;
    while ((await clientsOf(server)) === 2 && sent < 40) {
      await server.client.recordBatch(largeBatch());
      sent += 1;
    }

    expect(await clientsOf(server)).toBe(1);
    await reader.holds(sent * 500);
    expect(reader.ids.at(-1)).toBe((reader.ids[0] ?? 0) + reader.ids.length - 1);
    expect(reader.ended).toBe(false);
    sleeper.destroy();
  });

  test('is told everything even where much comes at the same instant', async () => {
    using reader = await RawStream.open(`${server.url}/api/events/stream`, { 'x-api-key': server.adminToken });
    await Promise.all(Array.from({ length: 4 }, () => server.client.recordBatch(largeBatch())));
    await reader.holds(2000);
    expect(reader.ended).toBe(false);
  });

  test('is forgotten when it leaves', async () => {
    const stream = await RawStream.open(`${server.url}/api/events/stream`, { 'x-api-key': server.adminToken });
    await expect.poll(() => clientsOf(server)).toBe(1);
    stream[Symbol.dispose]();
    await expect.poll(() => clientsOf(server)).toBe(0);
  });
});

describe.each(databases.filter(({ name }) => name === 'postgres'))('a stream on $name', ({ create }) => {
  test('ends rather than hangs where the database goes away before it has caught up', async () => {
    await using database = await create();
    await using proxy = await startProxy(database.databaseUrl ?? '');
    const before = await startTestServer({ database: { ...database, databaseUrl: proxy.url } });
    await before.client.record(report());
    await before.stop();
    // A server that has just started remembers no events: a replay must read the log.
    await using server = await startTestServer({ database: { ...database, databaseUrl: proxy.url } });
    await proxy.cut();
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(`GET /api/events/stream?after=0 HTTP/1.1\r\nHost: shiplog\r\nX-Api-Key: ${server.adminToken}\r\n\r\n`);
    socket.resume();
    await once(socket, 'close', { signal: AbortSignal.timeout(8000) });
  });
});
