import { Gitlab } from '@gitbeaker/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import {
  dayMs,
  deploy,
  iso,
  newProject,
  type ShownEnvironment as Shown,
} from '../../../../test/support/gitlab-environments.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

const nameRule =
  "can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', and spaces, but it cannot start or end with '/'";

describe.each(databases)("GitLab's environments on $name", ({ name: database }) => {
  let server: TestServer;
  let now = Date.UTC(2026, 4, 1);
  beforeAll(async () => {
    server = await startTestServer({ database, clock: () => now });
  });
  afterAll(() => server.stop());

  test('one is made, shown and listed as GitLab shows it', async () => {
    const { send, path } = await newProject(server, now);
    const made = await send('POST ', {
      name: 'review/fix-foo',
      external_url: 'https://fix.example',
      description: 'a <b>',
    });
    expect([made.status, made.headers.get('content-type')]).toEqual([201, 'application/json']);
    expect(made.body).toEqual({
      id: expect.any(Number),
      name: 'review/fix-foo',
      slug: 'review-fix-foo-v25cyx',
      external_url: 'https://fix.example',
      created_at: iso(now),
      updated_at: iso(now),
      tier: 'development',
      state: 'available',
      description: 'a <b>',
      description_html: '<p>a &lt;b&gt;</p>',
      auto_stop_at: null,
      auto_stop_setting: 'always',
      cluster_agent: null,
      kubernetes_namespace: null,
      flux_resource_path: null,
      enable_advanced_logs_querying: false,
      logs_api_path: null,
    });
    expect((await send(`GET /${made.body.id}`)).body).toEqual({ ...made.body, last_deployment: null });
    expect((await send<Shown[]>('GET ?name=review/fix-foo')).body).toEqual([made.body]);

    await deploy(server, path, 'review/fix-foo', 'success', now);
    await deploy(server, path, 'review/fix-foo', 'failure', now);
    const { last_deployment: last } = (await send(`GET /${made.body.id}`)).body;
    expect(last).toMatchObject({ status: 'success', deployable: null });
    expect(last).not.toHaveProperty('environment');
  });

  test.each([
    ['tier', { tier: 'production' }, { tier: 'production' }],
    ['no link where it is blank', { external_url: ' ' }, { external_url: null }],
    ['a host as link', { external_url: 'fix.example:8080/x' }, { external_url: 'fix.example:8080/x' }],
    [
      'an agent and what needs one',
      { cluster_agent_id: '7', kubernetes_namespace: 'shop', flux_resource_path: 'a/b' },
      { cluster_agent: { id: 7 }, kubernetes_namespace: 'shop', flux_resource_path: 'a/b' },
    ],
    ['a setting of its stop', { auto_stop_setting: 'with_action' }, { auto_stop_setting: 'with_action' }],
  ])('one is made with %s, and changed to it', async (_, body, shown) => {
    const { send } = await newProject(server, now);
    expect((await send('POST ', { name: 'uat', ...body })).body).toMatchObject({ name: 'uat', ...shown });
    const { id } = (await send('POST ', { name: 'other', external_url: 'https://a.example' })).body;
    expect((await send(`PUT /${id}`, body)).body).toMatchObject({ name: 'other', ...shown });
    expect((await send(`GET /${id}`)).body).toMatchObject(shown);
  });

  test.each<readonly [string, object, object]>([
    ['no name', {}, { error: 'name is missing' }],
    ['a name that is none', { name: ['a'] }, { error: 'name is invalid' }],
    ['a slug', { name: 'a', slug: 'a' }, { error: 'slug is automatically generated and cannot be changed' }],
    ['a strange tier', { name: 'a', tier: 'Production' }, { error: 'tier does not have a valid value' }],
    [
      'a strange setting',
      { name: 'a', auto_stop_setting: 'never' },
      { error: 'auto_stop_setting does not have a valid value' },
    ],
    ['a strange time', { name: 'a', auto_stop_at: 'soon' }, { error: 'auto_stop_at is invalid' }],
    ['a strange time span', { name: 'a', auto_stop_in: '3 fortnights' }, { error: 'auto_stop_in is invalid' }],
    [
      'two ends',
      { name: 'a', auto_stop_in: '1 day', auto_stop_at: '2027-01-01' },
      { error: 'auto_stop_at, auto_stop_in cannot be used together' },
    ],
    ['a taken name', { name: 'first' }, { message: { name: ['has already been taken'] } }],
    ['a blank name', { name: ' ' }, { message: { name: ["can't be blank"] } }],
    ['a long name', { name: 'a'.repeat(256) }, { message: { name: ['is too long (maximum is 255 characters)'] } }],
    ['a name with odd signs', { name: 'a:b' }, { message: { name: [nameRule] } }],
    ['a name that ends with a slash', { name: 'a/' }, { message: { name: [nameRule] } }],
    ['a name that starts with a slash', { name: '/a' }, { message: { name: [nameRule] } }],
    [
      'a link that runs code',
      { name: 'a', external_url: 'JavaScript:alert(1)' },
      { message: { external_url: ['javascript scheme is not allowed'] } },
    ],
    [
      'one that hides it',
      { name: 'a', external_url: ' java\tscript:alert(1)' },
      { message: { external_url: ['javascript scheme is not allowed'] } },
    ],
    [
      'a link that is none',
      { name: 'a', external_url: 'https://a b' },
      { message: { external_url: ['URI is invalid'] } },
    ],
    [
      'a long link',
      { name: 'a', external_url: `https://a.example/${'x'.repeat(250)}` },
      { message: { external_url: ['is too long (maximum is 255 characters)'] } },
    ],
    [
      'a long description',
      { name: 'a', description: 'x'.repeat(10_001) },
      { message: { description: ['is too long (maximum is 10000 characters)'] } },
    ],
    [
      'a cluster namespace without an agent',
      { name: 'a', kubernetes_namespace: 'x' },
      { message: { kubernetes_namespace: ['cannot be set without a cluster agent'] } },
    ],
    [
      'a flux path without a namespace',
      { name: 'a', flux_resource_path: 'x' },
      { message: { flux_resource_path: ['cannot be set without a kubernetes namespace'] } },
    ],
  ])('%s is refused, and makes nothing', async (_, body, expected) => {
    const { send } = await newProject(server, now);
    const answer = await send('POST ', body);
    expect([answer.status, answer.body]).toEqual([400, expected]);
    expect((await send<Shown[]>('GET ')).body.map(({ name }) => name)).toEqual(['first']);
  });

  test('a change keeps what is not told, clears what is null, and never renames', async () => {
    const { send, make } = await newProject(server, now);
    const { id } = await make({ name: 'qa', external_url: 'https://qa.example', description: 'ours', tier: 'staging' });
    now += 1000;
    const changed = await send(`PUT /${id}`, { external_url: null, name: 'renamed' });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      name: 'qa',
      external_url: null,
      description: 'ours',
      tier: 'staging',
      updated_at: iso(now),
    });
    expect((await send(`PUT /${id}`, { slug: 'x' })).body).toEqual({
      error: 'slug is automatically generated and cannot be changed',
    });
    expect((await send(`PUT /${id}`, { description: '' })).body.description).toBeNull();
    expect((await send(`PUT /${id}`, { kubernetes_namespace: 'x' })).status).toBe(400);
  });

  test('a change of tier moves the column of the matrix', async () => {
    const { send, path } = await newProject(server, now);
    await deploy(server, path, 'moving-qa', 'success', now);
    const tierShown = async () => (await server.client.matrix()).columns.find(({ name }) => name === 'moving-qa')?.tier;
    expect(await tierShown()).toBe('testing');
    const [one] = (await send<Shown[]>('GET ?name=moving-qa')).body;
    await send(`PUT /${one?.id}`, { tier: 'production' });
    expect(await tierShown()).toBe('production');
  });

  describe('a list', () => {
    const names = async (send: Awaited<ReturnType<typeof newProject>>['send'], query: string) =>
      (await send<Shown[]>(`GET ${query}`)).body.map(({ name }) => name);

    test('is filtered by name, part of the name and state', async () => {
      const { send, make, stopped } = await newProject(server, now);
      await make({ name: 'Review/one_a' });
      await stopped('review/two');
      expect(await names(send, '')).toEqual(['first', 'Review/one_a', 'review/two']);
      expect(await names(send, '?name=review/one_a')).toEqual([]);
      expect(await names(send, '?name=Review/one_a')).toEqual(['Review/one_a']);
      expect(await names(send, '?search=EVIEW')).toEqual(['Review/one_a', 'review/two']);
      expect(await names(send, '?search=one_a')).toEqual(['Review/one_a']);
      expect(await names(send, '?search=on__a')).toEqual([]);
      expect(await names(send, '?search=')).toEqual(['first', 'Review/one_a', 'review/two']);
      expect(await names(send, '?states=stopped')).toEqual(['review/two']);
      expect(await names(send, '?states=available')).toEqual(['first', 'Review/one_a']);
      expect(await names(send, '?states=stopping')).toEqual([]);
    });

    test('has pages', async () => {
      const { send, make } = await newProject(server, now);
      for (const name of ['b', 'c', 'd', 'e']) await make({ name });
      const page = await send<Shown[]>('GET ?per_page=2&page=2&states=available');
      expect(page.body.map(({ name }) => name)).toEqual(['c', 'd']);
      expect(
        ['x-total', 'x-total-pages', 'x-next-page', 'x-prev-page'].map((header) => page.headers.get(header)),
      ).toEqual(['5', '3', '3', '1']);
      expect(page.headers.get('link')).toContain('per_page=2&states=available>; rel="next"');
    });

    test.each([
      ['?name=a&search=abc', { error: 'name, search cannot be used together' }],
      ['?search=ab', { message: '400 Bad request - Search query is less than 3 characters' }],
      ['?states=', { error: 'states does not have a valid value' }],
      ['?states=running', { error: 'states does not have a valid value' }],
      ['?per_page=0', { error: 'per_page has a value not allowed' }],
    ])('with %s is refused', async (query, expected) => {
      const answer = await (await newProject(server, now)).send(`GET ${query}`);
      expect([answer.status, answer.body]).toEqual([400, expected]);
    });
  });

  test('one that is stopped is available again with the next deployment that succeeds', async () => {
    const { send, make, path } = await newProject(server, now);
    const { id } = await make({ name: 'qa', auto_stop_in: '1 week' });
    now += 1000;
    const stopped = await send(`POST /${id}/stop`);
    expect([stopped.status, stopped.body]).toMatchObject([
      200,
      { state: 'stopped', auto_stop_at: null, updated_at: iso(now) },
    ]);
    now += 1000;
    expect((await send(`POST /${id}/stop?force=true`)).body).toEqual(stopped.body);
    await deploy(server, path, 'qa', 'failure', now);
    expect((await send(`GET /${id}`)).body.state).toBe('stopped');
    await deploy(server, path, 'qa', 'success', now);
    expect((await send(`GET /${id}`)).body.state).toBe('available');
    expect((await send(`POST /${id}/stop`)).body.state).toBe('stopped');
    expect((await send(`POST /${id}/stop`, { force: 'banana' })).body).toEqual({ error: 'force is invalid' });
  });

  test('only a stopped one is deleted; its name is free again, and the matrix shows it no longer', async () => {
    const { send, path } = await newProject(server, now);
    await deploy(server, path, 'gone', 'success', now);
    const shown = async () => (await server.client.matrix()).environments.includes('gone');
    const [one] = (await send<Shown[]>('GET ?name=gone')).body;
    const refused = await send(`DELETE /${one?.id}`);
    expect([refused.status, refused.body]).toEqual([403, { message: '403 Forbidden' }]);
    expect(await shown()).toBe(true);
    await send(`POST /${one?.id}/stop`);
    const deleted = await send(`DELETE /${one?.id}`, {});
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    for (const request of ['GET', 'PUT', 'DELETE'])
      expect((await send(`${request} /${one?.id}`, request === 'GET' ? undefined : {})).status).toBe(404);
    expect(await shown()).toBe(false);
    const again = await send('POST ', { name: 'gone' });
    expect([again.status, again.body.id === one?.id]).toEqual([201, false]);
  });

  test('one that has changed since the client looked is not deleted', async () => {
    const { send, stopped, url } = await newProject(server, now);
    const id = await stopped('qa');
    const remove = (since: number) =>
      ask(server, `DELETE /api/v4${url as ''}/environments/${id}`, {
        headers: { 'if-unmodified-since': new Date(since).toUTCString() },
      });
    expect([(await remove(now - 5000)).status, (await remove(now)).status]).toEqual([412, 204]);
    expect((await send(`GET /${id}`)).status).toBe(404);
  });
  test('of two that are made at the same instant with one name, one is', async () => {
    const { send } = await newProject(server, now);
    const made = await Promise.all([1, 2, 3].map(() => send('POST ', { name: 'twice' })));
    expect(made.map(({ status }) => status).sort()).toEqual([201, 400, 400]);
    expect((await send<Shown[]>('GET ?name=twice')).body).toHaveLength(1);
  });

  test('gitbeaker drives all of it', async () => {
    const { path } = await newProject(server, now);
    const { Environments: environments } = new Gitlab({ host: server.url, token: server.adminToken });
    const made = await environments.create(path, 'review/beaker', {
      externalUrl: 'https://b.example',
      tier: 'testing',
    });
    expect(made).toMatchObject({ name: 'review/beaker', external_url: 'https://b.example', tier: 'testing' });
    for (let index = 0; index < 25; index += 1) await environments.create(path, `many-${index}`);
    expect(await environments.all(path)).toHaveLength(27);
    expect(await environments.all(path, { search: 'beaker' })).toMatchObject([{ id: made.id }]);
    expect(await environments.edit(path, made.id, { externalUrl: 'https://c.example' })).toMatchObject({
      external_url: 'https://c.example',
    });
    expect(await environments.show(path, made.id)).toMatchObject({ last_deployment: null });
    await expect(environments.remove(path, made.id)).rejects.toThrow('403 Forbidden');
    expect(await environments.stop(path, made.id)).toMatchObject({ state: 'stopped' });
    expect(await environments.removeReviewApps(path, { dryRun: true, limit: 5 })).toEqual({
      scheduled_entries: [],
      unprocessable_entries: [],
    });
    expect(await environments.stopStale(path, iso(now - 8 * dayMs))).toEqual({ message: expect.any(String) });
    await environments.remove(path, made.id);
    await expect(environments.show(path, made.id)).rejects.toThrow('404 Not found');
  });
});
