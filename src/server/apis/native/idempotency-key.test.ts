import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { RawStream } from '../../../../test/support/raw-stream.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

describe.each(databases)('a report with an Idempotency-Key on $name', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());
  /** Opens connections first, so that what follows arrives in one turn and is written in one transaction. */
  const atOnce = async <T>(requests: readonly (() => Promise<T>)[]) => {
    await Promise.all(requests.map(() => server.client.version()));
    return Promise.allSettled(requests.map((request) => request()));
  };
  const eventsOf = async (service: string) => (await server.client.deployments({ service })).items;

  test('is stored once and told once, however often it is sent', async () => {
    using stream = await RawStream.open(`${server.url}/api/events/stream?service=replayed`, {
      'x-api-key': server.adminToken,
    });
    const sent = report({ service: 'replayed' });
    const first = await ask(server, 'POST /api/deployments', { body: sent, headers: { 'idempotency-key': 'run 1' } });
    const again = await ask(server, 'POST /api/deployments', { body: sent, headers: { 'idempotency-key': 'run 1' } });
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(await eventsOf('replayed')).toEqual([first.body]);

    const other = await server.client.record(report({ service: 'replayed' }));
    await stream.holds(2);
    expect(stream.ids).toEqual([(first.body as unknown as { position: number }).position, other.position]);
  });

  test('is the same when its fields come in another order', async () => {
    const sent = report({ service: 'reordered' });
    const first = await server.client.record(sent, { idempotencyKey: 'reordered' });
    const turned = Object.fromEntries(Object.entries(sent).reverse()) as typeof sent;
    expect(await server.client.record(turned, { idempotencyKey: 'reordered' })).toEqual(first);
  });

  test('is refused when the key was used for something else', async () => {
    const sent = report({ service: 'other-body' });
    await server.client.record(sent, { idempotencyKey: 'taken' });
    const answer = await ask(server, 'POST /api/deployments', {
      body: { ...sent, version: '2' },
      headers: { 'idempotency-key': 'taken' },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.code).toBe('idempotency_key_reused');
    expect(pointersOf(answer)).toEqual(['/Idempotency-Key']);
    expect(await eventsOf('other-body')).toHaveLength(1);
  });

  test('is stored once when it arrives many times at the same instant', async () => {
    for (let round = 1; round <= 5; round += 1) {
      const [sent, key] = [report({ service: `at-once-${round}` }), `at once ${round}`];
      const send = () => server.client.record(sent, { idempotencyKey: key });
      const answers = await atOnce(Array.from({ length: 20 }, () => send));
      const ids = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.id : answer.reason));
      expect(new Set(ids).size).toBe(1);
      expect(await eventsOf(`at-once-${round}`)).toHaveLength(1);
    }
  });

  test('of two different ones at the same instant, one wins and the other is refused', async () => {
    for (let round = 1; round <= 5; round += 1) {
      const sent = report({ service: `race-${round}` });
      const send = (body: typeof sent) => () => server.client.record(body, { idempotencyKey: `race ${round}` });
      const outcomes = await atOnce([send(sent), send({ ...sent, version: 'other' })]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await eventsOf(`race-${round}`)).toHaveLength(1);
    }
  });

  test('does not meet the same key of another token', async () => {
    const { token } = await server.client.createToken({ name: 'second pipeline', scopes: ['record'] });
    const other = server.clientOf(token);
    const first = await server.client.record(report({ service: 'two-owners' }), { idempotencyKey: 'mine' });
    const second = await other.record(report({ service: 'two-owners' }), { idempotencyKey: 'mine' });
    expect(second.id).not.toBe(first.id);
    expect(await eventsOf('two-owners')).toHaveLength(2);
  });

  test('replays a batch as a whole', async () => {
    const batch = [report({ service: 'batch-replay' }), report({ service: 'batch-replay' })];
    const first = await server.client.recordBatch(batch, { idempotencyKey: 'batch' });
    await server.client.record(report({ service: 'between' }));
    expect(await server.client.recordBatch(batch, { idempotencyKey: 'batch' })).toEqual(first);
    await expect(server.client.recordBatch(batch.slice(1), { idempotencyKey: 'batch' })).rejects.toMatchObject({
      status: 422,
    });
    expect(await eventsOf('batch-replay')).toHaveLength(2);
  });

  test('does not spoil its neighbours where it is refused', async () => {
    await server.client.record(report({ service: 'neighbours' }), { idempotencyKey: 'spoilt' });
    const outcomes = await Promise.allSettled([
      server.client.record(report({ service: 'neighbours' })),
      server.client.record(report({ service: 'neighbours' }), { idempotencyKey: 'spoilt' }),
      server.client.record(report({ service: 'neighbours' })),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await eventsOf('neighbours')).toHaveLength(3);
  });

  test.each(['', ' ', 'x'.repeat(256)])('that is "%s", is refused', async (key) => {
    const answer = await ask(server, 'POST /api/deployments', { body: report(), headers: { 'idempotency-key': key } });
    expect([answer.status, pointersOf(answer)]).toEqual([422, ['/Idempotency-Key']]);
  });
});
