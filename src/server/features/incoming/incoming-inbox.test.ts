import { describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { fromGitHub, githubDeployment, githubStatus, secret } from '../../../../test/support/incoming.ts';
import { startTestServer, type TestServer, type TestServerOptions } from '../../../../test/support/server.ts';

const project = 'shop/checkout';
const dayMs = 86_400_000;

describe.each(databases)('what comes in by webhooks on $name', ({ name, create }) => {
  async function start(options: TestServerOptions = {}): Promise<TestServer> {
    const server = await startTestServer({ database: name, ...options });
    await server.client.record(report({ namespace: 'shop', service: 'checkout', environment: 'other' }));
    await server.client.createIncomingSecret(project, { source: 'github', secret });
    return server;
  }
  const apply = (server: TestServer) => server.context.incoming.applier.runOnce();
  const toldTo = async (server: TestServer) =>
    (await server.client.deployments({ service: 'checkout', environment: 'production' })).items;

  test('is recorded by itself, soon after it was answered', async () => {
    await using server = await start();
    await fromGitHub(server, { body: githubDeployment(1) });
    await expect.poll(() => toldTo(server)).toHaveLength(1);
  });

  test('is listed with what became of it, newest first, by state and page by page', async () => {
    await using server = await start();
    await fromGitHub(server, { body: githubDeployment(1), delivery: 'first' });
    await fromGitHub(server, { event: 'push', body: githubDeployment(2), delivery: 'second' });
    await fromGitHub(server, { event: 'star', body: githubDeployment(3), delivery: 'third' });
    await apply(server);
    const { items } = await server.client.incoming({ project });
    expect(items.map(({ delivery_id, state }) => [delivery_id, state])).toEqual([
      ['third', 'failed'],
      ['second', 'kept'],
      ['first', 'applied'],
    ]);
    expect((await server.client.incoming({ project, state: 'kept' })).items).toEqual([items[1]]);
    const page = await server.client.incoming({ project, limit: '2' });
    expect(page.items).toEqual(items.slice(0, 2));
    const rest = await server.client.incoming({ project, limit: '2', cursor: page.next_cursor ?? '' });
    expect(rest).toEqual({ items: items.slice(2), next_cursor: null });
  });

  test('is shown as it came, without what proved it', async () => {
    await using server = await start();
    const body = `${JSON.stringify(githubDeployment(1))}\n`;
    const headers = { authorization: 'Basic of-a-proxy', cookie: 'session=theirs', 'x-gitlab-token': 'secret' };
    const { body: answer } = await fromGitHub(server, { body, headers, delivery: 'shown' });
    const shown = await server.client.incomingDelivery(answer.id);
    expect(shown.body).toBe(body);
    expect(shown.headers).toEqual({
      'content-type': 'application/json',
      'user-agent': expect.any(String),
      'x-github-event': 'deployment',
      'x-github-delivery': 'shown',
    });
    await expect(server.client.incomingDelivery(1_000_000)).rejects.toMatchObject({ status: 404 });
  });

  test('and could not be understood does not keep what comes after it from being recorded', async () => {
    await using server = await start();
    for (const body of [{ repository: { full_name: project } }, githubDeployment(1)])
      await fromGitHub(server, { body });
    await apply(server);
    expect(await toldTo(server)).toHaveLength(1);
  });

  test('can be replayed: what failed is tried anew, and what was recorded is not recorded twice', async () => {
    let now = Date.now();
    await using server = await start({ clock: () => now });
    const ahead = new Date(now + 2 * dayMs).toISOString();
    const early = await fromGitHub(server, { body: githubDeployment(1, { created_at: ahead }) });
    await apply(server);
    expect(await server.client.incomingDelivery(early.body.id)).toMatchObject({
      state: 'failed',
      reason: '/happened_at must not be more than 24 hours in the future',
    });
    now += 3 * dayMs;
    expect(await server.client.replayIncoming(early.body.id)).toMatchObject({ id: early.body.id, reason: null });
    await apply(server);
    expect(await server.client.incomingDelivery(early.body.id)).toMatchObject({ state: 'applied', reason: null });
    const events = await toldTo(server);
    expect(events).toHaveLength(1);
    await server.client.replayIncoming(early.body.id);
    await apply(server);
    expect(await toldTo(server)).toEqual(events);
  });

  test('is recorded and flagged where it went without the approvals that are needed there', async () => {
    await using server = await start();
    const rule = { name: 'production', required_approval_count: 1, deploy_access_levels: [{ access_level: 40 }] };
    await ask(server, 'POST /api/v4/projects/shop%2Fcheckout/protected_environments', { body: rule });
    await fromGitHub(server, { event: 'deployment_status', body: githubStatus(1, 'success') });
    await apply(server);
    expect(await toldTo(server)).toMatchObject([{ status: 'success', unapproved: true }]);
  });

  test('is not recorded twice by a replay or under another id when its key is long forgotten', async () => {
    let now = Date.now();
    await using server = await start({ clock: () => now });
    const { body } = await fromGitHub(server, { body: githubDeployment(1) });
    await apply(server);
    const events = await toldTo(server);
    now += 8 * dayMs;
    for (const job of server.context.jobs.jobs) await server.context.jobs.runOnce(job);
    await server.client.replayIncoming(body.id);
    await fromGitHub(server, { body: githubDeployment(1), delivery: 'captured and sent again' });
    await apply(server);
    expect((await server.client.incoming({ project })).items.map(({ state }) => state)).toEqual(['applied', 'applied']);
    expect(await toldTo(server)).toEqual(events);
  });

  test('is refused, and not stored, by a server that cannot open its secret, and taken with one that it can open', async () => {
    await using database = await create();
    {
      await using _ = await start({ database, secretKey: 'the key that sealed it' });
    }
    await using server = await startTestServer({ database, secretKey: 'quite another key' });
    const refused = await fromGitHub(server, { body: githubDeployment(1) });
    expect([refused.status, refused.body.code]).toEqual([401, 'signature_wrong']);
    expect((await server.client.incoming({ project })).items).toEqual([]);
    await server.client.createIncomingSecret(project, { source: 'github', secret: 'a-new-secret-of-its-own' });
    expect((await fromGitHub(server, { body: githubDeployment(1), secret: 'a-new-secret-of-its-own' })).status).toBe(
      202,
    );
  });

  test('waits while it cannot be recorded, and is recorded once it can', async () => {
    await using database = await create();
    let now = Date.now();
    let id: number;
    {
      await using server = await start({ database, clock: () => now });
      await server.context.lane.stop();
      id = (await fromGitHub(server, { body: githubDeployment(1) })).body.id;
      await apply(server);
      expect(await server.client.incomingDelivery(id)).toMatchObject({ state: 'waiting', reason: null });
    }
    await using server = await startTestServer({ database, clock: () => now });
    now += 5000;
    await apply(server);
    expect((await server.client.incomingDelivery(id)).state).toBe('applied');
    expect(await toldTo(server)).toHaveLength(1);
  });

  test('is kept for a project up to a thousand, the latest', async () => {
    await using server = await start();
    const post = (id: number) => fromGitHub(server, { event: 'push', body: githubDeployment(id), delivery: `${id}` });
    for (let from = 0; from < 1010; from += 101)
      await Promise.all(Array.from({ length: 101 }, (_, at) => post(from + at)));
    for (let turn = 0; turn < 60; turn += 1) await apply(server);
    await server.context.jobs.runOnce(server.context.incoming.retention);
    const items = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof server.client.incoming>> = await server.client.incoming({
        project,
        limit: '500',
        ...(cursor === '' ? {} : { cursor }),
      });
      items.push(...page.items);
      cursor = page.next_cursor;
    }
    expect(items).toHaveLength(1000);
    expect(items.map(({ delivery_id }) => Number(delivery_id)).every((id) => id >= 0)).toBe(true);
    expect(items[0]?.id).toBeGreaterThan(1000);
  });

  test('is forgotten: after 30 days what was recorded, after 90 what was not', async () => {
    let now = Date.now();
    await using server = await start({ clock: () => now });
    await fromGitHub(server, { body: githubDeployment(1) });
    await fromGitHub(server, { event: 'push', body: githubDeployment(1) });
    await fromGitHub(server, { event: 'star', body: githubDeployment(1) });
    await apply(server);
    const left = async () => {
      await server.context.jobs.runOnce(server.context.incoming.retention);
      return (await server.client.incoming({ project })).items.map(({ state }) => state);
    };
    now += 29 * dayMs;
    expect(await left()).toEqual(['failed', 'kept', 'applied']);
    now += 2 * dayMs;
    expect(await left()).toEqual(['failed', 'kept']);
    now += 60 * dayMs;
    expect(await left()).toEqual([]);
    expect(await toldTo(server)).toHaveLength(1);
  });

  test('is recorded once, though several nodes are at it', async () => {
    await using database = await create();
    await using first = await start({ database });
    await using second = await startTestServer({ database });
    for (let id = 1; id <= 40; id += 1) {
      const sent = { event: 'deployment_status', body: githubStatus(id, 'success') };
      expect((await fromGitHub(id % 2 === 0 ? first : second, sent)).status).toBe(202);
    }
    await Promise.all([apply(first), apply(second)]);
    await expect.poll(() => toldTo(first)).toHaveLength(40);
    expect(new Set((await toldTo(first)).map(({ deployment_id }) => deployment_id)).size).toBe(40);
  });

  test('one repeat to each of two nodes is one', async () => {
    await using database = await create();
    await using first = await start({ database });
    await using second = await startTestServer({ database });
    const sent = { body: githubDeployment(1), delivery: 'twice' };
    const answers = await Promise.all([fromGitHub(first, sent), fromGitHub(second, sent)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 202]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
  });

  test('and was not recorded before the server ended is recorded when it is back', async () => {
    await using database = await create();
    let id: number;
    {
      await using server = await start({ database });
      await server.context.incoming.applier.stop();
      id = (await fromGitHub(server, { body: githubDeployment(1) })).body.id;
      expect((await server.client.incomingDelivery(id)).state).toBe('waiting');
    }
    await using server = await startTestServer({ database });
    await apply(server);
    expect((await server.client.incomingDelivery(id)).state).toBe('applied');
    expect(await toldTo(server)).toHaveLength(1);
  });

  test('and was taken up by a node that ended is taken up by another a minute later', async () => {
    await using database = await create();
    let now = Date.now();
    await using server = await start({ database, clock: () => now });
    await server.context.incoming.applier.stop();
    const { body } = await fromGitHub(server, { body: githubDeployment(1) });
    const stateAt = async (node: TestServer) => {
      await apply(node);
      return (await server.client.incomingDelivery(body.id)).state;
    };
    let looksLeft = Number.POSITIVE_INFINITY;
    const ending = () => {
      looksLeft -= 1;
      if (looksLeft < 0) throw new Error('The node ended.');
      return now;
    };
    await using ended = await startTestServer({ database, clock: ending });
    await ended.context.lane.stop();
    // One look at the clock is for what it takes up; it does not come to a second one.
    looksLeft = 1;
    await apply(ended);
    await ended.context.incoming.applier.stop();
    looksLeft = Number.POSITIVE_INFINITY;
    await using other = await startTestServer({ database, clock: () => now });
    expect(await stateAt(other)).toBe('waiting');
    now += 60_000;
    expect(await stateAt(other)).toBe('applied');
    expect(await toldTo(server)).toHaveLength(1);
  });
});
