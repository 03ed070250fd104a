import { createHmac } from 'node:crypto';
import { Webhooks } from '@octokit/webhooks';
import { describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { hookedRepository, hookSecret } from '../../../../test/support/hooked-repository.ts';
import { join, person } from '../../../../test/support/people.ts';
import { type Received, startReceiver } from '../../../../test/support/receiver.ts';
import { webhookFaults } from '../../../../test/support/webhook-schemas.ts';

const octokit = new Webhooks({ secret: hookSecret });
const sha = 'a91957a858320c0e17f3a0eca7cfacbff50ea29a';
const gitLabProject = '/api/v4/projects/acme%2Fwidget';
const signatureOf = (hash: string, { body }: Received) => createHmac(hash, hookSecret).update(body).digest('hex');

/** Holds a request against GitHub's own schema and octokit's check of its signature; answers its event and action. */
async function genuine(request: Received): Promise<string> {
  const { headers, body, json } = request;
  const event = String(headers['x-github-event']);
  expect(webhookFaults(event, json), `${event} ${body}`).toEqual([]);
  expect(await octokit.verify(body, String(headers['x-hub-signature-256']))).toBe(true);
  expect(headers['x-hub-signature']).toBe(`sha1=${signatureOf('sha1', request)}`);
  return [event, json['action']].filter(Boolean).join('.');
}

const allGenuine = (requests: readonly Received[]) => Promise.all(requests.map(genuine));

describe.each(databases)("webhooks in GitHub's shape on $name", ({ name }) => {
  const scene = () => hookedRepository({ database: name });

  test('are what GitHub says of them, from the ping to the last status', async () => {
    await using stage = await scene();
    const hook = await stage.hookTo(stage.receiver.url);
    const [ping] = await stage.told();
    expect(ping && (await genuine(ping))).toBe('ping');
    expect(ping?.json).toMatchObject({
      hook_id: hook,
      hook: { type: 'Repository', active: true, config: { url: stage.receiver.url, secret: '********' } },
      repository: { full_name: 'acme/widget', private: true, owner: { login: 'acme' } },
    });

    const id = await stage.deploy({ sha, payload: { replicas: 3 }, description: 'Größer — 大きい' });
    const states = ['queued', 'in_progress', 'success', 'failure', 'error', 'pending'];
    const links = { log_url: 'https://ci.example.com/7', environment_url: 'https://shop.example.com' };
    const statuses: number[] = [];
    for (const state of states) statuses.push(await stage.tell(id, state, { ...links, description: `now ${state}` }));
    const [deployment, ...told] = await stage.told();
    expect(deployment && (await genuine(deployment))).toBe('deployment.created');
    expect(deployment?.json).toMatchObject({
      deployment: { id, sha, ref: 'main', task: 'deploy', payload: { replicas: 3 }, description: 'Größer — 大きい' },
      workflow: null,
      workflow_run: null,
      sender: { login: stage.developer.username },
    });
    expect(await allGenuine(told)).toEqual(states.map(() => 'deployment_status.created'));
    const shown = told.map(({ json }) => json['deployment_status']);
    expect(shown).toEqual(
      states.map((state, index) =>
        expect.objectContaining({
          ...links,
          id: statuses[index],
          state,
          description: `now ${state}`,
          target_url: links.log_url,
        }),
      ),
    );
  });

  test('have the headers that receivers go by', async () => {
    await using stage = await scene();
    const hook = await stage.hookTo(stage.receiver.url);
    const [ping] = await stage.told();
    expect(ping?.headers).toMatchObject({
      accept: '*/*',
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^GitHub-Hookshot\//),
      'x-github-event': 'ping',
      'x-github-delivery': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-github-hook-id': String(hook),
      'x-github-hook-installation-target-type': 'repository',
      'x-github-hook-installation-target-id': expect.stringMatching(/^\d+$/),
      'x-hub-signature-256': expect.stringMatching(/^sha256=[0-9a-f]{64}$/),
    });
    await stage.hookTo(`${stage.receiver.url}/unsigned`, { config: { secret: '' } });
    const [unsigned] = await stage.told();
    expect(Object.keys(unsigned?.headers ?? {}).filter((header) => header.includes('signature'))).toEqual([]);
  });

  test('are forms where the hook asks for them, signed as they are sent', async () => {
    await using stage = await scene();
    await stage.hookTo(stage.receiver.url, { config: { content_type: 'form' } });
    await stage.deploy({ description: 'a+b & c=d 100% ü' });
    const told = await stage.told();
    expect(told.map(({ headers }) => headers['content-type'])).toEqual(
      Array(2).fill('application/x-www-form-urlencoded'),
    );
    expect(told.every(({ body }) => body.startsWith('payload=%7B%22'))).toBe(true);
    expect(await allGenuine(told)).toEqual(['ping', 'deployment.created']);
    expect(told[1]?.json).toMatchObject({ deployment: { description: 'a+b & c=d 100% ü' } });
  });

  test('ask nobody to deploy what another tool reports', async () => {
    await using stage = await scene();
    await stage.hookTo(stage.receiver.url);
    await stage.told();
    const made = report({ namespace: 'acme', service: 'widget', version: '1.2.3' });
    for (const status of ['pending', 'in-progress', 'success'] as const)
      await stage.server.client.record({ ...made, status });
    const body = { environment: 'production', sha, ref: 'main', tag: false, status: 'running' };
    expect((await ask(stage.server, `POST ${gitLabProject}/deployments`, { body })).status).toBe(201);
    const told = await stage.told();
    expect(await allGenuine(told)).toEqual(Array(4).fill('deployment_status.created'));
    expect(told.map(({ json }) => json['deployment_status'])).toMatchObject([
      { state: 'pending' },
      { state: 'in_progress' },
      { state: 'success' },
      { state: 'in_progress' },
    ]);
  });

  test('tell nobody that a deployment is no longer active', async () => {
    await using stage = await scene();
    await stage.hookTo(stage.receiver.url);
    const first = await stage.deploy({ environment: 'qa', production_environment: false });
    await stage.tell(first, 'success');
    const second = await stage.deploy({ environment: 'qa', production_environment: false });
    await stage.tell(second, 'success');
    await stage.tell(second, 'inactive');
    const told = await stage.told();
    expect(told.map(({ headers }) => headers['x-github-event'])).toEqual([
      'ping',
      'deployment',
      'deployment_status',
      'deployment',
      'deployment_status',
    ]);
  });

  test.each([
    ['approved', ['deployment_review.requested', 'deployment_review.approved', 'deployment.created']],
    ['rejected', ['deployment_review.requested', 'deployment_review.rejected', 'deployment_status.created']],
  ])('tell of a deployment that has to be approved when it is: %s', async (verdict, expected) => {
    await using stage = await scene();
    const { server } = stage;
    const reviewer = await person(server, 'reviewer');
    await join(server, 'project', 'acme/widget', reviewer, 'developer');
    const rules = { deploy_access_levels: [{ access_level: 30 }], approval_rules: [{ user_id: reviewer.id }] };
    await ask(server, `POST ${gitLabProject}/protected_environments`, { body: { name: 'production', ...rules } });
    await stage.hookTo(stage.receiver.url);
    await stage.told();

    const id = await stage.deploy();
    const asked = await stage.told();
    expect(await allGenuine(asked)).toEqual(expected.slice(0, 1));
    expect(asked[0]?.json).toMatchObject({ environment: 'production', requestor: { login: 'dev' } });
    const body = { status: verdict, comment: 'as agreed' };
    await ask(server, `POST ${gitLabProject}/deployments/${id}/approval`, { token: reviewer.token, body });
    const told = await stage.told();
    expect(await allGenuine(told)).toEqual(expected.slice(1));
    expect(told[0]?.json).toMatchObject({ approver: { login: 'reviewer' }, comment: 'as agreed' });
    expect(told[1]?.json).toMatchObject({ deployment: { id } });
  });

  test('are of the events that a hook of topics is shown to have', async () => {
    await using stage = await scene();
    const { server } = stage;
    const reviewer = await person(server, 'reviewer');
    await join(server, 'project', 'acme/widget', reviewer, 'developer');
    const rules = { deploy_access_levels: [{ access_level: 30 }], approval_rules: [{ user_id: reviewer.id }] };
    await ask(server, `POST ${gitLabProject}/protected_environments`, { body: { name: 'production', ...rules } });
    const { url } = stage.receiver;
    const hook = { project: 'acme/widget', url, shape: 'github', secret: hookSecret } as const;
    const { id } = await server.client.createHook({ ...hook, topics: ['deployment'] });
    await stage.deploy();
    await stage.tell(await stage.deploy({ environment: 'qa' }), 'success');
    const told = (await stage.told()).map(({ headers }) => headers['x-github-event']);
    expect(told).toEqual(['deployment_review', 'deployment', 'deployment_status']);
    const shown = await ask<{ events: string[] }>(server, `GET /repos/acme/widget/hooks/${id}`);
    expect(shown.body.events.toSorted()).toEqual(told.toSorted());
  });

  test('of one event have one id, for every hook and however often they are sent', async () => {
    await using stage = await scene();
    await using second = await startReceiver();
    const hook = await stage.hookTo(stage.receiver.url, { events: ['deployment'] });
    await stage.hookTo(second.url, { events: ['deployment'] });
    await stage.told();
    await stage.deploy();
    await stage.told();
    const at = `/repos/acme/widget/hooks/${hook}/deliveries` as const;
    const [delivery] = (await ask<{ id: number }[]>(stage.server, `GET ${at}`)).body;
    expect((await ask(stage.server, `POST ${at}/${delivery?.id}/attempts`)).status).toBe(202);
    await stage.told();
    const [sent, again] = stage.receiver.received.slice(1);
    const ids = [sent, again, second.received[1]].map((each) => each?.headers['x-github-delivery']);
    expect(new Set(ids)).toEqual(new Set([sent?.headers['x-github-delivery']]));
    expect(again?.body).toBe(sent?.body);
    const listed = (await ask<{ guid: string; redelivery: boolean }[]>(stage.server, `GET ${at}`)).body;
    expect(listed.slice(0, 2).map(({ guid, redelivery }) => [guid, redelivery])).toEqual([
      [ids[0], true],
      [ids[0], false],
    ]);
  });

  test('of a deployment that is refused are not sent, however often it is asked for', async () => {
    await using stage = await scene();
    await stage.hookTo(stage.receiver.url);
    await stage.told();
    const refusals = [
      { ref: '' },
      { ref: 'main', sha, required_contexts: ['ci'] },
      { ref: 'main', description: 'x'.repeat(200_000) },
      { ref: 'main', payload: { text: 'x'.repeat(70_000) } },
    ];
    for (const body of refusals) {
      for (let tried = 0; tried < 4; tried += 1) {
        const { token } = stage.developer;
        const { status } = await ask(stage.server, 'POST /repos/acme/widget/deployments', { token, body });
        expect([409, 422]).toContain(status);
      }
    }
    expect(await stage.told()).toEqual([]);
  });

  test('are sent for the events that a hook asks for, and for no other', async () => {
    await using stage = await scene();
    const { url } = stage.receiver;
    for (const event of ['deployment', 'deployment_status', 'push'])
      await stage.hookTo(`${url}/${event}`, { events: [event] });
    const told = async () =>
      (await stage.told()).map(({ path, headers }) => `${path} ${headers['x-github-event']}`).sort();
    expect(await told()).toEqual(['/deployment ping', '/deployment_status ping', '/push ping']);
    await stage.tell(await stage.deploy(), 'success');
    expect(await told()).toEqual(['/deployment deployment', '/deployment_status deployment_status']);
  });
});
