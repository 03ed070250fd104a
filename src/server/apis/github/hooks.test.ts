import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askGitHub } from '../../../../test/github/checked-answers.ts';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { type HookedRepository, hookedRepository, hookSecret } from '../../../../test/support/hooked-repository.ts';
import { join, person, privateProject } from '../../../../test/support/people.ts';

interface Hook {
  readonly id: number;
  readonly events: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly [name: string]: unknown;
}

interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly [name: string]: unknown;
}

const at = '/repos/acme/widget/hooks';

describe.each(databases)("GitHub's hooks on $name", ({ name }) => {
  let stage: HookedRepository;
  beforeAll(async () => {
    // The time stands still, so that nothing is tried again meanwhile.
    const now = Date.now();
    stage = await hookedRepository({ database: name, clock: () => now });
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  const create = (body: unknown) => askGitHub<Hook>(stage.server, `POST ${at}`, { body });
  const change = (id: number, body: unknown) => askGitHub<Hook>(stage.server, `PATCH ${at}/${id}`, { body });
  const get = (path: string) => askGitHub<Hook>(stage.server, `GET ${at}${path}`);
  const deliveriesOf = (id: number, query = '') =>
    askGitHub<Delivery[]>(stage.server, `GET ${at}/${id}/deliveries${query}`);
  const to = (path: string) => ({ url: `${stage.receiver.url}${path}` });

  test('a hook is made with every field, shown as GitHub shows it, and found again', async () => {
    const config = { ...to('/one'), content_type: 'json', secret: hookSecret, insecure_ssl: '1' };
    const made = await create({ name: 'web', active: true, events: ['deployment', 'push'], config });
    expect(made.status).toBe(201);
    const url = `${stage.server.url}${at}/${made.body.id}`;
    expect(made.headers.get('location')).toBe(url);
    expect(made.body).toMatchObject({
      type: 'Repository',
      name: 'web',
      active: true,
      events: ['deployment', 'push'],
      config: { url: config.url, content_type: 'json', secret: '********', insecure_ssl: '1' },
      url,
      test_url: `${url}/tests`,
      ping_url: `${url}/pings`,
      deliveries_url: `${url}/deliveries`,
      last_response: { code: null, status: 'unused', message: null },
    });
    await stage.told();
    const shown = (await get(`/${made.body.id}`)).body;
    expect(shown).toEqual({ ...made.body, last_response: { code: 200, status: 'active', message: 'OK' } });
    expect((await askGitHub<Hook[]>(stage.server, `GET ${at}?per_page=100`)).body).toContainEqual(shown);
  });

  test('a hook that says little asks for pushes, in forms, as on GitHub', async () => {
    const { body } = await create({ config: to('/little') });
    expect(body).toMatchObject({ active: true, events: ['push'], config: { content_type: 'form', insecure_ssl: '0' } });
    expect(body.config).not.toHaveProperty('secret');
  });

  test('what a hook asks for is changed: all of it, more of it and less of it', async () => {
    const { id } = (await create({ events: ['deployment'], config: to('/change') })).body;
    const eventsAfter = async (body: object) => (await change(id, body)).body.events;
    expect(await eventsAfter({ add_events: ['deployment_status', 'push'] })).toEqual([
      'deployment',
      'deployment_status',
      'push',
    ]);
    expect(await eventsAfter({ remove_events: ['deployment', 'push'] })).toEqual(['deployment_status']);
    expect(await eventsAfter({ active: false })).toEqual(['deployment_status']);
    expect(await eventsAfter({ events: ['*'], active: true })).toEqual(['*']);
  });

  test('changes that come at once are all kept', async () => {
    const { id } = (await create({ events: ['deployment'], config: { ...to('/at-once'), secret: 'a' } })).body;
    for (let round = 0; round < 10; round += 1) {
      const event = `round_${'x'.repeat(round + 1)}`;
      const insecure = String(round % 2);
      const answers = await Promise.all([
        change(id, { add_events: [event] }),
        change(id, { active: round % 2 === 0 }),
        askGitHub(stage.server, `PATCH ${at}/${id}/config`, { body: { insecure_ssl: insecure } }),
        change(id, { add_events: [`${event}_too`] }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const { body } = await get(`/${id}`);
      expect(body).toMatchObject({ active: round % 2 === 0, config: { insecure_ssl: insecure, secret: '********' } });
      expect(body.events).toEqual(expect.arrayContaining([event, `${event}_too`]));
      expect(body.events).toHaveLength(3 + 2 * round);
    }
  });

  test('the secret goes with a config that leaves it out, and stays where only part of the config is changed', async () => {
    const { id } = (await create({ events: ['*'], config: { ...to('/s'), secret: 'a', content_type: 'json' } })).body;
    const config = async () => (await get(`/${id}/config`)).body;
    const patched = await askGitHub(stage.server, `PATCH ${at}/${id}/config`, { body: { content_type: 'form' } });
    expect(patched.body).toEqual({ ...to('/s'), content_type: 'form', insecure_ssl: '0', secret: '********' });
    expect(await config()).toEqual(patched.body);
    await change(id, { config: { ...to('/s'), secret: '********' } });
    expect(await config()).toHaveProperty('secret', '********');
    await change(id, { config: to('/s') });
    expect(await config()).not.toHaveProperty('secret');
  });

  test('a secret does not go along to another address', async () => {
    const id = await stage.hookTo(`${stage.receiver.url}/here`);
    await askGitHub(stage.server, `PATCH ${at}/${id}/config`, { body: to('/there') });
    expect((await get(`/${id}/config`)).body).not.toHaveProperty('secret');
  });

  test.each([
    ['no config', {}, 'config'],
    ['no address', { config: { content_type: 'json' } }, 'url'],
    ['an address inside', { config: { url: 'http://10.0.0.1/' } }, 'url'],
    ['the address of a cloud’s metadata', { config: { url: 'http://169.254.169.254/latest/meta-data' } }, 'url'],
    ['an unknown content type', { config: { url: 'https://example.com', content_type: 'xml' } }, 'content_type'],
    ['another name', { name: 'email', config: { url: 'https://example.com' } }, 'name'],
    ['no list of events', { events: { a: 1 }, config: { url: 'https://example.com' } }, 'events'],
    ['too many events', { events: Array(101).fill('push'), config: { url: 'https://example.com' } }, 'events'],
    ['too long a secret', { config: { url: 'https://example.com', secret: 'x'.repeat(2049) } }, 'secret'],
  ])('a hook with %s is refused, and named is what is wrong', async (_, body, field) => {
    const answer = await create(body);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(field);
    expect(answer.body).toMatchObject({ message: expect.any(String), errors: expect.any(Array) });
  });

  test('what is wrong with an address is said of the config of a hook', async () => {
    const { id } = (await create({ config: to('/fine') })).body;
    const config = { url: 'http://10.0.0.1/' };
    const wrong = {
      errors: [{ resource: 'Hook', field: 'config.url', message: expect.stringMatching(/^config.url /) }],
    };
    expect((await create({ config })).body).toMatchObject(wrong);
    expect((await change(id, { config })).body).toMatchObject(wrong);
  });

  test('a ping and a test are answered at once, and arrive', async () => {
    await stage.deploy();
    const id = await stage.hookTo(`${stage.receiver.url}/tried`);
    await stage.told();
    expect((await askGitHub(stage.server, `POST ${at}/${id}/pings`)).status).toBe(204);
    expect((await askGitHub(stage.server, `POST ${at}/${id}/tests`)).status).toBe(204);
    const events = (await stage.told()).map(({ headers }) => headers['x-github-event']);
    expect(events).toEqual(['ping', 'deployment_status']);
  });

  test('deliveries are listed, newest first, page by page and by how they went', async () => {
    const id = await stage.hookTo(`${stage.receiver.url}/paged`);
    for (let count = 0; count < 4; count += 1) {
      await askGitHub(stage.server, `POST ${at}/${id}/pings`);
      stage.receiver.answer = (response) => void response.writeHead(count === 3 ? 404 : 200).end('so');
      await stage.told();
    }
    stage.receiver.answer = (response) => void response.end();
    const all = (await deliveriesOf(id)).body;
    expect(all.map(({ event, status_code: code }) => [event, code])).toEqual([
      ['ping', 404],
      ...Array(4).fill(['ping', 200]),
    ]);
    expect((await deliveriesOf(id, '?status=failure')).body).toEqual(all.slice(0, 1));
    expect((await deliveriesOf(id, '?status=success')).body).toEqual(all.slice(1));
    const walked: Delivery[] = [];
    let next: string | undefined = `${at}/${id}/deliveries?per_page=2&status=success`;
    while (next) {
      const page: Awaited<ReturnType<typeof deliveriesOf>> = await askGitHub(stage.server, `GET ${next as '/'}`); // a path, each time
      expect(page.body.length).toBeLessThanOrEqual(2);
      walked.push(...page.body);
      next = /<([^>]*)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1]?.slice(stage.server.url.length);
    }
    expect(walked).toEqual(all.slice(1));
    for (const query of ['?status=maybe', '?cursor=x'])
      expect((await ask(stage.server, `GET ${at}/${id}/deliveries${query}`)).status).toBe(422);
  });

  test('a delivery is shown with what was sent and what came back, and sent again', async () => {
    const id = await stage.hookTo(`${stage.receiver.url}/shown`);
    stage.receiver.answer = (response) => void response.writeHead(500, { 'x-why': 'tired' }).end('so tired');
    await stage.told();
    stage.receiver.answer = (response) => void response.end('better');
    const [listed] = (await deliveriesOf(id)).body;
    const shown = (await askGitHub(stage.server, `GET ${at}/${id}/deliveries/${listed?.id}`)).body;
    expect(shown).toMatchObject({
      ...listed,
      event: 'ping',
      status_code: 500,
      status: 'The answer was 500.',
      url: `${stage.receiver.url}/shown`,
      request: {
        headers: { 'X-GitHub-Event': 'ping', 'X-GitHub-Delivery': listed?.guid },
        payload: { hook_id: id },
      },
      response: { headers: { 'x-why': 'tired' }, payload: 'so tired' },
    });
    const again = await askGitHub(stage.server, `POST ${at}/${id}/deliveries/${listed?.id}/attempts`);
    expect(again.status).toBe(202);
    await stage.told();
    const [newest] = (await deliveriesOf(id)).body;
    expect(newest).toMatchObject({ guid: listed?.guid, redelivery: true, status: 'OK', status_code: 200 });
  });

  test('a delivery that waits is sent again in its place, once', async () => {
    const clock = { now: Date.now() };
    await using own = await hookedRepository({ database: name, clock: () => clock.now });
    const id = await own.hookTo(own.receiver.url, { events: ['deployment_status'] });
    const deployment = await own.deploy();
    await own.told();
    own.receiver.answer = (response) => void response.writeHead(503).end();
    await own.tell(deployment, 'in_progress');
    await own.told();
    await own.tell(deployment, 'success');
    own.receiver.answer = (response) => void response.end();
    const listed = async () => (await askGitHub<Delivery[]>(own.server, `GET ${at}/${id}/deliveries`)).body;
    const failed = (await listed()).find(({ status_code: code }) => code === 503);
    const again = await askGitHub(own.server, `POST ${at}/${id}/deliveries/${failed?.id}/attempts`);
    expect(again.status).toBe(202);
    const told = await own.told();
    expect(told.map(({ json }) => json['deployment_status'])).toMatchObject([
      { state: 'in_progress' },
      { state: 'success' },
    ]);
    clock.now += 3_600_000;
    expect(await own.told()).toEqual([]);
    expect((await listed()).map(({ status, redelivery }) => [status, redelivery])).toEqual([
      ['OK', false],
      ['OK', true],
      ['OK', false],
    ]);
  });

  test('a receiver that hangs keeps nobody waiting', async () => {
    const held: ServerResponse[] = [];
    stage.receiver.answer = (response) => void held.push(response);
    const id = await stage.hookTo(`${stage.receiver.url}/slow`);
    const running = stage.told();
    await expect.poll(() => held.length).toBe(1);
    await stage.tell(await stage.deploy(), 'success');
    expect((await askGitHub(stage.server, `POST ${at}/${id}/pings`)).status).toBe(204);
    expect((await get(`/${id}`)).body).toMatchObject({ last_response: { status: 'unused' } });
    expect(stage.receiver.received.filter(({ path }) => path === '/slow')).toHaveLength(1);
    stage.receiver.answer = (response) => void response.end();
    for (const response of held) response.end();
    await running;
  });

  test('a receiver that hangs is recorded as timed out', async () => {
    await using slow = await hookedRepository({ database: name, outgoing: { limitMs: 100 } });
    slow.receiver.answer = () => {};
    const id = await slow.hookTo(slow.receiver.url);
    await slow.told();
    const listed = await askGitHub<Delivery[]>(slow.server, `GET ${at}/${id}/deliveries?status=failure`);
    expect(listed.body).toMatchObject([{ event: 'ping', status_code: 0, status: 'No answer within 0.1 seconds.' }]);
    const shown = await askGitHub<Hook>(slow.server, `GET ${at}/${id}`);
    expect(shown.body['last_response']).toMatchObject({ code: null, status: 'timeout' });
  });

  test('secrets are shown nowhere', async () => {
    const id = await stage.hookTo(`${stage.receiver.url}/secret`);
    await stage.told();
    const [delivery] = (await deliveriesOf(id)).body;
    const paths = ['', `/${id}`, `/${id}/config`, `/${id}/deliveries`, `/${id}/deliveries/${delivery?.id}`];
    for (const path of paths) expect((await get(path)).text).not.toContain(hookSecret);
    expect(stage.receiver.received.map(({ body }) => body).join()).not.toContain(hookSecret);
  });

  test('a hook that was removed is gone, with its deliveries', async () => {
    const id = await stage.hookTo(`${stage.receiver.url}/removed`);
    expect((await askGitHub(stage.server, `DELETE ${at}/${id}`)).status).toBe(204);
    expect((await get(`/${id}`)).status).toBe(404);
    expect(await stage.told()).toEqual([]);
  });

  test('hooks of other shapes are not shown', async () => {
    const { id } = await stage.server.client.createHook({ project: 'acme/widget', ...to('/other'), shape: 'gitlab' });
    expect((await get(`/${id}`)).status).toBe(404);
    const listed = await askGitHub<Hook[]>(stage.server, `GET ${at}?per_page=100`);
    expect(listed.body.map((hook) => hook.id)).not.toContain(id);
  });

  test('nobody but a maintainer of the repository learns of a hook or does anything to it', async () => {
    const id = await stage.hookTo(`${stage.receiver.url}/guarded`);
    await stage.told();
    const [delivery] = (await deliveriesOf(id)).body;
    const { server, developer } = stage;
    await privateProject(server, 'other/place');
    const stranger = await person(server, 'stranger');
    await join(server, 'project', 'other/place', stranger, 'owner');
    const reader = await person(server, 'reader', { scopes: ['read_api'] });
    await join(server, 'project', 'acme/widget', reader, 'maintainer');
    const config = to('/theirs');
    const calls = [
      [`GET ${at}`],
      [`POST ${at}`, { config }],
      [`GET ${at}/${id}`],
      [`PATCH ${at}/${id}`, { config }],
      [`DELETE ${at}/${id}`],
      [`GET ${at}/${id}/config`],
      [`PATCH ${at}/${id}/config`, config],
      [`POST ${at}/${id}/pings`],
      [`POST ${at}/${id}/tests`],
      [`GET ${at}/${id}/deliveries`],
      [`GET ${at}/${id}/deliveries/${delivery?.id}`],
      [`POST ${at}/${id}/deliveries/${delivery?.id}/attempts`],
    ] as const;
    for (const [request, body] of calls) {
      const status = async (token: string | null) =>
        (await ask(server, request, { token, ...(body ? { body } : {}) })).status;
      expect([request, await status(stranger.token)]).toEqual([request, 404]);
      expect([request, await status(developer.token)]).toEqual([request, 404]);
      expect([request, await status(null)]).toEqual([request, 401]);
      expect([request, await status(reader.token)]).toEqual([request, 403]);
      const elsewhere = request.replace('acme/widget', 'other/place') as typeof request; // another repository, the same call
      const isOnHook = request.includes(String(id));
      if (isOnHook)
        expect([elsewhere, (await ask(server, elsewhere, body ? { body } : {})).status]).toEqual([elsewhere, 404]);
    }
    expect((await get(`/${id}/config`)).body).toMatchObject({ url: `${stage.receiver.url}/guarded` });
    expect(await stage.told()).toEqual([]);
  });
});
