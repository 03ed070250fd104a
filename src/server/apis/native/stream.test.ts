import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { upTo } from '../../../../test/support/every-event.ts';
import { report } from '../../../../test/support/factories.ts';
import { freePort } from '../../../../test/support/free-port.ts';
import { RawStream } from '../../../../test/support/raw-stream.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { StreamReader } from '../../../../test/support/stream-reader.ts';

describe.each(databases)('the stream on $name', ({ name, create }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());

  const open = (query = '', headers = {}) =>
    RawStream.open(`${server.url}/api/events/stream${query}`, { 'x-api-key': server.adminToken, ...headers });
  const head = async () => (await server.client.record(report({ service: 'head' }))).position;

  test('tells each event as it is recorded, as the API shows it, and nothing from before', async () => {
    await head();
    using stream = await open();
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(stream.headers['cache-control']).toContain('no-store');
    const events = [
      await server.client.record(report({ service: 'live' })),
      await server.client.record(report({ service: 'live\n\ndata: x' })),
    ];
    await stream.holds(2);
    expect(stream.frames).toEqual(events.map((data) => ({ id: data.position, event: 'deployment', data })));
  });

  test.each([
    ['the header Last-Event-ID names', { query: '', header: true }],
    ['the parameter after names', { query: '?after=', header: false }],
    ['the header names, where both are given', { query: '?after=0', header: true }],
  ])('goes on after the event that %s', async (_, { query, header }) => {
    const before = await head();
    const { items } = await server.client.recordBatch([1, 2, 3].map(() => report({ service: 'resumed' })));
    const id = String(before + 1);
    using stream = await open(header ? query : `${query}${id}`, header ? { 'last-event-id': id } : {});
    await stream.holds(2);
    items.push(await server.client.record(report({ service: 'resumed' })));
    await stream.holds(3);
    expect(stream.frames.map(({ data }) => data)).toEqual(items.slice(1));
  });

  test('replays thousands of events to a client that was away for long', async () => {
    const before = await head();
    const batch = Array.from({ length: 1000 }, (_, index) =>
      report({ service: `many-${index % 10}`, ref: 'x'.repeat(250) }),
    );
    for (let round = 0; round < 3; round += 1) await server.client.recordBatch(batch);
    using stream = await open(`?after=${before}`);
    await stream.holds(3000);
    expect(stream.ids).toEqual(upTo(3000).map((index) => before + index));
    expect(stream.ended).toBe(false);
  });

  test('misses and repeats nothing for clients that come while much is being recorded', async () => {
    const before = await head();
    await server.client.recordBatch([report({ service: 'rush' }), report({ service: 'rush' })]);
    const writing = Promise.all(upTo(300).map(() => server.client.record(report({ service: 'rush' }))));
    const streams = await Promise.all(upTo(8).map((index) => open(`?after=${before + (index % 3)}`)));
    await writing;
    for (const [index, stream] of streams.entries()) {
      const skipped = (index + 1) % 3;
      await stream.holds(302 - skipped);
      expect(stream.ids).toEqual(
        upTo(302)
          .slice(skipped)
          .map((offset) => before + offset),
      );
      stream[Symbol.dispose]();
    }
  });

  test('repeats nothing to a client that comes from another node, which was told earlier', async () => {
    await using database = await create();
    await using first = await startTestServer({ database });
    await using second = await startTestServer({ database, adminToken: first.adminToken });
    const { items } = await first.client.recordBatch([report(), report(), report()]);
    using stream = await RawStream.open(`${second.url}/api/events/stream?after=2`, { 'x-api-key': first.adminToken });
    const last = await first.client.record(report());
    await stream.holds(2);
    expect(stream.frames.map(({ data }) => data)).toEqual([items[2], last]);
  });

  test('tells on every node what was recorded on any, each event once and in one order', async () => {
    await using database = await create();
    await using first = await startTestServer({ database });
    await using second = await startTestServer({ database, adminToken: first.adminToken });
    const headers = { 'x-api-key': first.adminToken };
    using here = await RawStream.open(`${first.url}/api/events/stream`, headers);
    using there = await RawStream.open(`${second.url}/api/events/stream`, headers);
    for (let turn = 0; turn < 6; turn += 1) {
      await first.client.record(report());
      await second.client.record(report());
    }
    await Promise.all([here.holds(12), there.holds(12)]);
    expect(here.ids).toEqual(upTo(12));
    expect(there.frames).toEqual(here.frames);
    expect((await first.client.matrix()).rows).toEqual((await second.client.matrix()).rows);
  });

  test('tells of one service where it is asked to, replayed or live', async () => {
    const before = await head();
    await server.client.recordBatch([report({ service: 'chosen' }), report({ service: 'other' })]);
    using stream = await open(`?service=chosen&after=${before}`);
    await stream.holds(1);
    await server.client.recordBatch([report({ service: 'other' }), report({ service: 'chosen' })]);
    await stream.holds(2);
    expect(stream.ids).toEqual([before + 1, before + 4]);
  });

  test.each(['abc', '-1', '1.5', '1e3', '9'.repeat(30), '1, 2'])('refuses the Last-Event-ID %s', async (id) => {
    const answer = await ask(server, 'GET /api/events/stream', { headers: { 'last-event-id': id } });
    expect([answer.status, pointersOf(answer)]).toEqual([422, ['/Last-Event-ID']]);
  });

  test.each([
    ['after=abc', '/after'],
    ['service=', '/service'],
    ['servise=a', '/servise'],
  ])('refuses the parameter %s', async (query, pointer) => {
    const answer = await ask(server, `GET /api/events/stream?${query}`);
    expect([answer.status, pointersOf(answer)]).toEqual([422, [pointer]]);
  });

  test('is not begun for whoever asks for its headers only', async () => {
    const answer = await ask(server, 'HEAD /api/events/stream');
    expect([200, 404]).toContain(answer.status);
    const { text } = await ask(server, 'GET /metrics');
    await expect
      .poll(async () => /^shiplog_stream_clients (\d+)$/m.exec((await ask(server, 'GET /metrics')).text)?.[1] ?? text)
      .toBe('0');
  });

  test('waits for what comes where the client claims to have seen more than there is', async () => {
    const before = await head();
    using stream = await open(`?after=${before + 1_000_000}`);
    await server.client.record(report({ service: 'from-elsewhere' }));
    await stream.holds(1);
    expect(stream.ids).toEqual([before + 1]);
  });

  test('ends when the server stops, and goes on where it was when the server is back', async () => {
    await using database = await create();
    const port = await freePort();
    const settings = { database, port, adminToken: 'admin-token-of-both' };
    const first = await startTestServer(settings);
    await using reader = new StreamReader(first.client);
    await first.client.recordBatch([report(), report()]);
    await reader.reaches(2);
    await first.stop();
    await using second = await startTestServer(settings);
    // As a pipeline does: again, until a connection of before the stop is no longer in the way.
    const more = [report(), report()];
    const send = () => second.client.recordBatch(more, { idempotencyKey: 'more' }).catch(() => undefined);
    await expect.poll(send).toMatchObject({ accepted: 2 });
    await reader.reaches(4);
    expect(reader.positions).toEqual([1, 2, 3, 4]);
  });
});
