import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';

const minuteMs = 60_000;
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();

describe.each(databases)('reporting a deployment on $name', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());

  test('answers 201 with where the event is and everything that was sent', async () => {
    const sent = {
      deployment_id: 'gh-4711',
      service: 'checkout',
      namespace: 'acme',
      environment: 'production',
      status: 'in-progress',
      happened_at: '2026-05-30T12:00:00.250+02:00',
      version: '1.2.3',
      run_url: 'https://ci.example/runs/4711?tab=log#step:3',
      run_number: '0042',
      actor: 'ada',
      ref: 'refs/heads/main',
      sha: 'not-even-hex',
      parent_deployments: ['gh-4709', 'gh-4710'],
    };
    const answer = await ask<DeploymentEvent>(server, 'POST /api/deployments', {
      body: sent,
      headers: { 'x-progress-reporter': 'shiplog/record' },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.body).toEqual({
      ...sent,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      position: expect.any(Number),
      deployment_number: expect.any(Number),
      happened_at: '2026-05-30T10:00:00.250Z',
      run_number: 42,
      progress_reporter: 'shiplog/record',
    });
    expect(answer.headers.get('location')).toBe(`/api/deployments/${answer.body.id}`);
    expect(await server.client.deployment(answer.body.id)).toEqual(answer.body);
  });

  test('needs no more than the five required fields, and answers no field that was not sent', async () => {
    const sent = {
      deployment_id: 'a',
      service: 'bare',
      environment: 'b',
      status: 'queued',
      happened_at: '2026-05-30T10:00:00Z',
    };
    const event = await server.client.record(sent);
    const { id, position, deployment_number } = event;
    expect(event).toEqual({ ...sent, id, position, deployment_number });
  });

  test('keeps letters of every script, the longest values and odd characters as they are', async () => {
    const sent = report({
      deployment_id: '🚢'.repeat(100),
      service: `${'ж'.repeat(127)}"`,
      environment: "\u202eproduction\\%_'",
      version: '1.0+😀\u0000'.replace('\u0000', '').padEnd(50, 'ß'),
      ref: '\ufeffrefs/heads/\u0301',
      actor: ' <b>ada</b>\t\n',
    });
    const event = await server.client.record(sent);
    expect(event).toMatchObject(sent);
    expect(await server.client.deployment(event.id)).toEqual(event);
    expect((await server.client.deployments({ service: sent.service, environment: sent.environment })).items).toEqual([
      event,
    ]);
  });

  test('takes a run number as a number too, zero and the largest included', async () => {
    for (const run_number of [0, 2_147_483_647, '2147483647', '0']) {
      const event = await server.client.record(report({ service: 'run-numbers', run_number }));
      expect(event.run_number).toBe(Number(run_number));
    }
  });

  test.each(['pending', 'waiting', 'queued', 'in-progress', 'success', 'failure', 'cancelled', 'rejected'])(
    'takes the status %s',
    async (status) => {
      expect(await server.client.record(report({ service: 'statuses', status }))).toMatchObject({ status });
    },
  );

  test.each([
    ['2026-05-30t10:00:00z', '2026-05-30T10:00:00Z'],
    ['2026-05-30T10:00:00.123456789Z', '2026-05-30T10:00:00.123Z'],
    ['2026-05-30T23:30:00-01:30', '2026-05-31T01:00:00Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
    ['1970-01-01T00:00:00.001Z', '1970-01-01T00:00:00.001Z'],
  ])('reads the moment %s as %s', async (happened_at, expected) => {
    expect((await server.client.record(report({ service: 'moments', happened_at }))).happened_at).toBe(expected);
  });

  test('says nothing of a clock that is up to five minutes ahead', async () => {
    const event = await server.client.record(report({ service: 'skew', happened_at: fromNow(4.5 * minuteMs) }));
    expect(event).not.toHaveProperty('clock_skew');
  });

  test('marks an event whose clock is further ahead, up to a day', async () => {
    for (const ahead of [6, 23 * 60]) {
      const event = await server.client.record(report({ service: 'skew', happened_at: fromNow(ahead * minuteMs) }));
      expect(event.clock_skew).toBe(true);
      expect(await server.client.deployment(event.id)).toEqual(event);
    }
  });

  test('treats an empty list of parents as none', async () => {
    expect(await server.client.record(report({ parent_deployments: [] }))).not.toHaveProperty('parent_deployments');
    const parents = Array.from({ length: 32 }, (_, index) => `parent-${index}`);
    expect((await server.client.record(report({ parent_deployments: parents }))).parent_deployments).toEqual(parents);
  });

  test('records the same event twice as two rows, and the matrix does not move', async () => {
    const sent = report({ service: 'twice', status: 'in-progress' });
    const first = await server.client.record(sent);
    const before = await ask(server, 'GET /api/matrix');
    const second = await server.client.record(sent);
    const after = await ask(server, 'GET /api/matrix');
    expect(second.id).not.toBe(first.id);
    expect(second.position).toBe(first.position + 1);
    expect((await server.client.deployments({ service: 'twice' })).items).toEqual([second, first]);
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
    expect(after.text).toBe(before.text);
  });

  test('gives positions without a gap to reports that arrive at the same instant', async () => {
    const events = await Promise.all(
      Array.from({ length: 60 }, () => server.client.record(report({ service: 'rush' }))),
    );
    const positions = events.map(({ position }) => position).sort((a, b) => a - b);
    expect(positions).toEqual(Array.from({ length: 60 }, (_, index) => (positions[0] ?? 0) + index));
    const byPosition = events.toSorted((a, b) => a.position - b.position).map(({ id }) => id);
    expect(byPosition).toEqual(byPosition.toSorted());
  });
});
