import { describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { deliveryScene, deploy, eventsOf, hookTo, hourMs } from '../../../../test/support/delivery-scene.ts';
import { type Received, type Receiver, startReceiver } from '../../../../test/support/receiver.ts';
import { startTestServer, type TestServerOptions } from '../../../../test/support/server.ts';

function only({ received }: Receiver): Received {
  const [first, ...rest] = received;
  if (!first || rest.length > 0) throw new Error(`Expected one request, not ${received.length}.`);
  return first;
}

describe.each(databases)('deliveries to hooks on $name', ({ name }) => {
  const scene = (options: TestServerOptions = {}) => deliveryScene({ database: name, ...options });
  const started = (options: TestServerOptions) =>
    startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'], ...options });

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
    await deploy(stage.server, { service: 'other', happened_at: new Date(stage.clock.now).toISOString() });
    await stage.run();
    expect([stage.receiver, second, third].map(({ received }) => received.length)).toEqual([1, 1, 0]);
    const [ours, theirs] = [stage.receiver, second].map(({ received }) => received[0]?.headers ?? {});
    expect(ours?.['x-gitlab-event-uuid']).toBe(theirs?.['x-gitlab-event-uuid']);
    expect(ours?.['idempotency-key']).not.toBe(theirs?.['idempotency-key']);
  });

  test('are made by themselves, soon after the change', async () => {
    await using receiver = await startReceiver();
    await using server = await started({});
    await deploy(server, { status: 'pending' });
    await hookTo(server, receiver.url);
    await deploy(server);
    await expect.poll(() => receiver.received.length).toBe(1);
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
