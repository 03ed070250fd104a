import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

const minuteMs = 60_000;

describe.each(databases)('tokens on $name', ({ name }) => {
  let server: TestServer;
  let now = Date.now();
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
  });
  afterAll(() => server.stop());

  /** A user, signed in by a personal token. */
  async function userClient(username: string, admin = false): Promise<ShiplogClient> {
    await server.client.createUser({ username, password: 'long enough 1', admin });
    const cookie = (
      await ask(server, 'POST /api/session', { token: null, body: { username, password: 'long enough 1' } })
    ).headers.get('set-cookie');
    const made = await ask<{ token: string }>(server, 'POST /api/tokens', {
      token: null,
      headers: { cookie: cookie ?? '', 'sec-fetch-site': 'same-origin' },
      body: { name: `of ${username}`, scopes: [admin ? 'admin' : 'api'] },
    });
    return server.clientOf(made.body.token);
  }

  test('have a form that a scanner knows and a checksum that a mistyped one fails', async () => {
    const { token = '' } = await server.client.createToken({ name: 'form', scopes: ['read_api'] });
    expect(token).toMatch(/^slg_[0-9A-Za-z]{38}$/);
    await expect(server.clientOf(token).matrix()).resolves.toBeDefined();
    const other = token[10] === 'a' ? 'b' : 'a';
    for (const wrong of [
      `${token.slice(0, 10)}${other}${token.slice(11)}`,
      token.slice(4),
      token.slice(0, -1),
      `${token}0`,
      token.toUpperCase(),
    ]) {
      await expect(server.clientOf(wrong).matrix()).rejects.toMatchObject({ status: 401 });
    }
  });

  test('show their secret once, in an answer that no cache keeps, and are listed without it', async () => {
    const answer = await ask<{ token: string; id: number }>(server, 'POST /api/tokens', {
      body: { name: 'once', scopes: ['record', 'read_api'], group: 'acme' },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { token, ...facts } = answer.body;
    expect(facts).toMatchObject({
      name: 'once',
      scopes: ['record', 'read_api'],
      owner: null,
      group: 'acme',
      expires_at: null,
      last_used_at: null,
    });
    const list = await ask(server, 'GET /api/tokens');
    expect(list.text).not.toContain(token);
    expect((await server.client.tokens()).items).toContainEqual(facts);
  });

  test('tell when they were last used, to the minute', async () => {
    const { id, token } = await server.client.createToken({ name: 'used', scopes: ['read_api'] });
    const lastUsed = async () => (await server.client.tokens()).items.find((item) => item.id === id)?.last_used_at;
    await server.clientOf(token).services();
    const first = await lastUsed();
    expect(Date.parse(first ?? '')).toBe(now);
    now += 2 * minuteMs;
    await server.clientOf(token).services();
    expect(Date.parse((await lastUsed()) ?? '')).toBe(now);
  });

  test('end when they expire', async () => {
    const { token, expires_at } = await server.client.createToken({
      name: 'short',
      scopes: ['read_api', 'record'],
      expires_at: new Date(now + 10 * minuteMs).toISOString(),
    });
    expect(Date.parse(expires_at ?? '')).toBe(now + 10 * minuteMs);
    now += 9 * minuteMs;
    await expect(server.clientOf(token).matrix()).resolves.toBeDefined();
    now += minuteMs;
    await expect(server.clientOf(token).matrix()).rejects.toMatchObject({ status: 401 });
    await expect(server.clientOf(token).record(report())).rejects.toMatchObject({ status: 401 });
  });

  test('that expire make none that outlives them; a user may', async () => {
    const ends = new Date(now + 10 * minuteMs).toISOString();
    const later = new Date(now + 11 * minuteMs).toISOString();
    const { token = '' } = await server.client.createToken({ name: 'brief', scopes: ['admin'], expires_at: ends });
    for (const [expiry, refused] of [
      [{}, ['/expires_at']],
      [{ expires_at: later }, ['/expires_at']],
      [{ expires_at: ends }, []],
    ] as const) {
      const answer = await ask(server, 'POST /api/tokens', { token, body: { name: 'a', scopes: ['api'], ...expiry } });
      expect([answer.status, pointersOf(answer)]).toEqual([refused.length > 0 ? 422 : 201, refused]);
    }
    await expect(userClient('lasting')).resolves.toBeDefined();
  });

  test('end at once when they are revoked, and the sessions begun with them too', async () => {
    const { id, token } = await server.client.createToken({ name: 'revoked', scopes: ['api'] });
    const cookie =
      (await ask(server, 'POST /api/session', { token: null, body: { token } })).headers.get('set-cookie') ?? '';
    await expect(server.clientOf(token).matrix()).resolves.toBeDefined();
    expect((await ask(server, 'GET /api/matrix', { token: null, headers: { cookie } })).status).toBe(200);
    await server.client.revokeToken(id);
    await expect(server.clientOf(token).matrix()).rejects.toMatchObject({ status: 401 });
    expect((await ask(server, 'GET /api/matrix', { token: null, headers: { cookie } })).status).toBe(401);
    await expect(server.client.revokeToken(id)).rejects.toMatchObject({ status: 404 });
  });

  test('of an administrator are not for others to make, nor are those of projects and groups', async () => {
    const user = await userClient('plain');
    for (const request of [
      { name: 'a', scopes: ['admin' as const] },
      { name: 'a', scopes: ['api' as const, 'admin' as const] },
      { name: 'a', scopes: ['record' as const], project: 'acme/shop' },
      { name: 'a', scopes: ['record' as const], group: 'acme' },
    ]) {
      await expect(user.createToken(request)).rejects.toMatchObject({ status: 403 });
    }
    await expect(user.createUser({ username: 'more' })).rejects.toMatchObject({ status: 403 });
    expect((await user.createToken({ name: 'mine', scopes: ['record'] })).owner).toBe('plain');
  });

  test('of one user are neither seen nor revoked by another; an administrator does both', async () => {
    const [ada, bob] = [await userClient('ada'), await userClient('bob')];
    const { id } = await ada.createToken({ name: 'hers', scopes: ['record'] });
    expect((await bob.tokens()).items.map(({ owner }) => owner)).toEqual(['bob']);
    await expect(bob.revokeToken(id)).rejects.toMatchObject({ status: 404 });
    expect((await ada.tokens()).items.map(({ name: token }) => token)).toEqual(['of ada', 'hers']);
    await (await userClient('root', true)).revokeToken(id);
    expect((await ada.tokens()).items).toHaveLength(1);
  });

  test.each([
    [{ scopes: ['api'] }, ['/name']],
    [{ name: ' ', scopes: ['api'] }, ['/name']],
    [{ name: 'a' }, ['/scopes']],
    [{ name: 'a', scopes: [] }, ['/scopes']],
    [{ name: 'a', scopes: ['root'] }, ['/scopes']],
    [{ name: 'a', scopes: ['api', 'api'] }, ['/scopes']],
    [{ name: 'a', scopes: ['api'], project: 'a/b', group: 'a' }, ['/group']],
    [{ name: 'a', scopes: ['admin'], project: 'a/b' }, ['/scopes']],
    [{ name: 'a', scopes: ['api'], project: 'acme/' }, ['/project']],
    [{ name: 'a', scopes: ['api'], project: `a/${'x'.repeat(129)}` }, ['/project']],
    [{ name: 'a', scopes: ['api'], expires_at: '2020-01-01T00:00:00Z' }, ['/expires_at']],
    [{ name: 'a', scopes: ['api'], expires_at: 'tomorrow' }, ['/expires_at']],
    [{ name: 'a', scopes: ['api'], user: 'ada' }, ['/user']],
  ])('asked for as %j are refused with a pointer', async (body, pointers) => {
    const answer = await ask(server, 'POST /api/tokens', { body });
    expect([answer.status, pointersOf(answer)]).toEqual([422, pointers]);
  });

  test.each(['abc', '-1', '1.5', '99999999999'])('with the id %s do not exist', async (id) => {
    expect([404, 422]).toContain((await ask(server, `DELETE /api/tokens/${id}`)).status);
  });
});
