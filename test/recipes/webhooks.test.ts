import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Hook, HookDelivery, HookDeliveryPage } from '../../src/contract/hooks.ts';
import { databases } from '../support/databases.ts';
import { report } from '../support/factories.ts';
import { type Received, startReceiver } from '../support/receiver.ts';
import { startTestServer } from '../support/server.ts';
import { fencesOf } from './read-recipe.ts';

const run = promisify(execFile);
const [
  make = '',
  trial = '',
  gitHubCheck = '',
  byGitHub = '',
  byGitLab = '',
  standard = '',
  body = '',
  standardCheck = '',
] = fencesOf('webhooks');

interface Check {
  isGenuine(headers: IncomingHttpHeaders, body: string, secret: string): boolean;
}

function checkOf(code: string): Promise<Check> {
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

/** What an object is made of: its keys, and theirs. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
}

describe.each(databases)('the webhook recipe on $name', ({ name }) => {
  async function scene() {
    const receiver = await startReceiver();
    const server = await startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'] });
    const deploy = () =>
      server.client.record(report({ namespace: 'shop', service: 'checkout', run_url: 'https://ci.example.com/99' }));
    await deploy();
    const HOOK_SECRET = randomBytes(24).toString('hex');
    const variables = {
      SHIPLOG_URL: server.url,
      SHIPLOG_TOKEN: server.adminToken,
      RECEIVER_URL: receiver.url,
      HOOK_SECRET,
    };
    return {
      receiver,
      secret: HOOK_SECRET,
      sh: async (script: string, more = {}) =>
        (await run('sh', ['-e', '-c', script], { env: { PATH: process.env['PATH'], ...variables, ...more } })).stdout,
      told: async (): Promise<Received> => {
        await deploy();
        await server.context.dispatcher.runOnce();
        const last = receiver.received.at(-1);
        if (!last) throw new Error('Nothing arrived.');
        return last;
      },
      async [Symbol.asyncDispose]() {
        await server.stop();
        await receiver[Symbol.asyncDispose]();
      },
    };
  }

  test('makes a hook, tries it, shows what was sent, and checks its signature', async () => {
    await using stage = await scene();
    const { id } = JSON.parse(await stage.sh(make)) as Hook;
    const [tested = '', log = ''] = (await stage.sh(trial, { HOOK_ID: String(id) })).split(/(?<=\})(?=\{"items")/);
    const delivery = JSON.parse(tested) as HookDelivery;
    expect(delivery).toMatchObject({ event: 'ping', state: 'delivered' });
    expect((JSON.parse(log) as HookDeliveryPage).items).toEqual([delivery]);
    const { isGenuine } = await checkOf(gitHubCheck);
    const { headers, body: sent } = await stage.told();
    expect(headers['x-github-event']).toBe('deployment_status');
    expect(isGenuine(headers, sent, stage.secret)).toBe(true);
    expect(isGenuine(headers, `${sent} `, stage.secret)).toBe(false);
    expect(isGenuine({}, sent, stage.secret)).toBe(false);
  });

  test("makes a hook by GitHub's API, which is pinged", async () => {
    await using stage = await scene();
    expect(JSON.parse(await stage.sh(byGitHub))).toMatchObject({
      events: ['deployment'],
      config: { content_type: 'json' },
    });
    const { headers, body: sent } = await stage.told();
    expect(headers['x-github-event']).toBe('ping');
    expect((await checkOf(gitHubCheck)).isGenuine(headers, sent, stage.secret)).toBe(true);
  });

  test("makes a hook by GitLab's API, which is told of deployments", async () => {
    await using stage = await scene();
    expect(JSON.parse(await stage.sh(byGitLab))).toMatchObject({ deployment_events: true });
    expect(await stage.told()).toMatchObject({
      headers: { 'x-gitlab-token': stage.secret },
      json: { object_kind: 'deployment', status: 'success' },
    });
  });

  test('makes a hook in the standard shape, shows its body, and checks its signature', async () => {
    await using stage = await scene();
    const made = await stage.sh(`${standard}\necho "$secret"`);
    const secret = /whsec_\S+$/m.exec(made)?.[0] ?? '';
    expect(made).toContain('"shape":"standard"');
    const { headers, body: sent, json } = await stage.told();
    expect(shapeOf(json)).toEqual(shapeOf(JSON.parse(body)));
    const { isGenuine } = await checkOf(standardCheck);
    expect(isGenuine(headers, sent, secret)).toBe(true);
    expect(isGenuine(headers, `${sent} `, secret)).toBe(false);
    const old = String(Number(headers['webhook-timestamp']) - 3600);
    expect(isGenuine({ ...headers, 'webhook-timestamp': old }, sent, secret)).toBe(false);
  });
});
