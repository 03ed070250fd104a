import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Octokit } from '@octokit/rest';
import { createNodeMiddleware, Webhooks } from '@octokit/webhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../support/databases.ts';
import { privateProject } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { expectDescribed } from './checked-answers.ts';

const repository = { owner: 'acme', repo: 'widget' };
const secret = 'of both ends';
const noop = () => {};
const silent = { debug: noop, info: noop, warn: noop, error: noop };

/** What octokit's own listener makes of the webhooks that reach it: those that it refuses are not among them. */
async function startListener() {
  const heard: { readonly id: string; readonly name: string; readonly payload: unknown }[] = [];
  const webhooks = new Webhooks({ secret });
  webhooks.onAny(({ id, name, payload }) => void heard.push({ id, name, payload }));
  const server = createServer(createNodeMiddleware(webhooks, { log: silent }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // of a listening TCP server
  return {
    url: `http://127.0.0.1:${port}/api/github/webhooks`,
    heard,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

// One story: each test goes on where the one before ended.
describe.each(databases)('octokit on both ends of a hook on $name', ({ name }) => {
  let server: TestServer;
  let listener: Awaited<ReturnType<typeof startListener>>;
  let octokit: Octokit;
  let hook: number;
  beforeAll(async () => {
    listener = await startListener();
    server = await startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'] });
    await privateProject(server, 'acme/widget');
    octokit = new Octokit({ baseUrl: `${server.url}/api/v3`, auth: server.adminToken, log: silent });
    octokit.hook.after('request', ({ status, data }, { method, url }) => {
      expectDescribed(method, new URL(url, server.url).pathname, status, data);
    });
  });
  afterAll(async () => {
    await server.stop();
    await listener.stop();
  });

  const deliveries = async () => (await octokit.repos.listWebhookDeliveries({ ...repository, hook_id: hook })).data;
  const told = async () => {
    await server.context.dispatcher.runOnce();
    return listener.heard.map((each) => each.name);
  };

  test('makes a hook, and the listener hears its ping', async () => {
    const config = { url: listener.url, content_type: 'json', secret };
    const made = await octokit.repos.createWebhook({ ...repository, events: ['deployment'], config });
    hook = made.data.id;
    expect(made.data.config).toMatchObject({ url: listener.url, secret: '********' });
    expect(await told()).toEqual(['ping']);
    expect(listener.heard[0]?.payload).toMatchObject({ hook_id: hook });
  });

  test('finds the hook, changes what it asks for, and pings it', async () => {
    const changed = await octokit.repos.updateWebhook({
      ...repository,
      hook_id: hook,
      add_events: ['deployment_status'],
    });
    expect(changed.data.events).toEqual(['deployment', 'deployment_status']);
    await octokit.repos.updateWebhookConfigForRepo({ ...repository, hook_id: hook, insecure_ssl: '0' });
    const listed = await octokit.paginate(octokit.repos.listWebhooks, { ...repository, per_page: 1 });
    expect(listed.map(({ id, config }) => [id, config.secret])).toEqual([[hook, '********']]);
    expect(listed[0]?.last_response).toMatchObject({ code: 200, status: 'active' });
    expect((await octokit.repos.pingWebhook({ ...repository, hook_id: hook })).status).toBe(204);
    expect(await told()).toEqual(['ping', 'ping']);
  });

  test('asks for a deployment, which the listener hears of, and once more where it is redelivered', async () => {
    const wanted = { ...repository, ref: 'main', required_contexts: [] };
    const made = await octokit.repos.createDeployment(wanted);
    if (made.status !== 201) throw new Error('A deployment is made.');
    const { id } = made.data;
    await octokit.repos.createDeploymentStatus({ ...repository, deployment_id: id, state: 'success' });
    expect(await told()).toEqual(['ping', 'ping', 'deployment', 'deployment_status']);
    const deployment = listener.heard[2];
    expect(deployment?.payload).toMatchObject({ action: 'created', deployment: { id, ref: 'main' } });

    const sent = (await deliveries()).find(({ event }) => event === 'deployment');
    if (!sent) throw new Error('The delivery is listed.');
    const which = { ...repository, hook_id: hook, delivery_id: sent.id };
    expect((await octokit.repos.getWebhookDelivery(which)).data).toMatchObject({
      guid: deployment?.id,
      status_code: 200,
    });
    expect((await octokit.repos.redeliverWebhookDelivery(which)).status).toBe(202);
    expect(await told()).toHaveLength(5);
    expect(listener.heard[4]).toEqual(deployment);
    expect((await deliveries())[0]).toMatchObject({ guid: sent.guid, redelivery: true });
  });

  test('is told where the listener does not know the secret', async () => {
    await octokit.repos.updateWebhookConfigForRepo({ ...repository, hook_id: hook, secret: 'of one end' });
    await octokit.repos.pingWebhook({ ...repository, hook_id: hook });
    expect(await told()).toHaveLength(5);
    expect((await deliveries())[0]).toMatchObject({ event: 'ping', status_code: 400 });
    const { data } = await octokit.repos.getWebhook({ ...repository, hook_id: hook });
    expect(data.last_response).toMatchObject({ code: 400, status: 'misconfigured' });
  });

  test('removes the hook, and nothing is heard any more', async () => {
    expect((await octokit.repos.deleteWebhook({ ...repository, hook_id: hook })).status).toBe(204);
    await octokit.repos.createDeployment({ ...repository, ref: 'main', required_contexts: [] });
    expect(await told()).toHaveLength(5);
    await expect(octokit.repos.getWebhook({ ...repository, hook_id: hook })).rejects.toMatchObject({ status: 404 });
  });
});
