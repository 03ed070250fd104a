import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { person } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { signIn } from '../../../../test/support/sign-in.ts';
import type { Session, Token } from '../../../contract/access.ts';
import type { Profile, SessionList } from '../../../contract/profile.ts';

const password = 'correct horse';
const minuteMs = 60_000;

describe.each(databases)('a profile on $name', ({ name }) => {
  let server: TestServer;
  let now = Date.now();
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now, trustProxy: true });
  });
  afterAll(() => server.stop());

  const sessions = async (page: object) => (await ask<SessionList>(server, 'GET /api/sessions', page)).body.items;

  test('shows who one is, and takes a new name', async () => {
    const { token } = await person(server, 'ada', { name: 'Ada' });
    const before = await ask<Profile>(server, 'GET /api/profile', { token });
    expect(before.body).toMatchObject({ username: 'ada', name: 'Ada', email: null, admin: false, bot: false });
    const { page } = await signIn(server, { username: 'ada', password });
    const change = await ask<Profile>(server, 'PATCH /api/profile', { ...page, body: { name: 'Ada Lovelace' } });
    expect([change.status, change.body.name]).toEqual([200, 'Ada Lovelace']);
    expect((await ask<Session>(server, 'GET /api/session', page)).body.name).toBe('Ada Lovelace');
  });

  test('takes no blank name and nothing else, and no change from who may only read', async () => {
    const { token } = await person(server, 'grace');
    const { token: reader } = await person(server, 'reader', { scopes: ['read_api'] });
    const refused = async (body: object) => {
      const answer = await ask(server, 'PATCH /api/profile', { token, body });
      return [answer.status, pointersOf(answer)];
    };
    expect(await refused({ name: ' ' })).toEqual([422, ['/name']]);
    expect(await refused({ name: 'a', admin: true })).toEqual([422, ['/admin']]);
    expect((await ask(server, 'PATCH /api/profile', { token: reader, body: { name: 'a' } })).status).toBe(403);
    expect((await ask(server, 'GET /api/sessions', { token: reader })).status).toBe(403);
    expect((await ask(server, 'PATCH /api/profile', { body: { name: 'a' } })).status).toBe(403);
  });

  test('lists where one is signed in, by password or token, and tells which of it this is', async () => {
    const { token } = await person(server, 'joan');
    const byToken = await signIn(server, { token }, { 'user-agent': 'One/1.0' });
    now += 5 * minuteMs;
    const { page } = await signIn(server, { username: 'joan', password }, { 'user-agent': 'Other/2.0' });
    now += 2 * minuteMs;
    const items = await sessions(page);
    expect(items).toMatchObject([
      { current: true, by_token: false, user_agent: 'Other/2.0' },
      { current: false, by_token: true, user_agent: 'One/1.0' },
    ]);
    expect(items.map(({ created_at }) => now - Date.parse(created_at))).toEqual([2 * minuteMs, 7 * minuteMs]);
    expect(items.map(({ seen_at }) => now - Date.parse(seen_at ?? ''))).toEqual([0, 7 * minuteMs]);
    await sessions(byToken.page);
    expect((await sessions(page)).map(({ seen_at }) => now - Date.parse(seen_at ?? ''))).toEqual([0, 0]);
  });

  test('ends sessions of one’s own at once, and of nobody else', async () => {
    await person(server, 'kay');
    await person(server, 'lin');
    const [one, other, strange] = [
      await signIn(server, { username: 'kay', password }),
      await signIn(server, { username: 'kay', password }),
      await signIn(server, { username: 'lin', password }),
    ];
    const ended = (await sessions(one.page)).find(({ current }) => !current);
    const end = (page: object) => ask(server, `DELETE /api/sessions/${ended?.id}`, page);
    expect((await end(strange.page)).status).toBe(404);
    expect((await ask(server, 'GET /api/matrix', other.page)).status).toBe(200);
    expect((await end(one.page)).status).toBe(204);
    expect((await ask(server, 'GET /api/matrix', other.page)).status).toBe(401);
    expect((await end(one.page)).status).toBe(404);
    expect(await sessions(one.page)).toHaveLength(1);
  });

  test('lists no session that ended with its token, and of the others the earlier end', async () => {
    const ends = now + 60 * minuteMs;
    const { token } = await person(server, 'eve');
    const made = async (expiresAt: number) => {
      const body = { name: 'soon', scopes: ['read_api'], expires_at: new Date(expiresAt).toISOString() };
      return (await ask<Token>(server, 'POST /api/tokens', { token, body })).body;
    };
    const [soon, later] = [await made(ends), await made(ends + 60 * minuteMs)];
    for (const each of [soon, later]) await signIn(server, { token: each.token ?? '' });
    const { page } = await signIn(server, { username: 'eve', password });
    const tokenEnds = async () => {
      const byToken = (await sessions(page)).filter(({ by_token }) => by_token);
      return byToken.map(({ expires_at }) => Date.parse(expires_at)).sort();
    };
    expect(await tokenEnds()).toEqual([ends, ends + 60 * minuteMs]);
    now = ends;
    expect(await tokenEnds()).toEqual([ends + 60 * minuteMs]);
  });

  test('of the administrator’s token lists the sign-ins with it, and shows no hash of what a cookie holds', async () => {
    const { page } = await signIn(server, { token: server.adminToken });
    const answer = await ask<SessionList>(server, 'GET /api/sessions', page);
    expect(answer.body.items).toMatchObject([{ current: true, by_token: true }]);
    expect(answer.body.items[0]?.id).toMatch(/^[0-9a-f]{16}$/);
    expect((await ask(server, 'GET /api/profile', page)).status).toBe(200);
  });
});
