import { Webhooks } from '@octokit/webhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { fromGitHub, githubDeployment, githubStatus, secret, signatureOf } from '../../../../test/support/incoming.ts';
import { administrator } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

const project = 'shop/checkout';

/** The signature of the body that is sent where a test names none. */
function signed(): string {
  return signatureOf(JSON.stringify(githubDeployment(5)), secret);
}

describe.each(databases)('a webhook of GitHub on $name', ({ name }) => {
  let server: TestServer;
  let next = 1000;
  let id = 0;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    for (const service of ['checkout', 'cart']) await server.client.record(report({ namespace: 'shop', service }));
    await server.client.createIncomingSecret(project, { source: 'github', secret });
    await server.client.createIncomingSecret('shop/cart', { source: 'github', secret: 'the-secret-of-the-cart' });
    await server.client.createIncomingSecret(project, { source: 'gitlab', secret: 'what-gitlab-sends-here' });
  });
  beforeEach(() => {
    next += 1;
    id = next;
  });
  afterAll(() => server.stop());

  const applied = () => server.context.incoming.applier.runOnce();
  const told = async () => (await server.client.deployments({ deployment_id: `github-${id}` })).items;
  const stored = async () => (await server.client.incoming({ project, limit: '500' })).items.length;
  const stateOf = async (delivery: number) => (await server.client.incomingDelivery(delivery)).state;

  test('that tells of a deployment and its statuses is recorded, and shown as any other', async () => {
    const answers = [
      await fromGitHub(server, { body: githubDeployment(id) }),
      await fromGitHub(server, { event: 'deployment_status', body: githubStatus(id, 'in_progress') }),
      await fromGitHub(server, {
        event: 'deployment_status',
        body: githubStatus(id, 'success', { created_at: '2026-05-30T10:09:00Z', log_url: '', description: '' }),
      }),
    ];
    expect(answers.map(({ status, body }) => [status, typeof body.id])).toEqual(Array(3).fill([202, 'number']));
    await applied();
    const common = {
      deployment_id: `github-${id}`,
      namespace: 'shop',
      service: 'checkout',
      environment: 'production',
      ref: 'main',
      sha: 'ffac537e6cbbf934b08745a378932722df287a53',
      actor: 'octocat',
      progress_reporter: 'github-webhook',
    };
    const run = 'https://github.example/shop/checkout/actions/runs/1';
    expect(await told()).toMatchObject([
      { ...common, status: 'success', happened_at: '2026-05-30T10:09:00Z', run_url: 'https://github.example/old' },
      { ...common, status: 'in-progress', happened_at: '2026-05-30T10:05:00Z', run_url: run },
      { ...common, status: 'pending', happened_at: '2026-05-30T10:00:00Z', description: 'Release 1.8' },
    ]);
    for (const { body } of answers) expect(await stateOf(body.id)).toBe('applied');
  });

  test.each([
    ['pending', 'pending'],
    ['queued', 'queued'],
    ['waiting', 'waiting'],
    ['in_progress', 'in-progress'],
    ['success', 'success'],
    ['failure', 'failure'],
    ['error', 'failure'],
    ['inactive', 'inactive'],
  ])('with the state %s is recorded as %s', async (state, status) => {
    await fromGitHub(server, { event: 'deployment_status', body: githubStatus(id, state) });
    await applied();
    expect(await told()).toMatchObject([{ status }]);
  });

  test('that tells of a status before its deployment makes the same of it', async () => {
    await fromGitHub(server, { event: 'deployment_status', body: githubStatus(id, 'success') });
    await applied();
    await fromGitHub(server, { body: githubDeployment(id) });
    await applied();
    const [first, second] = await told();
    expect([first?.status, second?.status]).toEqual(['success', 'pending']);
    expect(first?.deployment_number).toBe(second?.deployment_number);
    const shown = await ask<{ status: string }>(
      server,
      `GET /api/v4/projects/shop%2Fcheckout/deployments/${first?.deployment_number}`,
    );
    expect(shown.body.status).toBe('success');
  });

  test('that names another environment in a status stays with the one it was made for', async () => {
    await fromGitHub(server, { body: githubDeployment(id) });
    const moved = { ...githubStatus(id, 'success'), ...githubDeployment(id, { environment: 'elsewhere' }) };
    await fromGitHub(server, { event: 'deployment_status', body: moved });
    await applied();
    expect((await told()).map(({ environment }) => environment)).toEqual(['production', 'production']);
  });

  test('that says where the environment is, is shown with that by GitHub’s API', async () => {
    const environment_url = 'https://shop.example';
    const body = githubStatus(id, 'success', { environment_url, environment: 'Production' });
    await fromGitHub(server, { event: 'deployment_status', body });
    await applied();
    const [{ deployment_number } = { deployment_number: 0 }] = await told();
    const statuses = `GET /api/v3/repos/shop/checkout/deployments/${deployment_number}/statuses` as const;
    expect((await ask<unknown>(server, statuses)).body).toMatchObject([
      { state: 'success', description: 'It is success', environment: 'Production', environment_url },
    ]);
  });

  test('whose content comes again under another delivery id is recorded once', async () => {
    for (const delivery of ['one', 'another']) {
      const sent = { body: githubDeployment(id), delivery: `${delivery}-${id}` };
      expect((await fromGitHub(server, sent)).status).toBe(202);
    }
    await applied();
    expect(await told()).toHaveLength(1);
  });

  test('may write the name of its repository in another case', async () => {
    const body = { ...githubDeployment(id), repository: { full_name: 'Shop/Checkout' } };
    expect((await fromGitHub(server, { body })).status).toBe(202);
  });

  test('is taken as GitHub’s own library signs it', async () => {
    const body = JSON.stringify(githubDeployment(id));
    const signature = await new Webhooks({ secret }).sign(body);
    const headers = { 'x-hub-signature-256': signature };
    expect((await fromGitHub(server, { body, headers })).status).toBe(202);
  });

  test('may be a form, as GitHub sends unless it is told otherwise', async () => {
    const body = new URLSearchParams({ payload: JSON.stringify(githubDeployment(id)) }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fromGitHub(server, { body, headers })).status).toBe(202);
    await applied();
    expect(await told()).toHaveLength(1);
  });

  test('is signed over its bytes, whatever they spell', async () => {
    const body = JSON.stringify(githubDeployment(id, { description: 'Größe 🚢' }), null, '\t');
    expect((await fromGitHub(server, { body })).status).toBe(202);
    await applied();
    expect(await told()).toMatchObject([{ description: 'Größe 🚢' }]);
  });

  test.each([
    ['no signature', { headers: { 'x-hub-signature-256': '' } }],
    ['a signature by another secret', { secret: 'another-secret-of-this' }],
    ['a signature by the secret of another project', { secret: 'the-secret-of-the-cart' }],
    ['a signature by the secret for another tool', { secret: 'what-gitlab-sends-here' }],
    [
      'a signature in capitals',
      { headers: { 'x-hub-signature-256': signed().replace(/[a-f]/g, (c) => c.toUpperCase()) } },
    ],
    ['only a signature by SHA-1', { headers: { 'x-hub-signature-256': '', 'x-hub-signature': 'sha1=0' } }],
    ['no more than the secret itself', { headers: { 'x-hub-signature-256': secret, 'x-gitlab-token': secret } }],
    ['a signature that is cut short', { headers: { 'x-hub-signature-256': signed().slice(0, -1) } }],
    ['a project that is not there', { query: '?project=shop/nothing' }],
    ['a project without a secret', { query: '?project=nobody/here' }],
    ['a project that no database knows', { query: '?project=%00' }],
    ['a body that names no project', { body: { deployment: {} } }],
    ['a body that is none', { body: 'payload' }],
  ])('with %s is refused with 401, and changes nothing', async (_, sent) => {
    const before = await stored();
    const answer = await fromGitHub(server, { body: githubDeployment(5), ...sent });
    expect([answer.status, answer.body.code]).toEqual([401, 'signature_wrong']);
    await applied();
    expect(await stored()).toBe(before);
    expect((await server.client.deployments({ deployment_id: 'github-5' })).items).toEqual([]);
  });

  test('with a body that was changed after it was signed is refused', async () => {
    const headers = { 'x-hub-signature-256': signed() };
    const answer = await fromGitHub(server, { body: githubDeployment(5, { environment: 'other' }), headers });
    expect(answer.status).toBe(401);
  });

  test('goes to the project that its URL names, by path or number, if that project’s secret signs it', async () => {
    const { id: number } = await server.context.projects.resolve(await administrator(server), 'shop/cart');
    for (const named of ['shop%2Fcart', String(number)]) {
      const body = githubDeployment(id, { description: named });
      const sent = { body, query: `?project=${named}`, secret: 'the-secret-of-the-cart' };
      expect((await fromGitHub(server, sent)).status).toBe(202);
    }
    await applied();
    expect((await told()).map(({ service }) => service)).toEqual(['cart', 'cart']);
    expect((await fromGitHub(server, { body: githubDeployment(id), query: '?project=shop/cart' })).status).toBe(401);
  });

  test('that comes again changes nothing, and answers the same id with 200', async () => {
    const sent = { body: githubDeployment(id), delivery: `again-${id}` };
    const first = await fromGitHub(server, sent);
    await applied();
    const second = await fromGitHub(server, sent);
    await applied();
    expect([first.status, second.status]).toEqual([202, 200]);
    expect(second.body).toEqual(first.body);
    expect(await told()).toHaveLength(1);
  });

  test('without a delivery id is told from others by its body', async () => {
    const send = (description: string) =>
      fromGitHub(server, { body: githubDeployment(id, { description }), delivery: null });
    const answers = [await send('one'), await send('one'), await send('two')];
    expect(answers.map(({ status }) => status)).toEqual([202, 200, 202]);
  });

  test.each(['push', 'workflow_run'])('about a %s is kept where no repository is connected', async (event) => {
    const { body } = await fromGitHub(server, { event, body: githubDeployment(id) });
    await applied();
    expect(await server.client.incomingDelivery(body.id)).toMatchObject({ event, state: 'kept', reason: null });
    expect(await told()).toEqual([]);
  });

  test('that only pings is answered', async () => {
    const body = { zen: 'Keep it logically awesome.', hook_id: 1, repository: { full_name: project } };
    const answer = await fromGitHub(server, { event: 'ping', body });
    expect(answer.status).toBe(202);
    await applied();
    expect(await stateOf(answer.body.id)).toBe('applied');
  });

  test.each([
    ['another event', { event: 'star' }, 'The kind of event "star" is not one that Shiplog understands'],
    ['no event', { headers: { 'x-github-event': '' } }, 'The kind of event is missing'],
    ['a body that is no JSON', { body: 'not JSON', query: `?project=${project}` }, 'The body must be valid JSON'],
    ['no deployment in it', { body: { repository: { full_name: project } } }, '/deployment/environment must be text'],
    ['an id that is none', { body: githubDeployment(Number.NaN) }, '/deployment/id must be a whole number'],
    [
      'a time that is none',
      { body: githubDeployment(9, { created_at: 'now' }) },
      '/deployment/created_at must be a date',
    ],
    ['a day that is not', { body: githubDeployment(9, { created_at: '2026-13-01T00:00:00Z' }) }, 'must be a date'],
    ['a time to come', { body: githubDeployment(9, { created_at: '2099-01-01T00:00:00Z' }) }, '24 hours in the future'],
    ['a NUL', { body: githubDeployment(9, { ref: 'a\0b' }) }, '/deployment/ref must be text without NUL'],
    ['a name that is too long', { body: githubDeployment(9, { ref: 'x'.repeat(300) }) }, 'must not be longer than 256'],
    [
      'an unknown state',
      { event: 'deployment_status', body: githubStatus(9, 'done') },
      'must be one of pending, queued',
    ],
  ])('with %s stays with its reason, and nothing is recorded', async (_, sent, reason) => {
    const answer = await fromGitHub(server, { body: githubDeployment(9), ...sent });
    expect(answer.status).toBe(202);
    await applied();
    const delivery = await server.client.incomingDelivery(answer.body.id);
    expect(delivery).toMatchObject({ state: 'failed', reason: expect.stringContaining(reason) });
    expect((await server.client.deployments({ deployment_id: 'github-9' })).items).toEqual([]);
  });

  test('that is too large, of another content type, or no text is refused, whoever sent it', async () => {
    const large = githubDeployment(id, { description: 'x'.repeat(1024 * 1024) });
    expect((await fromGitHub(server, { body: large })).status).toBe(413);
    const headers = { 'content-type': 'text/plain' };
    expect((await fromGitHub(server, { body: githubDeployment(id), headers })).status).toBe(415);
    const body = JSON.stringify(githubDeployment(id, { description: 'a' })).replace('"a"', '"\0"');
    expect((await fromGitHub(server, { body, query: `?project=${project}` })).body.code).toBe('body_malformed');
  });

  test('that cannot be proven too often in a minute is refused, whatever else comes from the address', async () => {
    let now = Date.now();
    await using other = await startTestServer({ database: name, clock: () => now });
    for (const service of ['checkout', 'cart']) {
      await other.client.record(report({ namespace: 'shop', service }));
      await other.client.createIncomingSecret(`shop/${service}`, { source: 'github', secret });
    }
    const statuses = [];
    for (let guess = 1; guess <= 31; guess += 1) {
      const answer = await fromGitHub(other, { body: githubDeployment(id), secret: `a guess, the ${guess}th` });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([...Array(30).fill(401), 429]);
    const right = { body: githubDeployment(id) };
    const limited = await fromGitHub(other, right);
    expect([limited.status, Number(limited.headers.get('retry-after'))]).toEqual([429, expect.closeTo(60, 0)]);
    expect((await fromGitHub(other, { ...right, query: '?project=shop/cart' })).status).toBe(202);
    now += 60_000;
    expect((await fromGitHub(other, right)).status).toBe(202);
  });

  test.each(['github', 'gitlab'] as const)(
    'that a Shiplog sent as %s does is not recorded, so that two never tell each other without end',
    async (source) => {
      await using other = await startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'] });
      await other.client.record(report({ namespace: 'shop', service: 'checkout' }));
      await other.client.createIncomingSecret(project, { source, secret });
      const url = `${other.url}/webhooks/${source}?project=${project}`;
      const config = { url, content_type: 'json', secret };
      if (source === 'github') {
        await ask(other, 'POST /api/v3/repos/shop/checkout/hooks', { body: { events: ['*'], config } });
        await ask(other, 'POST /api/v3/repos/shop/checkout/deployments', {
          body: { ref: 'main', required_contexts: [] },
        });
      } else {
        const hook = { url, token: secret, deployment_events: true, push_events: false };
        await ask(other, 'POST /api/v4/projects/shop%2Fcheckout/hooks', { body: hook });
        await other.client.record(report({ namespace: 'shop', service: 'checkout' }));
      }
      const recorded = async () => (await other.client.deployments({ service: 'checkout' })).items.length;
      const before = await recorded();
      for (let turn = 0; turn < 3; turn += 1) {
        await other.context.dispatcher.runOnce();
        await other.context.incoming.applier.runOnce();
      }
      const { items } = await other.client.incoming({ project });
      expect(items.length).toBeGreaterThan(0);
      for (const { state, reason } of items)
        expect([state, reason]).toEqual(['failed', expect.stringContaining('is a Shiplog')]);
      expect(await recorded()).toBe(before);
    },
  );
});
