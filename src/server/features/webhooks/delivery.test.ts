import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { type Received, type Receiver, startReceiver } from '../../../../test/support/receiver.ts';
import { startTestServer, type TestServer, type TestServerOptions } from '../../../../test/support/server.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const start = Date.parse('2026-06-01T08:00:00Z');
const hooks = '/api/v4/projects/shop%2Fcheckout/hooks' as const;

interface ShownEvent {
  readonly id: number;
  readonly attempts: number;
  readonly error: string | null;
  readonly response_status: string | null;
  readonly next_attempt_at: string | null;
  readonly [name: string]: unknown;
}

function only({ received }: Receiver): Received {
  const [first, ...rest] = received;
  if (!first || rest.length > 0) throw new Error(`Expected one request, not ${received.length}.`);
  return first;
}

describe.each(databases)('deliveries to hooks on $name', ({ name, create }) => {
  const started = (options: TestServerOptions) =>
    startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'], ...options });

  async function hookTo(server: TestServer, url: string, more: object = {}): Promise<number> {
    const body = { url, deployment_events: true, token: 'receiver-secret', ...more };
    const made = await ask<{ id: number }>(server, `POST ${hooks}`, { body });
    expect(made.status).toBe(201);
    return made.body.id;
  }

  async function eventsOf(server: TestServer, hook: number): Promise<ShownEvent[]> {
    return (await ask<ShownEvent[]>(server, `GET ${hooks}/${hook}/events`)).body;
  }

  function deploy(server: TestServer, more: Partial<Parameters<typeof report>[0]> = {}) {
    return server.client.record(report({ namespace: 'shop', service: 'checkout', environment: 'production', ...more }));
  }

  /** A server with a project, a receiver, a hook to it, and a time that the test sets. */
  async function scene(options: TestServerOptions = {}) {
    const clock = { now: start };
    const receiver = await startReceiver();
    const server = await started({ clock: () => clock.now, ...options });
    await deploy(server, { status: 'pending', happened_at: new Date(start).toISOString() });
    const hook = await hookTo(server, receiver.url);
    const run = () => server.context.dispatcher.runOnce();
    await run();
    return {
      clock,
      receiver,
      server,
      hook,
      run,
      deployed: (more = {}) => deploy(server, { happened_at: new Date(clock.now).toISOString(), ...more }),
      async [Symbol.asyncDispose]() {
        await server.stop();
        await receiver[Symbol.asyncDispose]();
      },
    };
  }

  const fails = (status: number, headers = {}): Receiver['answer'] => {
    return (response) => void response.writeHead(status, headers).end('no');
  };

  test("have GitLab's body and headers, with the token", async () => {
    await using stage = await scene();
    const { url } = stage.server;
    const sha = 'a91957a858320c0e17f3a0eca7cfacbff50ea29a';
    const body = { environment: 'production', status: 'success', ref: 'main', tag: false, sha };
    const made = await ask<{ id: number }>(stage.server, 'POST /api/v4/projects/shop%2Fcheckout/deployments', { body });
    const me = await ask<{ id: number; username: string; name: string }>(stage.server, 'GET /api/v4/user');
    await stage.run();
    const { headers, json } = only(stage.receiver);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-gitlab-event': 'Deployment Hook',
      'x-gitlab-token': 'receiver-secret',
      'x-gitlab-instance': url,
      'user-agent': expect.stringMatching(/^Shiplog\/\d/),
    });
    for (const header of ['x-gitlab-webhook-uuid', 'x-gitlab-event-uuid', 'idempotency-key'])
      expect(headers[header]).toMatch(/^[0-9a-f-]{36}$/);
    expect(json).toEqual({
      object_kind: 'deployment',
      status: 'success',
      status_changed_at: '2026-06-01 08:00:00 UTC',
      deployment_id: made.body.id,
      deployable_id: null,
      deployable_url: null,
      environment: 'production',
      environment_tier: 'production',
      environment_slug: 'production',
      environment_external_url: null,
      project: {
        id: expect.any(Number),
        name: 'checkout',
        description: null,
        web_url: `${url}/shop/checkout`,
        avatar_url: null,
        git_ssh_url: '',
        git_http_url: `${url}/shop/checkout.git`,
        namespace: 'shop',
        visibility_level: 10,
        path_with_namespace: 'shop/checkout',
        default_branch: null,
        ci_config_path: null,
        homepage: `${url}/shop/checkout`,
        url: `${url}/shop/checkout.git`,
        ssh_url: '',
        http_url: `${url}/shop/checkout.git`,
      },
      short_sha: 'a91957a8',
      user: {
        id: me.body.id,
        username: me.body.username,
        name: me.body.name,
        avatar_url: null,
        email: '[REDACTED]',
      },
      user_url: `${url}/${me.body.username}`,
      commit_url: null,
      commit_title: null,
      ref: 'main',
    });
  });

  test('tell of running, success, failed and canceled, in the order in which they happened, and of nothing else', async () => {
    await using stage = await scene();
    const words = [
      'pending',
      'waiting',
      'queued',
      'in-progress',
      'success',
      'failure',
      'cancelled',
      'rejected',
    ] as const;
    for (const status of words) await stage.deployed({ status });
    await stage.run();
    const told = stage.receiver.received.map(({ json }) => json['status']);
    expect(told).toEqual(['running', 'success', 'failed', 'canceled', 'failed']);
  });

  test('go to every hook of the project that asks for deployments, and to no other', async () => {
    await using stage = await scene();
    await using second = await startReceiver();
    await using third = await startReceiver();
    await hookTo(stage.server, second.url);
    await hookTo(stage.server, third.url, { deployment_events: false, push_events: true });
    await stage.deployed();
    await deploy(stage.server, { service: 'other', happened_at: new Date(start).toISOString() });
    await stage.run();
    expect([stage.receiver, second, third].map(({ received }) => received.length)).toEqual([1, 1, 0]);
    const [ours, theirs] = [stage.receiver, second].map(({ received }) => received[0]?.headers ?? {});
    expect(ours?.['x-gitlab-event-uuid']).toBe(theirs?.['x-gitlab-event-uuid']);
    expect(ours?.['idempotency-key']).not.toBe(theirs?.['idempotency-key']);
  });

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

  test('that failed do not keep back what comes after them', async () => {
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

  test('to a receiver that hangs hold up neither the caller nor other hooks', async () => {
    await using healthy = await startReceiver();
    await using stage = await scene();
    await hookTo(stage.server, healthy.url);
    const held: ServerResponse[] = [];
    stage.receiver.answer = (response) => void held.push(response);
    for (let count = 0; count < 3; count += 1) await stage.deployed();
    const running = stage.run();
    await expect.poll(() => healthy.received.length, { timeout: 5000 }).toBe(3);
    expect(stage.receiver.received).toHaveLength(1);
    stage.receiver.answer = (response) => void response.end();
    for (const response of held) response.end();
    await running;
    expect(stage.receiver.received).toHaveLength(3);
  });

  test('to a receiver that hangs are cut off, and tried again', async () => {
    await using stage = await scene({ outgoing: { limitMs: 100 } });
    stage.receiver.answer = () => {};
    await stage.deployed();
    await stage.run();
    const [event] = await eventsOf(stage.server, stage.hook);
    expect(event).toMatchObject({
      error: 'No answer within 0.1 seconds.',
      response_status: 'internal error',
      response_headers: {},
      next_attempt_at: expect.any(String),
    });
  });

  test('to a receiver that keeps hanging are tried less often, until it answers', async () => {
    await using stage = await scene({ outgoing: { limitMs: 60 } });
    stage.receiver.answer = () => {};
    for (let count = 0; count < 6; count += 1) await stage.deployed();
    const triedAfter = async (seconds: number) => {
      stage.clock.now += seconds * 1000;
      await stage.run();
      return stage.receiver.received.length;
    };
    expect([await triedAfter(0), await triedAfter(19), await triedAfter(1), await triedAfter(39)]).toEqual([
      2, 2, 3, 3,
    ]);
    stage.receiver.answer = (response) => void response.end();
    expect(await triedAfter(1)).toBe(9);
    await triedAfter(600);
    const events = await eventsOf(stage.server, stage.hook);
    expect(events.map(({ response_status }) => response_status)).toEqual(Array(6).fill('200'));
  });

  test('to a receiver whose answer trickles without an end are cut off', async () => {
    await using stage = await scene({ outgoing: { limitMs: 300 } });
    stage.receiver.answer = (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    };
    await stage.deployed();
    await stage.run();
    expect((await eventsOf(stage.server, stage.hook))[0]?.error).toBe('No answer within 0.3 seconds.');
  });

  test('keep the first 64 KiB of an answer that has no end, and take what no text can hold', async () => {
    await using stage = await scene({ outgoing: { limitMs: 5000 } });
    stage.receiver.answer = (response) => {
      const more = () => {
        while (response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      response.write('\0');
      more();
    };
    await stage.deployed();
    await stage.run();
    const [event] = await eventsOf(stage.server, stage.hook);
    expect(event).toMatchObject({ response_status: '200', error: null });
    expect(String(event?.['response_body'])).toHaveLength(65_536);
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

  test('are made once by two nodes', async () => {
    await using database = await create();
    await using stage = await scene({ database });
    await using other = await started({ database, clock: () => stage.clock.now, adminToken: stage.server.adminToken });
    for (let count = 0; count < 20; count += 1) {
      await stage.deployed({ version: String(count), status: count % 2 === 0 ? 'in-progress' : 'success' });
      if (count % 5 === 0) void other.context.dispatcher.runOnce();
    }
    await Promise.all([stage.run(), other.context.dispatcher.runOnce(), stage.run()]);
    await Promise.all([stage.run(), other.context.dispatcher.runOnce()]);
    const ids = stage.receiver.received.map(({ json }) => Number(json['deployment_id']));
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
    expect(ids).toHaveLength(20);
  });

  test('are made by one node, in order, while another has time', async () => {
    await using database = await create();
    await using stage = await scene({ database });
    await using other = await started({ database, clock: () => stage.clock.now, adminToken: stage.server.adminToken });
    const held: ServerResponse[] = [];
    stage.receiver.answer = (response) => void held.push(response);
    await stage.deployed();
    await stage.deployed();
    const running = stage.run();
    await expect.poll(() => held.length, { timeout: 5000 }).toBe(1);
    await other.context.dispatcher.runOnce();
    expect(held).toHaveLength(1);
    stage.receiver.answer = (response) => void response.end();
    held[0]?.end();
    await running;
    await other.context.dispatcher.runOnce();
    expect(stage.receiver.received).toHaveLength(2);
  });

  test('that a node had begun when it ended are made by the next one', async () => {
    await using database = await create();
    await using stage = await scene({ database });
    await stage.server.context.dispatcher.stop();
    await stage.deployed();
    await stage.server.stop();
    await using next = await started({ database, clock: () => stage.clock.now, adminToken: stage.server.adminToken });
    // As a node leaves it that ended while it sent.
    await next.context.database.transaction((tx) =>
      tx
        .updateTable('hooks')
        .set({ busy_until: stage.clock.now + minuteMs })
        .execute(),
    );
    await next.context.dispatcher.runOnce();
    expect(stage.receiver.received).toHaveLength(0);
    stage.clock.now += minuteMs;
    await next.context.dispatcher.runOnce();
    expect(stage.receiver.received).toHaveLength(1);
  });

  test('that are under way when a node ends are ended first', async () => {
    await using stage = await scene();
    const held: ServerResponse[] = [];
    stage.receiver.answer = (response) => void held.push(response);
    await stage.deployed();
    await stage.deployed();
    void stage.run();
    await expect.poll(() => held.length, { timeout: 5000 }).toBe(1);
    const stopped = stage.server.context.dispatcher.stop();
    held[0]?.end();
    await stopped;
    expect(held).toHaveLength(1);
    const [waiting, delivered] = await eventsOf(stage.server, stage.hook);
    expect([delivered?.response_status, waiting?.attempts]).toEqual(['200', 0]);
  });

  test('are made by themselves, soon after the change', async () => {
    await using receiver = await startReceiver();
    await using server = await started({});
    await deploy(server, { status: 'pending' });
    await hookTo(server, receiver.url);
    await deploy(server);
    await expect.poll(() => receiver.received.length, { timeout: 5000 }).toBe(1);
  });

  test('are forgotten after thirty days', async () => {
    await using stage = await scene();
    await stage.deployed();
    await stage.run();
    const retention = stage.server.context.jobs.jobs.find((job) => job.name === 'delete-old-deliveries');
    for (const [days, left] of [
      [29, 1],
      [2, 0],
    ] as const) {
      stage.clock.now += days * 24 * hourMs;
      await retention?.run(stage.clock.now);
      expect(await eventsOf(stage.server, stage.hook)).toHaveLength(left);
    }
  });
});
