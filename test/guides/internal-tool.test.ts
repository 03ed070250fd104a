import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { databases } from '../support/databases.ts';
import { report } from '../support/factories.ts';
import { freePort } from '../support/free-port.ts';
import { join, person } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { follow } from './follow.ts';
import { ProgramFolder } from './guide-program.ts';
import { fenceWith } from './read-guide.ts';

const sha = 'a91957a858320c0e17f3a0eca7cfacbff50ea29a';
const at = '/repos/shop/checkout';
const secret = 'between us';

interface Named {
  readonly id: number;
}

function missing(): never {
  throw new Error('It was just seen.');
}

describe.each(databases)('the guide to an internal tool on $name', ({ name }) => {
  let server: TestServer;
  let folder: ProgramFolder;
  let hookUrl: string;
  beforeAll(async () => {
    server = await startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'] });
    folder = new ProgramFolder();
    const port = await freePort();
    hookUrl = `http://127.0.0.1:${port}/hook`;
    folder.save('deployer.mjs', fenceWith('internal-tool', 'js', 'deploy.sh'));
    folder.save('deploy.sh', '#!/bin/sh\necho "$@" >> deployed\n[ "$1" != broken ]\n');
    await follow('internal-tool', server, { HOOK_URL: hookUrl, HOOK_SECRET: secret }, (_, token) =>
      folder.start('deployer.mjs', {
        SHIPLOG_TOKEN: token,
        HOOK_SECRET: secret,
        PORT: String(port),
      }),
    );
  });
  afterAll(async () => {
    await folder[Symbol.asyncDispose]();
    await server.stop();
  });

  const deployedTo = (environment: string) =>
    folder.lines('deployed').filter((line) => line === `${environment} ${sha}`).length;
  const statesOf = async ({ id }: Named) => {
    const { body } = await ask<{ state: string }[]>(server, `GET ${at}/deployments/${id}/statuses`);
    return body.map(({ state }) => state);
  };
  const askFor = async (environment: string) => {
    const answer = await ask<Named>(server, `POST ${at}/deployments`, { body: { ref: 'main', sha, environment } });
    expect(answer.status, answer.text).toBe(201);
    return answer.body;
  };

  test('what somebody asks for, the tool carries out, and the page shows it', async () => {
    expect(deployedTo('production')).toBe(1);
    const { rows } = await server.client.matrix();
    expect(rows).toHaveLength(1);
    const slot = rows[0]?.slots['production'];
    expect(slot?.current).toMatchObject({ namespace: 'shop', service: 'checkout', sha, status: 'success' });

    const broken = await askFor('broken');
    await expect.poll(() => statesOf(broken)).toEqual(['failure', 'in_progress']);
  });

  test('an event that comes again deploys nothing again', async () => {
    const [hook] = (await ask<Named[]>(server, `GET ${at}/hooks`)).body;
    const deliveries = `${at}/hooks/${hook?.id ?? 0}/deliveries` as const;
    const newest = async (count: number) => (await ask<Named[]>(server, `GET ${deliveries}?per_page=${count}`)).body;
    const asked = await askFor('replayed');
    await expect.poll(() => statesOf(asked)).toEqual(['success', 'in_progress']);
    const first = { event: 'deployment', status_code: 200, redelivery: false };
    await expect.poll(() => newest(1)).toMatchObject([first]);
    const [{ id } = missing()] = await newest(1);
    const again = await ask(server, `POST ${deliveries}/${id}/attempts`);
    expect(again.status, again.text).toBe(202);
    await expect.poll(() => newest(2)).toMatchObject([{ ...first, redelivery: true }, first]);
    expect(deployedTo('replayed')).toBe(1);
    expect(await statesOf(asked)).toEqual(['success', 'in_progress']);
  });

  test('what needs an approval is deployed once it is there', async () => {
    const project = '/api/v4/projects/shop%2Fcheckout';
    const rules = {
      name: 'guarded',
      deploy_access_levels: [{ access_level: 30 }],
      approval_rules: [{ access_level: 40 }],
    };
    await ask(server, `POST ${project}/protected_environments`, { body: rules });
    const noor = await person(server, 'noor');
    await join(server, 'project', 'shop/checkout', noor, 'developer');
    const body = { ref: 'main', sha, environment: 'guarded' };
    const asked = await ask<Named>(server, `POST ${at}/deployments`, { token: noor.token, body });
    expect(asked.status, asked.text).toBe(201);
    // What is asked for later is deployed first.
    await askFor('staging');
    await expect.poll(() => deployedTo('staging')).toBe(1);
    expect(await statesOf(asked.body)).toEqual([]);
    expect(deployedTo('guarded')).toBe(0);
    await ask(server, `POST ${project}/deployments/${asked.body.id}/approval`, { body: { status: 'approved' } });
    await expect.poll(() => statesOf(asked.body)).toEqual(['success', 'in_progress']);
    expect(deployedTo('guarded')).toBe(1);
  });

  test('a tool that may not report deploys nothing, and the log of its hook shows it', async () => {
    await using another = new ProgramFolder();
    another.save('deployer.mjs', fenceWith('internal-tool', 'js', 'deploy.sh'));
    another.save('deploy.sh', '#!/bin/sh\necho "$@" >> deployed\n');
    const port = await freePort();
    const settings = { SHIPLOG_TOKEN: 'wrong', HOOK_SECRET: secret, PORT: String(port) };
    await another.start('deployer.mjs', settings);
    const config = { url: `http://127.0.0.1:${port}/hook`, content_type: 'json', secret };
    const hook = await ask<Named>(server, `POST ${at}/hooks`, { body: { events: ['deployment'], config } });
    await askFor('staging');
    const log = async () => {
      const path = `${at}/hooks/${hook.body.id}/deliveries` as const;
      const { body } = await ask<{ event: string; status_code: number }[]>(server, `GET ${path}`);
      return body.filter(({ event }) => event === 'deployment').map(({ status_code }) => status_code);
    };
    await expect.poll(log).toEqual([500]);
    expect(another.lines('deployed')).toEqual([]);
  });

  test('a project of a nested group is deployed as well', async () => {
    await using another = new ProgramFolder();
    another.save('deployer.mjs', fenceWith('internal-tool', 'js', 'deploy.sh'));
    another.save('deploy.sh', '#!/bin/sh\necho "$@" >> deployed\n');
    const port = await freePort();
    await another.start('deployer.mjs', { SHIPLOG_TOKEN: server.adminToken, HOOK_SECRET: secret, PORT: String(port) });
    await server.client.record(report({ namespace: 'shop/eu', service: 'nested' }));
    const nested = '/repos/shop%2Feu/nested';
    const config = { url: `http://127.0.0.1:${port}/hook`, content_type: 'json', secret };
    await ask(server, `POST ${nested}/hooks`, { body: { events: ['deployment'], config } });
    const { body } = await ask<Named>(server, `POST ${nested}/deployments`, { body: { ref: 'main', sha } });
    // What asks for a deployment may say first of all that it is pending.
    await ask(server, `POST ${nested}/deployments/${body.id}/statuses`, { body: { state: 'pending' } });
    await expect.poll(() => another.lines('deployed')).toEqual([`production ${sha}`]);
  });

  test('an event of somebody else deploys nothing', async () => {
    const before = folder.lines('deployed');
    const body = JSON.stringify({
      action: 'created',
      deployment: { id: 1 },
      repository: { full_name: 'shop/checkout' },
    });
    const answer = await fetch(hookUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'deployment',
        'x-github-delivery': '0b989ba4-242f-11e5-81e1-c7b6966d2516',
        'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
      },
      body,
    });
    expect(answer.status).toBe(400);
    expect(folder.lines('deployed')).toEqual(before);
  });
});
