import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { askGitLab, type GitLabRequest } from '../../../../test/support/ask-gitlab.ts';
import { databases } from '../../../../test/support/databases.ts';
import { adminOf, newPerson, type Person } from '../../../../test/support/gitlab-people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { signIn } from '../../../../test/support/sign-in.ts';

interface Shown {
  readonly id: number;
  readonly username: string;
  readonly [key: string]: unknown;
}

const password = 'a long password';

describe.each(databases)("GitLab's users on $name", ({ name: database }) => {
  let server: TestServer;
  let admin: ReturnType<typeof adminOf>;
  let plain: Person;
  beforeAll(async () => {
    server = await startTestServer({ database, trustProxy: true });
    admin = adminOf(server);
    plain = await newPerson(server, 'plain');
  });
  afterAll(() => server.stop());

  const send = <T = Shown>(request: GitLabRequest, body?: unknown, token?: string) =>
    askGitLab<T>(server, request, body, token);

  test('are made, shown, changed and deleted by gitbeaker', async () => {
    const made = await admin.Users.create({ email: 'ada@example.com', name: 'Ada L.', username: 'ada', password });
    expect(made).toMatchObject({
      username: 'ada',
      name: 'Ada L.',
      email: 'ada@example.com',
      state: 'active',
      bot: false,
      is_admin: false,
    });
    expect((await signIn(server, { username: 'ada', password })).status).toBe(200);
    expect(await admin.Users.show(made.id)).toMatchObject({ id: made.id, username: 'ada' });
    expect(await admin.Users.edit(made.id, { name: 'Ada', admin: true })).toMatchObject({
      name: 'Ada',
      is_admin: true,
    });
    expect((await signIn(server, { username: 'ada', password })).body).toMatchObject({ scopes: ['admin'] });
    expect((await admin.Users.all({ username: 'ADA' })).map(({ id }) => id)).toEqual([made.id]);
    await admin.Users.remove(made.id);
    expect(await admin.Users.show(made.id)).toMatchObject({
      username: `deleted-user-${made.id}`,
      name: 'Deleted user',
      email: null,
      state: 'blocked',
      is_admin: false,
    });
    expect((await signIn(server, { username: 'ada', password })).status).toBe(401);
    await admin.Users.create({ email: 'ada@example.com', name: 'Another', username: 'ada', password });
  });

  test('without a password of their own get one for one time', async () => {
    const body = { email: 'eve@example.com', name: 'Eve', username: 'eve', force_random_password: 'true' };
    const made = await send<{ one_time_password: string }>('POST /users', body);
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const { body: session } = await signIn(server, { username: 'eve', password: made.body.one_time_password });
    expect(session).toMatchObject({ username: 'eve', password_change_required: true });
    expect((await send('GET /users?username=eve')).text).not.toContain(made.body.one_time_password);
  });

  const whole = { email: 'new@example.com', name: 'New', username: 'new', password };
  test.each([
    [{ ...whole, email: undefined }, 400, { error: 'email is missing, email is empty' }],
    [{ ...whole, name: '' }, 400, { error: 'name is empty' }],
    [
      { ...whole, password: undefined },
      400,
      { error: 'password, reset_password, force_random_password are missing, at least one parameter must be provided' },
    ],
    [{ ...whole, password: 'short' }, 400, { message: { password: ['is too short (minimum is 10 characters)'] } }],
    [{ ...whole, email: 'nowhere' }, 400, { message: { email: ['is invalid'] } }],
    [{ ...whole, username: 'a b' }, 400, { message: { username: [expect.any(String)] } }],
    [{ ...whole, username: 'SHIPLOG-admin' }, 409, { message: 'Username has already been taken' }],
  ])('cannot be made of %j', async (body, status, expected) => {
    const answer = await send<object>('POST /users', body);
    expect([answer.status, answer.body]).toEqual([status, expected]);
  });

  test('have a name and an address of their own', async () => {
    const [one, two] = [await newPerson(server, 'one'), await newPerson(server, 'two')];
    for (const [body, text] of [
      [{ email: `${one.username.toUpperCase()}@example.com` }, 'Email has already been taken'],
      [{ username: one.username.toUpperCase() }, 'Username has already been taken'],
    ] as const) {
      const changed = await send<object>(`PUT /users/${two.id}`, body);
      expect([changed.status, changed.body]).toEqual([409, { message: text }]);
    }
    expect((await send(`PUT /users/${two.id}`, { username: two.username })).status).toBe(200);
  });

  test('that are blocked cannot sign in, and their tokens and sessions are dead until they are unblocked', async () => {
    const { id, token, username } = await newPerson(server, 'blocked');
    await admin.Users.edit(id, { password });
    const { page } = await signIn(server, { username, password });
    const works = async () => [
      (await signIn(server, { username, password })).status,
      (await send('GET /user', undefined, token)).status,
    ];
    expect(await works()).toEqual([200, 200]);
    await admin.Users.block(id);
    expect(await works()).toEqual([401, 401]);
    const refused = await signIn(server, { username, password });
    expect(refused.body).toMatchObject({ detail: 'The user name or the password is wrong.' });
    expect((await ask(server, 'GET /api/session', page)).body).toMatchObject({ signed_in: false });
    expect((await admin.Users.all({ blocked: true })).map((user) => user.id)).toContain(id);
    expect((await admin.Users.all({ active: true })).map((user) => user.id)).not.toContain(id);
    await admin.Users.unblock(id);
    expect(await works()).toEqual([200, 200]);
  });

  test('lose their memberships and tokens when they are deleted', async () => {
    const { id, token } = await newPerson(server, 'leaving');
    const group = await admin.Groups.create('Left', 'left');
    await admin.GroupMembers.add(group.id, 30, { userId: id });
    await admin.Users.remove(id);
    expect((await send('GET /user', undefined, token)).status).toBe(401);
    expect((await send(`GET /groups/${group.id}/members/${id}`)).status).toBe(404);
  });

  test('are signed out when an administrator gives them another password, which they must change', async () => {
    const { id, username } = await newPerson(server, 'forgetful');
    await admin.Users.edit(id, { password });
    const { page } = await signIn(server, { username, password });
    await admin.Users.edit(id, { password: 'another password' });
    expect((await ask(server, 'GET /api/session', page)).body).toMatchObject({ signed_in: false });
    const { body } = await signIn(server, { username, password: 'another password' });
    expect(body).toMatchObject({ signed_in: true, password_change_required: true });
  });

  test('are listed by name, address, page and order', async () => {
    const [one, two] = [await newPerson(server, 'listed'), await newPerson(server, 'listed')];
    const ids = async (query: string, token?: string) =>
      (await send<Shown[]>(`GET /users?${query}`, undefined, token)).body.map(({ id }) => id);
    expect(await ids('search=LISTED')).toEqual([two.id, one.id]);
    expect(await ids('search=listed&sort=asc')).toEqual([one.id, two.id]);
    expect(await ids('search=listed&order_by=username&sort=asc')).toEqual([one.id, two.id]);
    expect(await ids('search=listed&per_page=1&page=2')).toEqual([one.id]);
    expect(await ids(`search=${one.username}%40example.com`)).toEqual([one.id]);
    expect(await ids('search=%25')).toEqual([]);
    expect(await ids(`username=${one.username}`, plain.token)).toEqual([one.id]);
    expect(await ids(`search=${one.username}%40example.com`, plain.token)).toEqual([]);
    const usernames = async (query: string) =>
      (await send<Shown[]>(`GET /users?${query}`)).body.map(({ username }) => username);
    expect(await usernames('admins=true&search=shiplog')).toEqual(['shiplog-admin']);
    expect(await usernames('humans=true&search=shiplog')).toEqual([]);
  });

  test('see of each other only how they are called', async () => {
    const other = await newPerson(server, 'other');
    for (const { body } of [
      await send(`GET /users/${other.id}`, undefined, plain.token),
      { body: (await send<Shown[]>(`GET /users?username=${other.username}`, undefined, plain.token)).body[0] },
    ]) {
      expect(Object.keys(body ?? {}).sort()).toEqual(
        ['avatar_url', 'id', 'locked', 'name', 'public_email', 'state', 'username', 'web_url'].sort(),
      );
    }
    expect((await send(`GET /users/${plain.id}`, undefined, plain.token)).body).toMatchObject({
      email: `${plain.username}@example.com`,
    });
    expect((await send('GET /users/999999', undefined, plain.token)).body).toEqual({ message: '404 User Not Found' });
  });

  test('are managed by administrators only, and hidden from nobody but strangers', async () => {
    for (const [request, body] of [
      ['POST /users', whole],
      [`PUT /users/${plain.id}`, { admin: true }],
      [`DELETE /users/${plain.id}`, undefined],
      [`POST /users/${plain.id}/block`, undefined],
      [`POST /users/${plain.id}/unblock`, undefined],
      [`POST /users/${plain.id}/personal_access_tokens`, { name: 'x', scopes: ['admin'] }],
    ] as const) {
      const answer = await send<object>(request, body, plain.token);
      expect([request, answer.status, answer.body]).toEqual([request, 403, { message: '403 Forbidden' }]);
    }
    expect((await ask(server, 'GET /api/v4/users', { token: null })).status).toBe(401);
  });

  test('stay unknown to the public where everyone may read', async () => {
    await using open = await startTestServer({ database, publicRead: true });
    const group = await adminOf(open).Groups.create('Open', 'open', { visibility: 'public' });
    for (const url of [
      '/users',
      '/users/1',
      `/groups/${group.id}/members`,
      `/groups/${group.id}/access_tokens`,
    ] as const) {
      expect([url, (await ask(open, `GET /api/v4${url}`, { token: null })).status]).toEqual([url, 401]);
    }
  });

  test('cannot lock themselves out, and bots are not theirs to change', async () => {
    const root = await newPerson(server, 'root', ['api']);
    await admin.Users.edit(root.id, { admin: true });
    const token = (await admin.PersonalAccessTokens.create(root.id, 'root', ['admin'])).token;
    expect((await send(`POST /users/${root.id}/block`, undefined, token)).status).toBe(403);
    expect((await send(`DELETE /users/${root.id}`, undefined, token)).status).toBe(403);
    const bot = (await admin.Users.all({ username: 'shiplog-admin' }))[0];
    expect(bot).toMatchObject({ bot: true });
    for (const method of ['PUT', 'DELETE'] as const) {
      expect((await send(`${method} /users/${bot?.id}`, { password }, token)).status).toBe(403);
    }
    expect((await signIn(server, { username: 'shiplog-admin', password })).status).toBe(401);
  });

  test('are for the token of a project or group the members there, and nobody else', async () => {
    const [here, above, elsewhere] = [await newPerson(server), await newPerson(server), await newPerson(server)];
    const group = await admin.Groups.create('Crew', 'crew', { visibility: 'private' });
    const { id: project } = await admin.Projects.create({ name: 'app', namespaceId: group.id });
    await admin.ProjectMembers.add(project, 30, { userId: here.id });
    await admin.GroupMembers.add(group.id, 30, { userId: above.id });
    const wanted = { name: 'bot', scopes: ['api'], access_level: 40 };
    for (const [home, known] of [
      [`/projects/${project}`, [here, above]],
      [`/groups/${group.id}`, [above]],
    ] as const) {
      const { body: token } = await send<{ user_id: number; token: string }>(`POST ${home}/access_tokens`, wanted);
      const { body } = await send<Shown[]>('GET /users?per_page=100&humans=true', undefined, token.token);
      expect(body.map(({ id }) => id).sort()).toEqual(known.map(({ id }) => id).sort());
      const all = await send<Shown[]>('GET /users?per_page=100', undefined, token.token);
      expect(all.body.map(({ id }) => id)).toContain(token.user_id);
      expect((await send(`GET /users/${above.id}`, undefined, token.token)).status).toBe(200);
      const hidden = await send<object>(`GET /users/${elsewhere.id}`, undefined, token.token);
      expect([hidden.status, hidden.body]).toEqual([404, { message: '404 User Not Found' }]);
      expect((await send(`GET /users/${elsewhere.id}/projects`, undefined, token.token)).status).toBe(404);
    }
  });

  test('are found by a name with other letters than those of ASCII, as it is written', async () => {
    const { body: one } = await send('POST /users', {
      ...{ email: 'ae@example.com', username: 'aerger', force_random_password: true },
      name: ' Ärgerlich ',
    });
    expect(one).toMatchObject({ name: 'Ärgerlich' });
    expect((await send<Shown[]>('GET /users?search=Ärger')).body.map(({ id }) => id)).toEqual([one.id]);
  });
});
