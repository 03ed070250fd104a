import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { databases } from '../support/databases.ts';
import { report } from '../support/factories.ts';
import { startReceiver } from '../support/receiver.ts';
import { startTestServer } from '../support/server.ts';
import { fencesOf } from './read-recipe.ts';

const run = promisify(execFile);

describe.each(databases)('the webhook recipe on $name', ({ name }) => {
  test('makes a hook, tries it, shows what was sent, and the hook is told of deployments', async () => {
    await using receiver = await startReceiver();
    await using server = await startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'] });
    await server.client.record(report({ namespace: 'shop', service: 'checkout' }));
    const variables = { SHIPLOG_URL: server.url, SHIPLOG_TOKEN: server.adminToken, RECEIVER_URL: receiver.url };
    const [make = '', trial = ''] = fencesOf('webhooks');
    const sh = (script: string, more = {}) =>
      run('sh', ['-e', '-c', script], { env: { PATH: process.env['PATH'], ...variables, ...more } });

    const made = JSON.parse((await sh(make)).stdout) as { id: number; deployment_events: boolean };
    expect(made.deployment_events).toBe(true);
    const tried = await sh(trial, { HOOK_ID: String(made.id) });
    expect(tried.stdout).toMatch(/^\{"message":"201 Created"\}\[\{"id":\d+,/);
    await server.client.record(report({ namespace: 'shop', service: 'checkout', status: 'failure' }));
    await expect.poll(() => receiver.received.length, { timeout: 5000 }).toBe(2);
    expect(receiver.received[1]).toMatchObject({
      headers: { 'x-gitlab-token': 'a-secret-of-the-receiver' },
      json: { object_kind: 'deployment', status: 'failed' },
    });
  });
});
