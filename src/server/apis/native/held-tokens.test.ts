import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { group, join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import type { Token, TokenList } from '../../../contract/access.ts';

const dayMs = 86_400_000;
const shop = '?project=acme/shop';

describe.each(databases)('tokens for the page on $name', ({ name }) => {
  let server: TestServer;
  let [mia, dev, out]: Person[] = [];
  let now = Date.now();
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
    await group(server, 'acme');
    await privateProject(server, 'acme/shop');
    mia = await person(server, 'mia');
    dev = await person(server, 'dev');
    out = await person(server, 'out');
    await join(server, 'project', 'acme/shop', mia, 'maintainer');
    await join(server, 'project', 'acme/shop', dev, 'developer');
  });
  afterAll(() => server.stop());

  const made = (body: object, token = mia?.token) =>
    ask<Token>(server, 'POST /api/tokens', { token: token ?? null, body: { project: 'acme/shop', ...body } });
  const listed = async (query: string, token = mia?.token) =>
    (await ask<TokenList>(server, `GET /api/tokens${query}`, { token: token ?? null })).body;

  test('of a project are made by a maintainer with a level, and shown once with their secret', async () => {
    const answer = await made({ name: 'ci', scopes: ['record'], access_level: 30 });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { token = '', ...facts } = answer.body;
    expect(facts).toMatchObject({ name: 'ci', project: 'acme/shop', access_level: 30, owner: null });
    expect((await listed(shop)).items).toContainEqual(facts);
    const recorded = server.clientOf(token).record(report({ namespace: 'acme', service: 'shop' }));
    await expect(recorded).resolves.toMatchObject({ service: 'shop' });
  });

  test('of a project are neither seen nor made nor ended by a developer, and unknown to who is no member', async () => {
    const { body } = await made({ name: 'kept', scopes: ['read_api'], access_level: 20 });
    for (const [who, status] of [
      [dev, 403],
      [out, 404],
    ] as const) {
      const token = who?.token ?? '';
      const asked = { token, body: { name: 'a', scopes: ['api'], access_level: 20, project: 'acme/shop' } };
      expect([
        (await ask(server, `GET /api/tokens${shop}`, { token })).status,
        (await ask(server, 'POST /api/tokens', asked)).status,
        (await ask(server, `POST /api/tokens/${body.id}/rotate${shop}`, { token, body: {} })).status,
        (await ask(server, `DELETE /api/tokens/${body.id}${shop}`, { token })).status,
      ]).toEqual([status, status, status, status]);
    }
    expect((await listed(shop)).items.map(({ id }) => id)).toContain(body.id);
  });

  test('have no level above that of who makes them', async () => {
    expect((await made({ name: 'a', scopes: ['api'], access_level: 50 })).status).toBe(403);
  });

  test.each([
    [{ name: 'a', scopes: ['api'], access_level: 35, project: 'acme/shop' }, ['/access_level']],
    [{ name: 'a', scopes: ['api'], access_level: 30 }, ['/access_level']],
    [{ name: 'a', scopes: ['admin'], access_level: 30, project: 'acme/shop' }, ['/scopes']],
    [{ name: 'a', scopes: ['api'], access_level: 30, project: 'acme/shop', group: 'acme' }, ['/group']],
  ])('asked for as %j are refused with a pointer', async (body, pointers) => {
    const answer = await ask(server, 'POST /api/tokens', { body });
    expect([answer.status, pointersOf(answer)]).toEqual([422, pointers]);
  });

  test('get a new secret, with which the old one ends, and keep what they may do', async () => {
    const { body: old } = await made({ name: 'turned', scopes: ['read_api'], access_level: 20 });
    const ends = new Date(now + 30 * dayMs).toISOString();
    const turn = await ask<Token>(server, `POST /api/tokens/${old.id}/rotate${shop}`, {
      token: mia?.token ?? null,
      body: { expires_at: ends },
    });
    expect([turn.status, turn.headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(turn.body).toMatchObject({ name: 'turned', scopes: ['read_api'], access_level: 20, expires_at: ends });
    await expect(server.clientOf(old.token).matrix()).rejects.toMatchObject({ status: 401 });
    await expect(server.clientOf(turn.body.token).matrix()).resolves.toBeDefined();
  });

  test('of a project are no longer listed when they are revoked, unless that is asked for', async () => {
    const { body } = await made({ name: 'ended', scopes: ['read_api'], access_level: 20 });
    const token = mia?.token ?? null;
    expect((await ask(server, `DELETE /api/tokens/${body.id}`, { token })).status).toBe(404);
    expect((await ask(server, `DELETE /api/tokens/${body.id}${shop}`, { token })).status).toBe(204);
    expect((await listed(shop)).items.map(({ id }) => id)).not.toContain(body.id);
    const ended = (await listed(`${shop}&revoked=true`)).items.find(({ id }) => id === body.id);
    expect(Date.parse(ended?.revoked_at ?? '')).toBe(now);
  });

  test('of oneself are a list of their own, for an administrator too, in pages with the newest first', async () => {
    await made({ name: 'first', scopes: ['read_api'], project: undefined });
    now += 1000;
    const { body: latest } = await made({ name: 'second', scopes: ['read_api'], project: undefined });
    const page = await listed('?of=me&limit=2');
    expect([page.total, page.items.map((one) => one.name)]).toEqual([3, ['second', 'first']]);
    expect((await listed('?of=me&limit=2&page=2')).items.map((one) => one.name)).toEqual(['test']);
    const turn = await ask<Token>(server, `POST /api/tokens/${latest.id}/rotate`, {
      token: mia?.token ?? null,
      body: {},
    });
    expect([turn.status, turn.body.expires_at]).toEqual([201, null]);
    expect((await ask<TokenList>(server, 'GET /api/tokens?of=me')).body.items).toEqual([]);
    expect((await ask<TokenList>(server, 'GET /api/tokens')).body.items.length).toBeGreaterThan(3);
  });

  test.each([
    ['?revoked=true', ['/revoked']],
    ['?limit=1&page=2', ['/limit', '/page']],
  ])('of everybody have no %s, which would be ignored', async (query, pointers) => {
    for (const token of [server.adminToken, mia?.token ?? '']) {
      const answer = await ask(server, `GET /api/tokens${query}`, { token });
      expect([answer.status, pointersOf(answer)]).toEqual([422, pointers]);
    }
  });

  test('of a group are made by its maintainers', async () => {
    const wanted = { name: 'all', scopes: ['record'], access_level: 30, group: 'acme', project: undefined };
    expect((await made(wanted)).status).toBe(403);
    await join(server, 'group', 'acme', mia ?? { id: 0 }, 'maintainer');
    expect((await made(wanted)).status).toBe(201);
    expect((await listed('?group=acme')).items).toMatchObject([{ name: 'all', group: 'acme' }]);
  });
});
