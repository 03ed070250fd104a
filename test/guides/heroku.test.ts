import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { databases } from '../support/databases.ts';
import { freePort } from '../support/free-port.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { follow } from './follow.ts';
import { fenceWith } from './read-guide.ts';

const sha = 'ffac537e6cbbf934b08745a378932722df287a53';
const at = '/api/v4/projects/storefront/deployments';

describe.each(databases)('the guide to Heroku on $name', ({ name }) => {
  let server: TestServer;
  let token: string;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    token = await follow('heroku', server);
    expect(token).toMatch(/^slg_\w+$/);
  });
  afterAll(() => server.stop());

  /** One release phase: the app's folder, with the guide's script and the app's own tasks. */
  async function release(version: string, tasks: 'well' | 'badly', url = server.url) {
    const folder = mkdtempSync(join(tmpdir(), 'shiplog-heroku-'));
    const executable = (file: string, text: string) => {
      writeFileSync(join(folder, file), text);
      chmodSync(join(folder, file), 0o755);
    };
    executable('release.sh', fenceWith('heroku', 'bash', 'HEROKU_SLUG_COMMIT'));
    executable('migrate.sh', `#!/bin/sh\nexit ${tasks === 'well' ? 0 : 1}\n`);
    const command = fenceWith('heroku', 'text', 'release:').replace('release:', '').trim();
    const child = spawn(command, {
      cwd: folder,
      shell: true,
      env: {
        PATH: process.env['PATH'],
        SHIPLOG_URL: url,
        SHIPLOG_TOKEN: token,
        SHIPLOG_PROJECT: 'storefront',
        SHIPLOG_ENVIRONMENT: 'production',
        HEROKU_APP_NAME: 'storefront-production',
        HEROKU_SLUG_COMMIT: sha,
        HEROKU_RELEASE_VERSION: version,
      },
    });
    child.stdout.resume();
    child.stderr.resume();
    const [code] = await once(child, 'close');
    rmSync(folder, { recursive: true, force: true });
    return code;
  }
  const newest = async () => (await ask<object[]>(server, `GET ${at}?sort=desc&per_page=1`)).body[0];

  test('the release phase reports how a release began and how it ended', async () => {
    expect(await release('v42', 'well')).toBe(0);
    expect(await newest()).toMatchObject({
      sha,
      version: 'v42',
      status: 'success',
      description: 'storefront-production',
    });
    expect(await release('v43', 'badly')).not.toBe(0);
    expect(await newest()).toMatchObject({ version: 'v43', status: 'failed' });
    const { items } = await server.client.deployments({ service: 'storefront' });
    expect(items.map(({ status }) => status).sort()).toEqual(['failure', 'in-progress', 'in-progress', 'success']);
    const slot = (await server.client.matrix()).rows[0]?.slots['production'];
    expect(slot).toMatchObject({ current: { version: 'v43' }, last_successful: { version: 'v42' } });
  });

  test('a release goes on where Shiplog is away', async () => {
    expect(await release('v44', 'well', `http://127.0.0.1:${await freePort()}`)).toBe(0);
  });

  test('what a deploy hook and an app webhook send is refused as the guide says', async () => {
    const form = new URLSearchParams({
      app: 'storefront-production',
      user: 'maya@example.com',
      url: 'https://storefront.example.com',
      head: sha.slice(0, 7),
      head_long: sha,
      git_log: '  * Maya: Ship it',
      release: 'v42',
    });
    const webhook = { action: 'create', resource: 'release', data: { version: 42, slug: { commit: sha } } };
    const answers = [
      await ask<object>(server, `POST ${at}`, {
        token,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      }),
      await ask<object>(server, `POST ${at}`, { token, body: webhook }),
    ];
    const refusal = JSON.parse(fenceWith('heroku', 'json', 'error'));
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [400, refusal],
      [400, refusal],
    ]);
  });
});
