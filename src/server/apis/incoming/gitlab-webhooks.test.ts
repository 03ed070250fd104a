import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { fromGitLab, gitlabDeployment, secret } from '../../../../test/support/incoming.ts';
import { startReceiver } from '../../../../test/support/receiver.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

const project = 'shop/checkout';

describe.each(databases)('a webhook of GitLab on $name', ({ name }) => {
  let server: TestServer;
  let id = 2000;
  beforeAll(async () => {
    server = await startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'] });
    for (const service of ['checkout', 'cart']) await server.client.record(report({ namespace: 'shop', service }));
    await server.client.createIncomingSecret(project, { source: 'gitlab', secret });
    await server.client.createIncomingSecret('shop/cart', { source: 'gitlab', secret: 'the-secret-of-the-cart' });
    await server.client.createIncomingSecret(project, { source: 'github', secret: 'what-github-signs-with' });
  });
  beforeEach(() => {
    id += 1;
  });
  afterAll(() => server.stop());

  const applied = () => server.context.incoming.applier.runOnce();
  const told = async () => (await server.client.deployments({ deployment_id: `gitlab-${id}` })).items;
  const stored = async () => (await server.client.incoming({ project, limit: '500' })).items.length;

  test('that tells of a deployment is recorded, with the whole commit and the time it says', async () => {
    const answer = await fromGitLab(server, { body: gitlabDeployment(id, 'running') });
    expect([answer.status, answer.body]).toEqual([202, { id: expect.any(Number) }]);
    await fromGitLab(server, {
      body: gitlabDeployment(id, 'failed', { status_changed_at: '2026-05-30 10:07:09 UTC' }),
    });
    await applied();
    const common = {
      service: 'checkout',
      environment: 'staging',
      ref: '1.0.0',
      sha: '279484c09fbe69ededfced8c1bb6e6d24616b468',
      actor: 'maya',
      run_url: 'https://gitlab.example/shop/checkout/-/jobs/796',
      progress_reporter: 'gitlab-webhook',
    };
    expect(await told()).toMatchObject([
      { ...common, status: 'failure', happened_at: '2026-05-30T10:07:09Z' },
      { ...common, status: 'in-progress', happened_at: '2026-05-30T10:05:09Z' },
    ]);
  });

  test.each([
    ['created', 'pending'],
    ['blocked', 'waiting'],
    ['running', 'in-progress'],
    ['success', 'success'],
    ['failed', 'failure'],
    ['canceled', 'cancelled'],
    ['skipped', 'skipped'],
    ['rejected', 'rejected'],
  ])('with the status %s is recorded as %s', async (word, status) => {
    await fromGitLab(server, { body: gitlabDeployment(id, word) });
    await applied();
    expect(await told()).toMatchObject([{ status }]);
  });

  test('of a deployment whose user, job and commit it does not know is recorded too', async () => {
    const unknown = { user: null, deployable_url: null, commit_url: null, ref: null };
    await fromGitLab(server, { body: gitlabDeployment(id, 'success', unknown) });
    await applied();
    const [event] = await told();
    expect(event).toMatchObject({ sha: '279484c0' });
    for (const field of ['actor', 'run_url', 'ref']) expect(event).not.toHaveProperty(field);
  });

  test.each([
    ['no token', { headers: { 'x-gitlab-token': '' } }],
    ['another token', { secret: 'another-secret-of-this' }],
    ['the token in capitals', { secret: secret.toUpperCase() }],
    ['the token of another project', { secret: 'the-secret-of-the-cart' }],
    ['the token for another tool', { secret: 'what-github-signs-with' }],
    ['a project that is not there', { query: '?project=shop/nothing' }],
  ])('with %s is refused with 401, and changes nothing', async (_, sent) => {
    const before = await stored();
    const answer = await fromGitLab(server, { body: gitlabDeployment(5, 'success'), ...sent });
    expect([answer.status, answer.body.code]).toEqual([401, 'signature_wrong']);
    await applied();
    expect(await stored()).toBe(before);
    expect((await server.client.deployments({ deployment_id: 'gitlab-5' })).items).toEqual([]);
  });

  test.each([
    ['an idempotency key', { delivery: 'one-and-the-same' }],
    ['the UUID of its event', { delivery: null, headers: { 'x-gitlab-event-uuid': 'one-and-the-same' } }],
    ['nothing but its body', { delivery: null }],
  ])('that comes again is told by %s, and changes nothing', async (_, sent) => {
    const first = await fromGitLab(server, { body: gitlabDeployment(id, 'success'), ...sent });
    const second = await fromGitLab(server, { body: gitlabDeployment(id, 'success'), ...sent });
    await applied();
    expect([first.status, second.status]).toEqual([202, 200]);
    expect(second.body).toEqual(first.body);
    expect(await told()).toHaveLength(1);
  });

  test('that was caused by another, and so has the UUID of its event, is not taken for it', async () => {
    const sent = { delivery: null, headers: { 'x-gitlab-event-uuid': `cause-${id}` } };
    for (const status of ['running', 'success']) {
      expect((await fromGitLab(server, { body: gitlabDeployment(id, status), ...sent })).status).toBe(202);
    }
    await applied();
    expect(await told()).toHaveLength(2);
  });

  test.each(['push', 'tag_push'])('about a %s is kept where no repository is connected', async (kind) => {
    const body = { object_kind: kind, project: { path_with_namespace: project } };
    const answer = await fromGitLab(server, { event: 'Some Hook', body });
    await applied();
    expect(await server.client.incomingDelivery(answer.body.id)).toMatchObject({ event: kind, state: 'kept' });
  });

  test('about an approval leaves the deployment as it is', async () => {
    await fromGitLab(server, { body: gitlabDeployment(id, 'blocked') });
    const answer = await fromGitLab(server, { body: gitlabDeployment(id, 'approved') });
    await applied();
    expect((await server.client.incomingDelivery(answer.body.id)).state).toBe('kept');
    expect(await told()).toMatchObject([{ status: 'waiting' }]);
  });

  test.each([
    ['another event', { object_kind: 'wiki_page' }, 'The kind of event "wiki_page" is not one'],
    ['an unknown status', { status: 'deploying' }, '/status must be one of created'],
    ['no environment', { environment: ' ' }, '/environment must be text that is not blank'],
    ['a time without an offset', { status_changed_at: '2026-05-30 12:05:09' }, '/status_changed_at must be'],
  ])('with %s stays with its reason', async (_, wrong, reason) => {
    const answer = await fromGitLab(server, { body: gitlabDeployment(id, 'success', wrong) });
    await applied();
    const delivery = await server.client.incomingDelivery(answer.body.id);
    expect(delivery).toMatchObject({ state: 'failed', reason: expect.stringContaining(reason) });
    expect(await told()).toEqual([]);
  });

  test('is understood as Shiplog itself sends it', async () => {
    await using receiver = await startReceiver();
    const hook = { url: `${receiver.url}/`, deployment_events: true, token: secret };
    await ask(server, 'POST /api/v4/projects/shop%2Fcart/hooks', { body: hook });
    await server.client.record(report({ namespace: 'shop', service: 'cart', environment: 'relayed' }));
    await server.context.dispatcher.runOnce();
    const [sent] = receiver.received;
    const headers = { 'idempotency-key': String(sent?.headers['idempotency-key']) };
    const query = '?project=shop/checkout';
    expect((await fromGitLab(server, { body: sent?.json, delivery: null, headers, query })).status).toBe(202);
    await applied();
    const { items } = await server.client.deployments({ service: 'checkout', environment: 'relayed' });
    expect(items).toMatchObject([{ status: 'success' }]);
  });
});
