import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { freePort } from '../../../../test/support/free-port.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { signIn } from '../../../../test/support/sign-in.ts';
import type { Session } from '../../../contract/access.ts';

const dayMs = 86_400_000;
const password = 'a long password';

describe.each(databases)('a session on $name', ({ name }) => {
  let server: TestServer;
  let now = Date.now();
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now, trustProxy: true });
    await Promise.all([
      server.client.createUser({ username: 'ada', name: 'Ada L.', password }),
      server.client.createUser({ username: 'chief', password, admin: true }),
    ]);
  });
  afterAll(() => server.stop());
  const sessionOf = async (page: object) => (await ask<Session>(server, 'GET /api/session', page)).body;

  test('begins with user name and password, in a cookie that no script and no other site gets', async () => {
    const { status, body, setCookie, page } = await signIn(server, { username: 'ADA', password });
    expect([status, body]).toEqual([
      200,
      {
        signed_in: true,
        public_read: false,
        name: 'Ada L.',
        username: 'ada',
        scopes: ['api'],
        password_change_required: false,
      },
    ]);
    expect(setCookie).toMatch(/^shiplog_session=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await sessionOf(page)).toEqual(body);
    expect((await ask(server, 'GET /api/matrix', page)).status).toBe(200);
    expect((await ask(server, 'GET /api/tokens', page)).status).toBe(200);
    expect((await ask(server, 'POST /api/users', { ...page, body: { username: 'x' } })).status).toBe(403);
  });

  test('has a secure cookie behind https', async () => {
    const { setCookie } = await signIn(server, { token: server.adminToken }, { 'x-forwarded-proto': 'https' });
    expect(setCookie).toContain('; Secure');
    const port = await freePort();
    await using behindProxy = await startTestServer({ database: name, port, publicUrl: 'https://shiplog.example' });
    const local = { ...behindProxy, url: `http://127.0.0.1:${port}` };
    expect((await signIn(local, { token: behindProxy.adminToken })).setCookie).toContain('; Secure');
  });

  test('begins with a token too, and may do what the token may', async () => {
    const { token = '' } = await server.client.createToken({ name: 'reader', scopes: ['read_api'] });
    const { body, page } = await signIn(server, { token });
    expect(body).toMatchObject({ signed_in: true, name: 'reader', username: null, scopes: ['read_api'] });
    expect((await ask(server, 'GET /api/matrix', page)).status).toBe(200);
    expect((await ask(server, 'GET /api/tokens', page)).status).toBe(403);
    const change = { current_password: password, new_password: 'another password' };
    expect((await ask(server, 'PUT /api/session/password', { ...page, body: change })).status).toBe(403);
  });

  test.each([
    [{ username: 'ada', password: 'wrong' }],
    [{ username: 'nobody', password }],
    [{ token: 'slg_wrong' }],
    [{ username: 'ada', password: `${password} ` }],
  ])('does not begin with %j, and the answer does not tell what was wrong', async (credentials) => {
    const { status, body, setCookie } = await signIn(server, credentials);
    expect([status, setCookie]).toEqual([401, '']);
    expect(body).toMatchObject({ code: 'credentials_wrong' });
    if (!('token' in credentials)) expect(body).toMatchObject({ detail: 'The user name or the password is wrong.' });
  });

  test.each([[{}], [{ username: 'ada' }], [{ password }]])('does not begin with %j alone', async (credentials) => {
    const answer = await ask(server, 'POST /api/session', {
      token: null,
      body: credentials,
      headers: { 'x-forwarded-for': '10.9.9.9' },
    });
    expect([answer.status, pointersOf(answer)]).toEqual([422, ['']]);
  });

  test('ends by signing out, and only that one', async () => {
    const { token = '' } = await server.client.createToken({ name: 'two pages', scopes: ['api'] });
    const [first, second] = [await signIn(server, { token }), await signIn(server, { token })];
    const out = await ask(server, 'DELETE /api/session', first.page);
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(/^shiplog_session=; .*(Max-Age=0|Expires=Thu, 01 Jan 1970)/);
    expect(await sessionOf(first.page)).toMatchObject({ signed_in: false, username: null, scopes: [] });
    expect((await ask(server, 'GET /api/matrix', first.page)).status).toBe(401);
    expect((await sessionOf(second.page)).signed_in).toBe(true);
  });

  test('ends after two weeks', async () => {
    const { page } = await signIn(server, { token: server.adminToken });
    now += 14 * dayMs - 1000;
    expect((await ask(server, 'GET /api/matrix', page)).status).toBe(200);
    now += 10_000;
    expect((await ask(server, 'GET /api/matrix', page)).status).toBe(401);
  });

  test('must be given a new password first where the old one was for one time', async () => {
    const { one_time_password = '', password_change_required } = await server.client.createUser({ username: 'new' });
    expect([password_change_required, one_time_password.length >= 16]).toEqual([true, true]);
    const { page, body } = await signIn(server, { username: 'new', password: one_time_password });
    expect(body.password_change_required).toBe(true);
    for (const request of [
      'GET /api/matrix',
      'GET /api/tokens',
      'GET /api/events/stream',
      'POST /api/deployments',
    ] as const) {
      const refused = await ask(server, request, page);
      expect([request, refused.status, refused.body.code]).toEqual([request, 403, 'password_change_required']);
    }
    const change = (new_password: string, current_password = one_time_password) =>
      ask(server, 'PUT /api/session/password', { ...page, body: { current_password, new_password } });
    expect(pointersOf(await change('short'))).toEqual(['/new_password']);
    expect(pointersOf(await change('long enough now', 'wrong'))).toEqual(['/current_password']);
    expect(pointersOf(await change(one_time_password))).toEqual(['/new_password']);
    expect((await change('long enough now')).status).toBe(200);
    expect((await ask(server, 'GET /api/matrix', page)).status).toBe(200);
    expect((await signIn(server, { username: 'new', password: one_time_password })).status).toBe(401);
    expect((await signIn(server, { username: 'new', password: 'long enough now' })).body.password_change_required).toBe(
      false,
    );
  });

  test('ends when the password is changed in another one', async () => {
    await server.client.createUser({ username: 'changer', password });
    const [here, there] = [
      await signIn(server, { username: 'changer', password }),
      await signIn(server, { username: 'changer', password }),
    ];
    expect((await ask(server, 'GET /api/matrix', there.page)).status).toBe(200);
    const body = { current_password: password, new_password: 'another password' };
    expect((await ask(server, 'PUT /api/session/password', { ...here.page, body })).status).toBe(200);
    expect((await ask(server, 'GET /api/matrix', there.page)).status).toBe(401);
    expect((await ask(server, 'GET /api/matrix', here.page)).status).toBe(200);
  });

  test('of a user leaves the rights of others alone: an administrator may administer', async () => {
    const { page, body } = await signIn(server, { username: 'chief', password });
    expect(body.scopes).toEqual(['admin']);
    expect((await ask(server, 'POST /api/users', { ...page, body: { username: 'made-by-chief' } })).status).toBe(201);
    expect((await ask(server, 'POST /api/users', { ...page, body: { username: 'MADE-by-chief' } })).status).toBe(409);
  });
});
