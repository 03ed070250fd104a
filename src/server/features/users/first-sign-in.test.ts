import { describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases, type TestDatabase } from '../../../../test/support/databases.ts';
import { startTestServer } from '../../../../test/support/server.ts';
import { signIn } from '../../../../test/support/sign-in.ts';

describe.each(databases)('the first start on $name', ({ create }) => {
  /** Starts without an administrator's token in the settings, as a newcomer does. */
  const start = (database: TestDatabase) => startTestServer({ database, adminToken: undefined });

  test('gives a password for one time, a new one at each start until somebody signs in, and none afterwards', async () => {
    await using database = await create();
    const first = await start(database);
    await first.stop();
    await using second = await start(database);
    expect(first.firstSignIn).toEqual({ username: 'admin', password: expect.stringMatching(/^[\w-]{16}$/) });
    expect(second.firstSignIn?.password).not.toBe(first.firstSignIn?.password);

    const old = await signIn(second, { username: 'admin', password: first.firstSignIn?.password ?? '' });
    expect(old.status).toBe(401);
    const { body, page } = await signIn(second, { username: 'admin', password: second.firstSignIn?.password ?? '' });
    expect(body).toMatchObject({
      username: 'admin',
      name: 'Administrator',
      scopes: ['admin'],
      password_change_required: true,
    });

    // Signed in is enough: whoever did may be choosing a password just now.
    const third = await start(database);
    await third.stop();
    expect(third.firstSignIn).toBeUndefined();
    const change = { current_password: second.firstSignIn?.password, new_password: 'chosen by the admin' };
    expect((await ask(second, 'PUT /api/session/password', { ...page, body: change })).status).toBe(200);
    expect((await ask(second, 'GET /api/tokens', page)).status).toBe(200);
  });

  test('is silent where the settings have an administrator token, and makes no user but its bot', async () => {
    await using database = await create();
    await using server = await startTestServer({ database });
    expect(server.firstSignIn).toBeUndefined();
    const users = await server.context.database.read.selectFrom('users').selectAll().execute();
    expect(users.map(({ username, bot, password_hash }) => [username, bot, password_hash])).toEqual([
      ['shiplog-admin', 1, null],
    ]);
  });

  test('leaves alone the users that an administrator has made before', async () => {
    await using database = await create();
    const withToken = await startTestServer({ database });
    const { one_time_password } = await withToken.client.createUser({ username: 'ada' });
    await withToken.stop();
    await using server = await start(database);
    expect((await signIn(server, { username: 'ada', password: one_time_password ?? '' })).status).toBe(200);
    expect(server.firstSignIn?.username).not.toBe('ada');
  });

  test('a session begun with the administrator token of the settings ends when that changes', async () => {
    await using database = await create();
    const before = await startTestServer({ database, adminToken: 'the-old-token' });
    const { page, body } = await signIn(before, { token: 'the-old-token' });
    expect(body).toMatchObject({ name: 'Administrator token', scopes: ['admin'] });
    await before.stop();
    await using same = await startTestServer({ database, adminToken: 'the-old-token' });
    expect((await ask(same, 'GET /api/tokens', page)).status).toBe(200);
    await using changed = await startTestServer({ database, adminToken: 'the-new-token' });
    expect((await ask(changed, 'GET /api/tokens', page)).status).toBe(401);
    await using without = await start(database);
    expect((await ask(without, 'GET /api/tokens', page)).status).toBe(401);
  });
});

describe.each(databases.filter(({ name }) => name === 'postgres'))('the first start on $name', ({ create }) => {
  test('of several nodes at once gives one password that works', async () => {
    await using database = await create();
    const servers = await Promise.all([
      startTestServer({ database, adminToken: undefined }),
      startTestServer({ database, adminToken: undefined }),
      startTestServer({ database, adminToken: undefined }),
    ]);
    const [server] = servers;
    const works = [];
    for (const { firstSignIn } of servers) {
      if (firstSignIn && server) works.push((await signIn(server, firstSignIn)).status);
    }
    await Promise.all(servers.map((each) => each.stop()));
    expect(works.filter((status) => status === 200)).toHaveLength(1);
  });
});
