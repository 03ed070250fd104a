import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import type { BatchAnswer } from '../../../contract/deployment-event.ts';

const small = (index: number) => ({
  deployment_id: `d${index % 300}`,
  service: `s${index % 20}`,
  environment: 'production',
  status: 'success',
  happened_at: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
});

describe.each(databases)('a batch of reports on $name', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());
  const eventsOf = async (service: string) => (await server.client.deployments({ service })).items;

  test('is stored in the order it was sent', async () => {
    const batch = ['queued', 'in-progress', 'success'].map((status) =>
      report({ service: 'ordered', deployment_id: 'run-1', status }),
    );
    const answer = await server.client.recordBatch(batch, { progressReporter: 'ci/batch' });
    expect(answer.accepted).toBe(3);
    expect(answer.items).toMatchObject(batch);
    expect(answer.items.every((event) => event.progress_reporter === 'ci/batch')).toBe(true);
    const [first = 0] = answer.items.map(({ position }) => position);
    expect(answer.items.map(({ position }) => position)).toEqual([first, first + 1, first + 2]);
  });

  test.each(['application/x-ndjson', 'application/ndjson', 'application/jsonl', 'application/x-ndjson; charset=utf-8'])(
    'may come as lines of %s',
    async (type) => {
      const lines = [report({ service: 'lines' }), report({ service: 'lines' })].map((line) => JSON.stringify(line));
      const answer = await ask<BatchAnswer>(server, 'POST /api/deployments/batch', {
        body: `${lines[0]}\r\n\n${lines[1]}\n`,
        headers: { 'content-type': type },
      });
      expect([answer.status, answer.body.accepted]).toEqual([201, 2]);
    },
  );

  test('takes 1,000 reports', async () => {
    const answer = await server.client.recordBatch(Array.from({ length: 1000 }, (_, index) => small(index)));
    expect(answer.accepted).toBe(1000);
    expect(new Set(answer.items.map(({ id }) => id)).size).toBe(1000);
  });

  test('refuses 1,001 reports as a whole', async () => {
    const batch = Array.from({ length: 1001 }, (_, index) => ({ ...small(index), service: 'too-many' }));
    const answer = await ask(server, 'POST /api/deployments/batch', { body: batch });
    expect([answer.status, pointersOf(answer)]).toEqual([422, ['']]);
    expect(await eventsOf('too-many')).toEqual([]);
  });

  test('stores nothing where one report is wrong, and says which and why', async () => {
    const batch = [
      report({ service: 'spoilt' }),
      report({ service: 'spoilt', status: 'done' }),
      { ...report({ service: 'spoilt' }), environment: undefined, extra: 1 },
      report({ service: 'spoilt', parent_deployments: ['a', 'a'] }),
    ];
    const answer = await ask(server, 'POST /api/deployments/batch', { body: batch });
    expect(answer.status).toBe(422);
    expect(pointersOf(answer)).toEqual(['/1/status', '/2/environment', '/2/extra', '/3/parent_deployments']);
    expect(await eventsOf('spoilt')).toEqual([]);
  });

  test('stores nothing where one report is from the future', async () => {
    const future = new Date(Date.now() + 2 * 86_400_000).toISOString();
    const batch = [report({ service: 'future' }), report({ service: 'future', happened_at: future })];
    const answer = await ask(server, 'POST /api/deployments/batch', { body: batch });
    expect([answer.status, pointersOf(answer)]).toEqual([422, ['/1/happened_at']]);
    expect(await eventsOf('future')).toEqual([]);
  });

  test('is told which line is broken', async () => {
    const body = `${JSON.stringify(report({ service: 'broken-line' }))}\n{"service":\n`;
    const answer = await ask(server, 'POST /api/deployments/batch', {
      body,
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect([answer.status, answer.body.code, pointersOf(answer)]).toEqual([422, 'body_malformed', ['/1']]);
    expect(await eventsOf('broken-line')).toEqual([]);
  });

  test.each([
    ['an empty array', '[]', 'application/json'],
    ['no line', '\n\n', 'application/x-ndjson'],
    ['one report that is no list', JSON.stringify(report()), 'application/json'],
  ])('that is %s is refused', async (_, body, type) => {
    const answer = await ask(server, 'POST /api/deployments/batch', { body, headers: { 'content-type': type } });
    expect([answer.status, pointersOf(answer)]).toEqual([422, ['']]);
  });

  test('moves the matrix as its reports would one by one', async () => {
    const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
    await server.client.recordBatch([
      report({ service: 'folded', deployment_id: 'b', status: 'in-progress', happened_at: at(5) }),
      report({ service: 'folded', deployment_id: 'a', status: 'success', happened_at: at(4), version: 'a' }),
      report({ service: 'folded', deployment_id: 'b', status: 'failure', happened_at: at(6), version: 'b' }),
    ]);
    const { rows } = await server.client.matrix({ service: 'folded' });
    expect(rows[0]?.slots['production']).toMatchObject({
      current: { status: 'failure', version: 'b' },
      last_successful: { version: 'a' },
    });
  });
});
