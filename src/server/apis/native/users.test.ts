import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { signIn } from '../../../../test/support/sign-in.ts';
import { PeopleClient } from '../../../client/people-client.ts';

describe.each(databases)('users by the native API on $name', ({ name }) => {
  let server: TestServer;
  let plain: Person;
  beforeAll(async () => {
    server = await startTestServer({ database: name, trustProxy: true });
    plain = await person(server, 'plain', { name: 'Plain Person' });
  });
  afterAll(() => server.stop());

  const as = (token = server.adminToken) => new PeopleClient(server.clientOf(token).requests);
  const find = async (search: string, token?: string) => (await as(token).users({ search })).items;

  test('a user is made with a one-time password, found, changed and deleted', async () => {
    const made = await ask<{ one_time_password: string }>(server, 'POST /api/users', {
      body: { username: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' },
    });
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const credentials = { username: 'ada', password: made.body.one_time_password };
    expect((await signIn(server, credentials)).status).toBe(200);

    const [found] = await find('lovelace');
    expect(found).toEqual({
      id: expect.any(Number),
      username: 'ada',
      name: 'Ada Lovelace',
      state: 'active',
      bot: false,
      account: {
        email: 'ada@example.com',
        admin: false,
        created_at: expect.any(String),
        signed_in_at: expect.any(String),
      },
    });
    expect(await find('ADA@example.com')).toEqual([found]);
    const change = { username: 'countess', name: 'Ada King', email: 'king@example.com', admin: true };
    expect(await as().changeUser('Ada', change)).toMatchObject({
      ...{ id: found?.id, username: 'countess', name: 'Ada King' },
      account: { email: 'king@example.com', admin: true },
    });
    expect(await as().changeUser('countess', { admin: false })).toMatchObject({
      name: 'Ada King',
      account: { email: 'king@example.com', admin: false },
    });
    await as().deleteUser('countess');
    await expect(as().changeUser('countess', { name: 'Nobody' })).rejects.toMatchObject({ status: 404 });
    expect(await find('deleted')).toEqual([]);
  });

  test('a user is deleted whatever others are called', async () => {
    await server.client.createUser({ username: 'leaving' });
    const [{ id = 0 } = {}] = await find('leaving');
    for (const username of [`Deleted-User-${id}`, `deleted-user-${id}-2`]) await server.client.createUser({ username });
    await as().deleteUser('leaving');
    const names = [`deleted-user-${id}`, `deleted-user-${id}-2`];
    expect((await find(`deleted-user-${id}`)).map(({ username }) => username.toLowerCase())).toEqual(names);
  });

  test('a deleted user is gone for good, and can be named by nobody', async () => {
    await server.client.createUser({ username: 'buried' });
    const [{ id = 0 } = {}] = await find('buried');
    await as().deleteUser('buried');
    for (const [request, body] of [
      [`DELETE /api/users/deleted-user-${id}`, undefined],
      [`PATCH /api/users/deleted-user-${id}`, { name: 'Risen', admin: true }],
      [`POST /api/users/deleted-user-${id}/password-reset`, undefined],
      [`POST /api/users/deleted-user-${id}/block`, undefined],
      [`POST /api/users/deleted-user-${id}/unblock`, undefined],
    ] as const)
      expect([request, (await ask(server, request, body ? { body } : {})).status]).toEqual([request, 404]);
  });

  test('a blocked user is signed out until somebody unblocks them', async () => {
    await server.client.createUser({ username: 'gone', password: 'a long password' });
    const { page } = await signIn(server, { username: 'gone', password: 'a long password' });
    const isIn = async () => (await ask<{ signed_in: boolean }>(server, 'GET /api/session', page)).body.signed_in;
    expect(await isIn()).toBe(true);
    expect(await as().blockUser('gone')).toMatchObject({ state: 'blocked' });
    expect(await isIn()).toBe(false);
    expect((await signIn(server, { username: 'gone', password: 'a long password' })).status).toBe(401);
    expect((await as().users({ state: 'blocked' })).items.map(({ username }) => username)).toEqual(['gone']);
    expect(await as().unblockUser('gone')).toMatchObject({ state: 'active' });
    expect((await signIn(server, { username: 'gone', password: 'a long password' })).status).toBe(200);
  });

  test('are listed by their user names, page by page, people and bots apart', async () => {
    for (const username of ['list-b', 'list-c', 'list-a']) await server.client.createUser({ username });
    const first = await as().users({ search: 'list-', limit: '2' });
    expect(first).toMatchObject({ items: [{ username: 'list-a' }, { username: 'list-b' }], total: 3, next_page: 2 });
    const second = await as().users({ search: 'list-', limit: '2', page: '2' });
    expect(second).toMatchObject({ items: [{ username: 'list-c' }], total: 3, next_page: null });
    expect((await as().users({ kind: 'bots' })).items.map(({ bot }) => bot)).toEqual([true]);
    expect((await as().users({ kind: 'people' })).items.some(({ bot }) => bot)).toBe(false);
  });

  test.each([
    ['POST /api/users', { username: 'a b' }, '/username'],
    ['POST /api/users', { username: 'short', password: 'short' }, '/password'],
    ['POST /api/users', { username: 'mailer', email: 'nowhere' }, '/email'],
    ['PATCH /api/users/plain', { email: 'nowhere' }, '/email'],
    ['PATCH /api/users/plain', { name: ' ' }, '/name'],
    ['PATCH /api/users/plain', { password: 'another password' }, '/password'],
  ] as const)('%s with %j is refused', async (request, body, pointer) => {
    const answer = await ask(server, request, { body });
    expect([answer.status, pointersOf(answer)]).toEqual([422, [pointer]]);
  });

  test('have a user name and an address that nobody else has, in whatever case', async () => {
    await server.client.createUser({ username: 'first', email: 'first@example.com' });
    await server.client.createUser({ username: 'second' });
    for (const [request, body, pointer] of [
      ['POST /api/users', { username: 'FIRST' }, '/username'],
      ['POST /api/users', { username: 'third', email: 'First@Example.com' }, '/email'],
      ['PATCH /api/users/second', { username: 'First' }, '/username'],
      ['PATCH /api/users/second', { email: 'first@example.com' }, '/email'],
    ] as const) {
      const answer = await ask(server, request, { body });
      expect([request, answer.status, pointersOf(answer)]).toEqual([request, 409, [pointer]]);
    }
  });

  test('never lock themselves out', async () => {
    await server.client.createUser({ username: 'chief', password: 'a long password', admin: true });
    const { page } = await signIn(server, { username: 'chief', password: 'a long password' });
    const status = async (request: Parameters<typeof ask>[1], body?: object) =>
      (await ask(server, request, { ...page, ...(body ? { body } : {}) })).status;
    expect(await status('PATCH /api/users/chief', { admin: false })).toBe(403);
    expect(await status('POST /api/users/chief/block')).toBe(403);
    expect(await status('DELETE /api/users/chief')).toBe(403);
    expect(await status('PATCH /api/users/chief', { name: 'Chief', admin: true })).toBe(200);
    expect(await find('chief')).toMatchObject([{ name: 'Chief', state: 'active', account: { admin: true } }]);
  });

  test('that are bots of tokens are left to their tokens', async () => {
    const [bot] = (await as().users({ kind: 'bots' })).items;
    await expect(as().changeUser(bot?.username ?? '', { name: 'Other' })).rejects.toMatchObject({ status: 403 });
    await expect(as().deleteUser(bot?.username ?? '')).rejects.toMatchObject({ status: 403 });
  });

  test('are looked up by everyone signed in, who learns of others only their names', async () => {
    await server.client.createUser({ username: 'hidden', name: 'Hidden Admin', email: 'h@example.com', admin: true });
    const [seen] = await find('hidden', plain.token);
    expect(seen).toMatchObject({ username: 'hidden', name: 'Hidden Admin', account: null });
    expect(await find('h@example.com', plain.token)).toEqual([]);
    const [self] = await find('plain', plain.token);
    expect(self).toMatchObject({ account: { email: null, admin: false } });
  });

  test('of a project’s token are only its members', async () => {
    const { path } = await privateProject(server, 'vault/keys');
    await join(server, 'project', path, plain, 'reporter');
    const { token = '' } = await server.client.createToken({ name: 'bound', scopes: ['read_api'], project: path });
    const usernames = (await as(token).users({ kind: 'people' })).items.map(({ username }) => username);
    expect(usernames).toContain('plain');
    expect(usernames).not.toContain('chief');
  });

  test('are managed by administrators only', async () => {
    for (const [request, body] of [
      ['POST /api/users', { username: 'sneaky' }],
      ['PATCH /api/users/chief', { name: 'Mine' }],
      ['PATCH /api/users/plain', { admin: true }],
      ['DELETE /api/users/chief', undefined],
      ['POST /api/users/chief/block', undefined],
      ['POST /api/users/chief/unblock', undefined],
      ['POST /api/users/chief/password-reset', undefined],
    ] as const) {
      const status = async (token: string | null) =>
        (await ask(server, request, { token, ...(body ? { body } : {}) })).status;
      expect([request, await status(null), await status(plain.token)]).toEqual([request, 401, 403]);
    }
    expect((await ask(server, 'GET /api/users', { token: null })).status).toBe(401);
    await using open = await startTestServer({ database: name, publicRead: true });
    expect((await ask(open, 'GET /api/users', { token: null })).status).toBe(401);
  });
});
