import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { IncomingPage, IncomingSecret } from '../../src/contract/incoming.ts';
import { databases } from '../support/databases.ts';
import { report } from '../support/factories.ts';
import { startTestServer } from '../support/server.ts';
import { fencesOf } from './read-recipe.ts';

const run = promisify(execFile);

describe.each(databases)('the recipe for incoming webhooks on $name', ({ name }) => {
  test('makes secrets, and what is sent with them by hand arrives', async () => {
    await using server = await startTestServer({ database: name });
    await server.client.record(report({ namespace: 'shop', service: 'checkout' }));
    const sh = async <T>(script: string, more = {}) => {
      const variables = { PATH: process.env['PATH'], SHIPLOG_URL: server.url, SHIPLOG_TOKEN: server.adminToken };
      const { stdout } = await run('sh', ['-e', '-c', script], { env: { ...variables, ...more } });
      return JSON.parse(stdout) as T; // each block of the recipe ends with an answer
    };
    const [makeGitHub = '', ping = '', makeGitLab = '', deploy = '', list = ''] = fencesOf('incoming-webhooks');

    const github = await sh<IncomingSecret>(makeGitHub);
    expect(github.path).toBe('/webhooks/github?project=shop%2Fcheckout');
    const pinged = await sh<{ id: number }>(ping, { WEBHOOK_SECRET: github.secret });
    const gitlab = await sh<IncomingSecret>(makeGitLab);
    await sh(deploy, { WEBHOOK_SECRET: gitlab.secret });
    await expect(sh(deploy, { WEBHOOK_SECRET: github.secret })).rejects.toThrow('401');

    await server.context.incoming.applier.runOnce();
    expect(await server.client.incomingDelivery(pinged.id)).toMatchObject({ event: 'ping', state: 'applied' });
    const { items } = await server.client.deployments({ deployment_id: 'gitlab-42' });
    expect(items).toMatchObject([{ environment: 'staging', status: 'success', ref: '1.0.0' }]);
    expect((await sh<IncomingPage>(list)).items).toEqual([]);
  });
});
