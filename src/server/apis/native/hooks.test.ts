import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { type Receiver, startReceiver } from '../../../../test/support/receiver.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import type { HookRequest } from '../../../contract/hooks.ts';

const project = 'bank/ledger';

describe.each(databases)('hooks by the native API on $name', ({ name }) => {
  let server: TestServer;
  let receiver: Receiver;
  let maintainer: Person;
  beforeAll(async () => {
    receiver = await startReceiver();
    // The time stands still, so that nothing is tried again meanwhile.
    const now = Date.now();
    server = await startTestServer({
      database: name,
      clock: () => now,
      webhookAllowedHosts: ['127.0.0.1'],
      outgoing: { limitMs: 200 },
    });
    await privateProject(server, project);
    maintainer = await person(server, 'maintainer');
    await join(server, 'project', project, maintainer, 'maintainer');
  });
  afterAll(async () => {
    await server.stop();
    await receiver[Symbol.asyncDispose]();
  });

  const client = () => server.clientOf(maintainer.token);
  const create = (more: Partial<HookRequest> = {}) =>
    client().createHook({ project, url: `${receiver.url}/hook`, shape: 'github', ...more });
  const deploy = (status: 'in-progress' | 'success' = 'success') =>
    server.client.record(report({ namespace: 'bank', service: 'ledger', status }));
  /** What arrived at a path, all that is due having been sent. */
  const arrivedAt = async (path: string) => {
    await server.context.dispatcher.runOnce();
    return receiver.received.filter((each) => each.path === path);
  };

  test('a hook is made, listed, read, changed and removed', async () => {
    const url = `${receiver.url}/life`;
    const made = await ask(server, 'POST /api/hooks', {
      token: maintainer.token,
      body: { project, url, shape: 'github', topics: ['deployment'], secret: 'a secret', verify_tls: false },
    });
    const { id } = made.body as unknown as { id: number };
    expect([made.status, made.headers.get('location')]).toEqual([201, `/api/hooks/${id}`]);
    const facts = { id, project, url, shape: 'github', topics: ['deployment'], active: true, has_secret: true };
    expect(made.body).toEqual({ ...facts, verify_tls: false, created_at: expect.any(String) });
    expect(made.text).not.toContain('a secret');
    expect(await client().hook(id)).toEqual(made.body);
    expect((await client().hooks(project)).items).toContainEqual(made.body);

    const changed = await client().updateHook(id, {
      topics: ['approval', 'unapproved'],
      verify_tls: true,
      secret: null,
    });
    expect(changed).toMatchObject({ topics: ['approval', 'unapproved'], verify_tls: true, has_secret: false, url });
    await client().updateHook(id, { secret: 'another' });
    expect(await client().updateHook(id, { active: true })).toMatchObject({ has_secret: true });
    expect(await client().updateHook(id, { url: `${url}/elsewhere` })).toMatchObject({ has_secret: false });
    await client().deleteHook(id);
    await expect(client().hook(id)).rejects.toMatchObject({ status: 404 });
    expect((await client().hooks(project)).items.map((hook) => hook.id)).not.toContain(id);
  });

  test('a new hook asks for all topics', async () => {
    expect((await create()).topics).toEqual(['deployment', 'approval', 'unapproved']);
  });

  test("a hook that GitHub's API made keeps its events until its topics are others", async () => {
    const at = '/repos/bank/ledger/hooks';
    const url = `${receiver.url}/of-events`;
    const made = await ask<{ id: number }>(server, `POST ${at}`, {
      token: maintainer.token,
      body: { events: ['deployment', 'push'], config: { url, content_type: 'json' } },
    });
    const { id } = made.body;
    const events = async () => (await ask<{ events: string[] }>(server, `GET ${at}/${id}`)).body.events;
    const { topics, active, verify_tls } = await client().hook(id);
    expect(await client().updateHook(id, { url, topics, active, verify_tls })).toMatchObject({
      topics: ['deployment'],
    });
    expect(await events()).toEqual(['deployment', 'push']);
    await arrivedAt('/of-events');
    await deploy();
    expect((await arrivedAt('/of-events')).map(({ headers }) => headers['x-github-event'])).toEqual(['ping']);
    await client().updateHook(id, { topics: ['approval', 'deployment'] });
    expect(await events()).toEqual(['deployment', 'deployment_status', 'deployment_review']);
  });

  test('a hook that is not active is told of nothing, until it is again', async () => {
    const { id } = await create({ url: `${receiver.url}/paused`, active: false });
    await deploy();
    expect(await arrivedAt('/paused')).toEqual([]);
    await client().updateHook(id, { active: true });
    await deploy();
    expect(await arrivedAt('/paused')).toHaveLength(1);
    await client().updateHook(id, { active: false });
    await deploy();
    expect(await arrivedAt('/paused')).toHaveLength(1);
  });

  test.each([
    ['github', 'ping', (body: string) => JSON.parse(body).hook_id],
    ['gitlab', 'deployment_hooks', (body: string) => JSON.parse(body).object_kind],
    ['standard', 'ping', (body: string) => JSON.parse(body).data.hook],
  ] as const)('a test is sent in the shape %s, answered with how it went, and logged', async (shape, event, mark) => {
    const { id } = await create({ url: `${receiver.url}/test-${shape}`, shape });
    const tested = await client().testHook(id);
    expect(tested).toMatchObject({ event, state: 'delivered', attempts: 1, status_code: 200, error: null });
    expect(tested.redelivery).toBe(false);
    const shown = await client().hookDelivery(id, tested.id);
    expect(shown.request.url).toBe(`${receiver.url}/test-${shape}`);
    expect(mark(shown.request.body)).toBe(shape === 'gitlab' ? 'deployment' : id);
    expect(shown.response).toMatchObject({ status_code: 200, body: 'thanks' });
    expect((await client().hook(id)).last_delivery).toEqual(tested);
  });

  test('deliveries are listed, newest first, page by page and by how they went, and sent again', async () => {
    const { id } = await create({ url: `${receiver.url}/log` });
    await client().testHook(id);
    receiver.answer = (response) => void response.writeHead(500).end('no');
    await client().testHook(id);
    receiver.answer = (response) => void response.end('yes');
    const all = await client().hookDeliveries(id);
    expect(all.items.map(({ state, status_code }) => [state, status_code])).toEqual([
      ['given-up', 500],
      ['delivered', 200],
    ]);
    expect((await client().hookDeliveries(id, { status: 'failure' })).items).toEqual(all.items.slice(0, 1));
    const first = await client().hookDeliveries(id, { limit: '1' });
    expect(first.items).toEqual(all.items.slice(0, 1));
    const second = await client().hookDeliveries(id, { limit: '1', cursor: first.next_cursor ?? '' });
    expect(second).toEqual({ items: all.items.slice(1), next_cursor: null });

    const failed = all.items[0];
    if (!failed) throw new Error('There is a delivery.');
    const again = await client().redeliver(id, failed.id);
    expect(again).toMatchObject({
      uuid: failed.uuid,
      event_uuid: failed.event_uuid,
      redelivery: true,
      status_code: 200,
    });
    const [sent, resent] = (await arrivedAt('/log')).slice(-2);
    expect(resent?.body).toBe(sent?.body);
  });

  test('a delivery that somebody sends again while it waits is resent, not given up', async () => {
    const { id } = await create({ url: `${receiver.url}/resent`, shape: 'gitlab' });
    const status = (word: 'in-progress' | 'success') =>
      server.client.record(report({ namespace: 'bank', service: 'ledger', deployment_id: 'resent', status: word }));
    receiver.answer = (response) => void response.writeHead(500).end('no');
    await status('in-progress');
    await status('success');
    await arrivedAt('/resent');
    receiver.answer = (response) => void response.end('yes');
    const before = (await client().hookDeliveries(id)).items;
    expect(before.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['waiting', 0],
      ['waiting', 1],
    ]);
    for (const delivery of before.toReversed()) await client().redeliver(id, delivery.id);
    expect(await arrivedAt('/resent')).toHaveLength(3);
    const after = (await client().hookDeliveries(id)).items;
    expect(after.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['delivered', 1],
      ['delivered', 1],
      ['resent', 0],
      ['resent', 1],
    ]);
  });

  test('a receiver that hangs is recorded as timed out, and keeps nobody waiting who reports', async () => {
    const { id } = await create({ url: `${receiver.url}/hang` });
    receiver.answer = () => {};
    expect(await client().testHook(id)).toMatchObject({ status_code: null, error: 'No answer within 0.2 seconds.' });
    await server.context.dispatcher.runOnce();
    const before = receiver.received.length;
    await deploy();
    const running = server.context.dispatcher.runOnce();
    await expect.poll(() => receiver.received.length).toBeGreaterThan(before);
    await deploy();
    await running;
    receiver.answer = (response) => void response.end();
    const { items } = await client().hookDeliveries(id, { status: 'failure' });
    expect(items.map(({ error }) => error)).toContain('No answer within 0.2 seconds.');
    expect(items.find(({ state }) => state === 'waiting')?.next_attempt_at).toEqual(expect.any(String));
  });

  test.each([
    ['an address inside', { url: 'http://169.254.169.254/latest/meta-data' }, '/url'],
    ['the loopback address', { url: 'http://[::1]:8080/' }, '/url'],
    ['no address', { url: 'not an address' }, '/url'],
    ['a secret that is no key', { shape: 'standard', secret: 'plain' } as const, '/secret'],
    ['a key that is too short', { shape: 'standard', secret: 'whsec_c2hvcnQ=' } as const, '/secret'],
    ['a secret that no header takes', { secret: 'ü' }, '/secret'],
  ])('a hook with %s is refused', async (_, more, pointer) => {
    const body = { project, url: 'https://example.com', shape: 'github', ...more };
    const answer = await ask(server, 'POST /api/hooks', { token: maintainer.token, body });
    expect([answer.status, pointersOf(answer)]).toEqual([422, [pointer]]);
  });

  test('a hook of the standard shape cannot be given a secret that is no key', async () => {
    const { id } = await create({ shape: 'standard' });
    await expect(client().updateHook(id, { secret: 'plain' })).rejects.toMatchObject({ status: 422 });
    expect((await client().hook(id)).has_secret).toBe(false);
  });

  test('nobody but a maintainer of the project learns of a hook or does anything to it', async () => {
    const { id } = await create({ url: `${receiver.url}/guarded` });
    const delivery = (await client().testHook(id)).id;
    const developer = await person(server, 'developer');
    await join(server, 'project', project, developer, 'developer');
    await privateProject(server, 'other/place');
    const stranger = await person(server, 'stranger');
    await join(server, 'project', 'other/place', stranger, 'owner');
    const reader = await person(server, 'reader', { scopes: ['read_api'] });
    await join(server, 'project', project, reader, 'maintainer');
    const body = { project, url: 'https://example.com', shape: 'github' };
    const calls = [
      [`GET /api/hooks?project=${encodeURIComponent(project)}`],
      ['POST /api/hooks', body],
      [`GET /api/hooks/${id}`],
      [`PATCH /api/hooks/${id}`, { active: false }],
      [`DELETE /api/hooks/${id}`],
      [`POST /api/hooks/${id}/test`],
      [`GET /api/hooks/${id}/deliveries`],
      [`GET /api/hooks/${id}/deliveries/${delivery}`],
      [`POST /api/hooks/${id}/deliveries/${delivery}/redeliver`],
    ] as const;
    const before = receiver.received.length;
    for (const [request, given] of calls) {
      const status = async (token: string | null) =>
        (await ask(server, request, { token, ...(given ? { body: given } : {}) })).status;
      expect([request, await status(null)]).toEqual([request, 401]);
      expect([request, await status(stranger.token)]).toEqual([request, 404]);
      expect([request, await status(developer.token)]).toEqual([request, 403]);
      expect([request, await status(reader.token)]).toEqual([request, 403]);
    }
    expect(receiver.received).toHaveLength(before);
    expect(await client().hook(id)).toMatchObject({ active: true });
    const other = await create();
    const elsewhere = `/api/hooks/${other.id}/deliveries/${delivery}` as const;
    expect((await ask(server, `GET ${elsewhere}`, { token: maintainer.token })).status).toBe(404);
    expect((await ask(server, `POST ${elsewhere}/redeliver`, { token: maintainer.token })).status).toBe(404);
    const texts = await Promise.all(
      [id, 999_999].map(
        async (each) => (await ask(server, `GET /api/hooks/${each}`, { token: stranger.token })).body.detail,
      ),
    );
    expect(texts[0]).toBe(texts[1]);
  });
});
