import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import {
  deliveryScene,
  eventsOf,
  fails,
  hooks,
  hookTo,
  hourMs,
  minuteMs,
} from '../../../../test/support/delivery-scene.ts';
import { startReceiver } from '../../../../test/support/receiver.ts';
import type { TestServerOptions } from '../../../../test/support/server.ts';

describe.each(databases)('failed deliveries on $name', ({ name }) => {
  const scene = (options: TestServerOptions = {}) => deliveryScene({ database: name, ...options });

  test('are tried again for three days, under one uuid, and then given up', async () => {
    const log: string[] = [];
    await using stage = await scene({ log });
    stage.receiver.answer = fails(500);
    await stage.deployed();
    await stage.run();
    const waits = [5000, 5 * minuteMs, 30 * minuteMs, ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hourMs)];
    for (const [index, waitMs] of waits.entries()) {
      expect(stage.receiver.received).toHaveLength(index + 1);
      const failedAt = stage.clock.now;
      stage.clock.now = failedAt + waitMs * 0.89;
      await stage.run();
      expect(stage.receiver.received).toHaveLength(index + 1);
      stage.clock.now = failedAt + waitMs * 1.11;
      await stage.run();
    }
    expect(stage.receiver.received).toHaveLength(10);
    stage.clock.now += 100 * hourMs;
    await stage.run();
    expect(stage.receiver.received).toHaveLength(10);
    expect(new Set(stage.receiver.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    const [event] = await eventsOf(stage.server, stage.hook);
    expect(event).toMatchObject({ attempts: 10, next_attempt_at: null, delivered_at: null, response_status: '500' });
    expect(event?.error).toBe('The answer was 500. Given up after 10 attempts.');
    expect(log.filter((line) => line.includes('given up'))).toHaveLength(1);
    const metrics = await ask(stage.server, 'GET /metrics');
    expect(metrics.text).toContain('shiplog_webhook_attempts_total{outcome="given_up"} 1');
    expect(metrics.text).toContain('shiplog_webhook_attempts_total{outcome="failed"} 9');
  });

  test('of one deployment do not keep back those of another', async () => {
    await using stage = await scene();
    stage.receiver.answer = (response, _, index) => void response.writeHead(index === 0 ? 503 : 200).end();
    await stage.deployed({ version: 'a', status: 'in-progress' });
    await stage.deployed({ version: 'b', status: 'success' });
    await stage.run();
    stage.clock.now += 6000;
    await stage.run();
    const told = stage.receiver.received.map(({ json }) => json['status']);
    expect(told).toEqual(['running', 'success', 'running']);
    expect((await eventsOf(stage.server, stage.hook)).map(({ response_status }) => response_status)).toEqual([
      '200',
      '200',
    ]);
  });

  test('of one deployment wait for those before them, whatever fails, and hold back no other', async () => {
    await using stage = await scene();
    stage.receiver.answer = (response, { json }) =>
      void response.writeHead(json['status'] === 'running' ? 503 : 200).end();
    const id = { deployment_id: 'of-three-statuses' };
    await stage.deployed({ ...id, status: 'in-progress' });
    await stage.deployed({ ...id, status: 'success' });
    await stage.deployed({ status: 'failure' });
    const told = () => stage.receiver.received.map(({ json }) => json['status']);
    await stage.run();
    expect(told()).toEqual(['running', 'failed']);
    stage.clock.now += 6000;
    await stage.run();
    expect(told()).toEqual(['running', 'failed', 'running']);
    stage.receiver.answer = (response) => void response.end();
    stage.clock.now += 6 * minuteMs;
    await stage.run();
    expect(told()).toEqual(['running', 'failed', 'running', 'running', 'success']);
  });

  test('of one deployment go on when those before them are given up', async () => {
    await using stage = await scene();
    stage.receiver.answer = (response, { json }) =>
      void response.writeHead(json['status'] === 'running' ? 500 : 200).end();
    const id = { deployment_id: 'of-two-statuses' };
    await stage.deployed({ ...id, status: 'in-progress' });
    await stage.deployed({ ...id, status: 'success' });
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await stage.run();
      expect(stage.receiver.received.every(({ json }) => json['status'] === 'running')).toBe(attempt < 9);
      stage.clock.now += 30 * hourMs;
    }
    expect(stage.receiver.received.map(({ json }) => json['status'])).toEqual([
      ...Array(10).fill('running'),
      'success',
    ]);
  });

  test('of hooks that wait do not take the place of those of another hook', async () => {
    await using stage = await scene();
    for (let hook = 2; hook <= 8; hook += 1) await hookTo(stage.server, `${stage.receiver.url}/${hook}`);
    await hookTo(stage.server, `${stage.receiver.url}/healthy`);
    stage.receiver.answer = (response, { path }) => void response.writeHead(path === '/healthy' ? 200 : 503).end();
    const id = { deployment_id: 'of-nine-hooks' };
    await stage.deployed({ ...id, status: 'in-progress' });
    await stage.run();
    await stage.deployed({ ...id, status: 'success' });
    await stage.run();
    expect(stage.receiver.received).toHaveLength(10);
    expect(stage.receiver.received.at(-1)).toMatchObject({ path: '/healthy', json: { status: 'success' } });
  });

  test('wait as long as a busy receiver asks', async () => {
    await using stage = await scene();
    stage.receiver.answer = fails(429, { 'retry-after': '600' });
    await stage.deployed();
    await stage.run();
    stage.clock.now += 590_000;
    await stage.run();
    expect(stage.receiver.received).toHaveLength(1);
    stage.clock.now += 10_000;
    await stage.run();
    expect(stage.receiver.received).toHaveLength(2);
  });

  test('end where the receiver is gone, with those that wait', async () => {
    await using stage = await scene();
    stage.receiver.answer = (response, _, index) => void response.writeHead(index === 0 ? 500 : 410).end();
    await stage.deployed();
    await stage.run();
    await stage.deployed();
    await stage.run();
    stage.clock.now += 100 * hourMs;
    await stage.run();
    expect(stage.receiver.received).toHaveLength(2);
    const events = await eventsOf(stage.server, stage.hook);
    expect(events.map(({ next_attempt_at }) => next_attempt_at)).toEqual([null, null]);
    expect(events.map(({ error }) => error)).toEqual([
      'The answer was 410. Given up after 1 attempt.',
      expect.stringContaining('it is gone'),
    ]);
  });

  test('do not follow a redirect', async () => {
    await using elsewhere = await startReceiver();
    await using stage = await scene();
    stage.receiver.answer = fails(307, { location: elsewhere.url });
    await stage.deployed();
    await stage.run();
    expect(elsewhere.received).toHaveLength(0);
    const [event] = await eventsOf(stage.server, stage.hook);
    expect(event).toMatchObject({ response_status: '307', error: 'The answer was 307: redirects are not followed.' });
    expect(event?.next_attempt_at).not.toBeNull();
  });

  test('to a port where nobody listens fail in words', async () => {
    await using stage = await scene();
    await stage.receiver[Symbol.asyncDispose]();
    await stage.deployed();
    await stage.run();
    expect((await eventsOf(stage.server, stage.hook))[0]?.error).toBe('The connection was refused.');
    stage.receiver[Symbol.asyncDispose] = async () => {};
  });

  test('are sent again when somebody asks, under the same uuid, and then wait no longer', async () => {
    await using stage = await scene();
    stage.receiver.answer = fails(500);
    await stage.deployed();
    await stage.run();
    const [event] = await eventsOf(stage.server, stage.hook);
    const resend = () => ask(stage.server, `POST ${hooks}/${stage.hook}/events/${event?.id}/resend`);
    expect(await resend()).toMatchObject({ status: 422, body: { message: 'The answer was 500.' } });
    stage.receiver.answer = fails(202);
    expect(await resend()).toMatchObject({ status: 201, body: { response_status: 202 } });
    stage.clock.now += hourMs;
    await stage.run();
    expect(stage.receiver.received).toHaveLength(3);
    expect(new Set(stage.receiver.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(await eventsOf(stage.server, stage.hook)).toHaveLength(3);
  });

  test('are not sent again by themselves once somebody did, although an attempt was under way', async () => {
    await using stage = await scene();
    const held: ServerResponse[] = [];
    stage.receiver.answer = (response) => void held.push(response);
    await stage.deployed();
    const running = stage.run();
    await expect.poll(() => held.length).toBe(1);
    stage.receiver.answer = fails(202);
    const [event] = await eventsOf(stage.server, stage.hook);
    const resent = await ask(stage.server, `POST ${hooks}/${stage.hook}/events/${event?.id}/resend`);
    expect(resent.body).toEqual({ response_status: 202 });
    held[0]?.writeHead(500).end();
    await running;
    stage.clock.now += hourMs;
    await stage.run();
    expect(stage.receiver.received).toHaveLength(2);
    expect((await eventsOf(stage.server, stage.hook))[1]).toMatchObject({
      response_status: '500',
      next_attempt_at: null,
    });
  });
});
