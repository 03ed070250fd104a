import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { askGitLab, type GitLabRequest } from '../../../../test/support/ask-gitlab.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { adminOf, gitlabOf, newPerson, type Person } from '../../../../test/support/gitlab-people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Shown {
  readonly id: number;
  readonly token: string;
  readonly user_id: number;
  readonly [key: string]: unknown;
}

const dayMs = 86_400_000;
const revoked = {
  error: 'invalid_token',
  error_description: 'Token was revoked. You have to re-authorize from the user.',
};
const expired = {
  error: 'invalid_token',
  error_description: 'Token is expired. You can either do re-authorization or token refresh.',
};

describe.each(databases)("GitLab's access tokens on $name", ({ name: database }) => {
  let server: TestServer;
  let admin: ReturnType<typeof adminOf>;
  let outsider: Person;
  let now = Date.now();
  let made = 0;
  beforeAll(async () => {
    server = await startTestServer({ database, clock: () => now });
    admin = adminOf(server);
    outsider = await newPerson(server, 'outsider');
  });
  afterAll(() => server.stop());

  const day = (days: number) => new Date(now + days * dayMs).toISOString().slice(0, 10);
  const send = <T = Shown>(request: GitLabRequest, body?: unknown, token?: string) =>
    askGitLab<T>(server, request, body, token);
  const newHome = async () => {
    made += 1;
    const group = await admin.Groups.create(`Team ${made}`, `team-${made}`, { visibility: 'private' });
    const project = await admin.Projects.create({ name: 'shop', namespaceId: group.id });
    return { group, project, namespace: group.full_path };
  };
  const deadAs = async (token: string) => {
    const { status, body } = await send<object>('GET /user', undefined, token);
    return [status, body];
  };

  test('of a project are made, shown, listed, rotated and revoked by gitbeaker', async () => {
    const { project } = await newHome();
    const tokens = admin.ProjectAccessTokens;
    const { token, ...created } = await tokens.create(project.id, 'ci', ['api'], day(30), { accessLevel: 30 });
    expect(token).toMatch(/^slg_[0-9A-Za-z]{38}$/);
    expect(created).toMatchObject({
      name: 'ci',
      scopes: ['api'],
      access_level: 30,
      resource_type: 'project',
      resource_id: project.id,
      active: true,
      revoked: false,
      expires_at: day(30),
      last_used_at: null,
    });
    expect(await tokens.show(project.id, created.id)).toEqual(created);
    expect(await tokens.all(project.id)).toEqual([created]);
    const { token: next, ...rotated } = await tokens.rotate(project.id, created.id, { expiresAt: day(60) });
    expect(rotated).toMatchObject({ name: 'ci', user_id: created.user_id, access_level: 30, expires_at: day(60) });
    expect(rotated.id).not.toBe(created.id);
    expect(await deadAs(String(token))).toEqual([401, revoked]);
    expect((await send('GET /user', undefined, String(next))).status).toBe(200);
    const list = await send<Shown[]>(`GET /projects/${project.id}/access_tokens`);
    expect(list.body.map((each) => [each.id, each['revoked']])).toEqual([
      [rotated.id, false],
      [created.id, true],
    ]);
    for (const secret of [token, next]) expect(list.text).not.toContain(secret);
    await tokens.revoke(project.id, rotated.id);
    expect(await deadAs(String(next))).toEqual([401, revoked]);
  });

  test('of a project act for a bot of their own, with the level they were given', async () => {
    const { project, namespace } = await newHome();
    const { token, user_id } = await admin.ProjectAccessTokens.create(project.id, 'ci', ['api'], day(30), {
      accessLevel: 20,
    });
    const { body: bot } = await send('GET /user', undefined, String(token));
    expect(bot).toMatchObject({ id: user_id, bot: true, name: 'ci' });
    expect(bot['username']).toMatch(new RegExp(`^project_${project.id}_bot_[0-9a-f]{32}$`));
    expect(await admin.ProjectMembers.show(project.id, Number(user_id))).toMatchObject({ access_level: 20 });
    const record = () => server.clientOf(String(token)).record(report({ namespace, service: 'shop' }));
    await expect(record()).rejects.toMatchObject({ status: 403 });
    await admin.ProjectMembers.edit(project.id, Number(user_id), 30);
    await expect(record()).resolves.toBeDefined();
    const [event] = (await server.client.deployments({ service: 'shop' })).items;
    expect(event?.namespace).toBe(namespace);
  });

  test('of a project have maintainer access where nothing else is asked for', async () => {
    const { project } = await newHome();
    const made = await send(`POST /projects/${project.id}/access_tokens`, { name: 'a', scopes: 'api,read_api' });
    expect([made.status, made.body]).toMatchObject([
      201,
      { access_level: 40, scopes: ['api', 'read_api'], expires_at: null },
    ]);
    expect(made.headers.get('cache-control')).toBe('no-store');
    expect(made.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await send(`PUT /projects/${project.id}`, { description: 'x' }, made.body.token)).status).toBe(200);
  });

  test('of a group reach its projects, and are rotated by themselves', async () => {
    const { group, project } = await newHome();
    const tokens = admin.GroupAccessTokens;
    const created = await tokens.create(group.id, 'ci', ['api'], day(30), { accessLevel: 40 });
    expect(created).toMatchObject({ resource_type: 'group', resource_id: group.id, access_level: 40 });
    const bot = gitlabOf(server, String(created.token));
    expect((await bot.Projects.all()).map(({ id }) => id)).toEqual([project.id]);
    const rotated = await send(`POST /groups/${group.id}/access_tokens/self/rotate`, {}, String(created.token));
    expect([rotated.status, rotated.body]).toMatchObject([200, { name: 'ci', expires_at: day(7) }]);
    expect(await deadAs(String(created.token))).toEqual([401, revoked]);
    const elsewhere = await send<object>(
      `POST /projects/${project.id}/access_tokens/self/rotate`,
      {},
      rotated.body.token,
    );
    expect([elsewhere.status, elsewhere.body]).toEqual([404, { message: '404 Not found' }]);
    expect((await gitlabOf(server, rotated.body.token).Projects.all()).map(({ id }) => id)).toEqual([project.id]);
    expect((await tokens.all(group.id)).map(({ id }) => id)).toEqual([rotated.body.id, created.id]);
    await tokens.revoke(group.id, rotated.body.id);
    expect((await admin.GroupMembers.all(group.id)).map(({ id }) => id)).not.toContain(created.user_id);
  });

  test('of a person are made, shown, listed, rotated and revoked', async () => {
    const { id, token } = await newPerson(server, 'ada');
    const created = await send(
      'POST /user/personal_access_tokens',
      { name: 'laptop', scopes: ['read_api'], expires_at: day(9) },
      token,
    );
    expect([created.status, created.body]).toMatchObject([
      201,
      { name: 'laptop', user_id: id, scopes: ['read_api'], active: true, expires_at: day(9) },
    ]);
    const own = gitlabOf(server, token);
    expect(await own.PersonalAccessTokens.show({ tokenId: created.body.id })).toMatchObject({ name: 'laptop' });
    expect((await own.PersonalAccessTokens.all()).map(({ name }) => name)).toEqual(['laptop', expect.any(String)]);
    const rotated = await own.PersonalAccessTokens.rotate(created.body.id, { expiresAt: day(20) });
    expect(rotated).toMatchObject({ name: 'laptop', expires_at: day(20), scopes: ['read_api'] });
    expect(await deadAs(created.body.token)).toEqual([401, revoked]);
    const again = await send<object>(`POST /personal_access_tokens/${created.body.id}/rotate`, {}, token);
    expect([again.status, again.body]).toEqual([400, { message: '400 Bad request - token already revoked' }]);
    await own.PersonalAccessTokens.remove({ tokenId: rotated.id });
    expect(await deadAs(String(rotated.token))).toEqual([401, revoked]);
  });

  test('show, rotate and revoke themselves', async () => {
    const { token } = await newPerson(server, 'self');
    expect((await send('GET /personal_access_tokens/self', undefined, token)).body).toMatchObject({ scopes: ['api'] });
    const rotated = await send('POST /personal_access_tokens/self/rotate', {}, token);
    expect([rotated.status, rotated.body]).toMatchObject([200, { expires_at: null }]);
    expect(await deadAs(token)).toEqual([401, revoked]);
    expect((await send('DELETE /personal_access_tokens/self', {}, rotated.body.token)).status).toBe(204);
    expect(await deadAs(rotated.body.token)).toEqual([401, revoked]);
    expect((await send('GET /personal_access_tokens/self')).status).toBe(404);
  });

  test('cannot make themselves last longer', async () => {
    const { project } = await newHome();
    const { token } = await admin.ProjectAccessTokens.create(project.id, 'ci', ['api'], day(9), { accessLevel: 40 });
    const rotate = (expires_at: string) =>
      send(`POST /projects/${project.id}/access_tokens/self/rotate`, { expires_at }, String(token));
    const refused = await rotate(day(10));
    expect([refused.status, refused.body]).toEqual([
      400,
      { message: { expires_at: [expect.stringContaining(`must be no later than ${day(9)}`)] } },
    ]);
    expect((await rotate(day(9))).body).toMatchObject({ name: 'ci', expires_at: day(9) });
  });

  test('that expire end as the day begins', async () => {
    const { project } = await newHome();
    const { token } = await admin.ProjectAccessTokens.create(project.id, 'brief', ['api'], day(1), { accessLevel: 40 });
    expect((await send('GET /user', undefined, String(token))).status).toBe(200);
    now += dayMs;
    expect(await deadAs(String(token))).toEqual([401, expired]);
    expect((await admin.ProjectAccessTokens.all(project.id)).map(({ active }) => active)).toEqual([false]);
  });

  test.each([
    [{ scopes: ['api'] }, { error: 'name is missing, name is empty' }],
    [{ name: 'a' }, { error: 'scopes is missing' }],
    [{ name: 'a', scopes: [] }, { error: 'scopes does not have a valid value' }],
    [{ name: 'a', scopes: ['read_repository'] }, { error: 'scopes does not have a valid value' }],
    [{ name: 'a', scopes: ['api', 'API'] }, { error: 'scopes does not have a valid value' }],
    [{ name: 'a', scopes: ['admin'] }, { message: { scopes: ['of a project or group token cannot have admin'] } }],
    [{ name: 'a', scopes: ['api'], access_level: 15 }, { error: 'access_level does not have a valid value' }],
    [{ name: 'a', scopes: ['api'], expires_at: '2020-01-01' }, { message: { expires_at: ['must be in the future'] } }],
    [{ name: 'a', scopes: ['api'], expires_at: 'never' }, { error: 'expires_at is invalid' }],
  ])('of a project cannot be made of %j', async (body, expected) => {
    const { project } = await newHome();
    const answer = await send<object>(`POST /projects/${project.id}/access_tokens`, body);
    expect([answer.status, answer.body]).toEqual([400, expected]);
  });

  test('of a project are for its maintainers, and none does more than who makes it', async () => {
    const { project } = await newHome();
    const person = await newPerson(server, 'dev');
    const make = async (level: number, scopes = ['api']) =>
      (
        await send(
          `POST /projects/${project.id}/access_tokens`,
          { name: 'a', scopes, access_level: level },
          person.token,
        )
      ).status;
    const { id } = await admin.ProjectAccessTokens.create(project.id, 'of an owner', ['api'], day(30), {
      accessLevel: 50,
    });
    const url = `/projects/${project.id}/access_tokens` as const;
    const requests = [`GET ${url}`, `GET ${url}/${id}`, `DELETE ${url}/${id}`, `POST ${url}/${id}/rotate`] as const;
    const statuses = async (token: string) => {
      const answers = [];
      for (const request of requests) {
        answers.push((await send(request, request.startsWith('GET') ? undefined : {}, token)).status);
      }
      return answers;
    };
    expect(await statuses(outsider.token)).toEqual([404, 404, 404, 404]);
    await admin.ProjectMembers.add(project.id, 30, { userId: person.id });
    expect(await make(10)).toBe(403);
    expect(await statuses(person.token)).toEqual([403, 403, 403, 403]);
    await admin.ProjectMembers.edit(project.id, person.id, 40);
    expect(await make(40)).toBe(201);
    expect(await make(50)).toBe(403);
    expect((await send(`POST ${url}/${id}/rotate`, {}, person.token)).status).toBe(403);
    expect((await send(`GET ${url}/${id}`, undefined, person.token)).status).toBe(200);
  });

  test('of a project belong to that project only', async () => {
    const [own, other] = [await newHome(), await newHome()];
    const { id, token } = await admin.ProjectAccessTokens.create(own.project.id, 'ci', ['api'], day(30), {
      accessLevel: 50,
    });
    expect((await send(`GET /projects/${other.project.id}/access_tokens/${id}`)).status).toBe(404);
    expect((await send(`DELETE /groups/${own.group.id}/access_tokens/${id}`, {})).status).toBe(404);
    expect((await send(`GET /projects/${other.project.id}/access_tokens`, undefined, String(token))).status).toBe(404);
    for (const url of [`/projects/${own.project.id}/access_tokens`, '/user/personal_access_tokens'] as const) {
      expect((await send(`POST ${url}`, { name: 'escaped', scopes: ['api'] }, String(token))).status).toBe(403);
    }
  });

  test('of one person are neither seen nor touched by another', async () => {
    const { id, token } = await newPerson(server, 'owner');
    const { body: self } = await send('GET /personal_access_tokens/self', undefined, token);
    for (const request of [
      `GET /personal_access_tokens/${self.id}`,
      `DELETE /personal_access_tokens/${self.id}`,
      `POST /personal_access_tokens/${self.id}/rotate`,
    ] as const) {
      const answer = await send<object>(request, request.startsWith('GET') ? undefined : {}, outsider.token);
      expect([request, answer.status, answer.body]).toEqual([request, 404, { message: '404 Not found' }]);
    }
    expect((await send(`GET /personal_access_tokens?user_id=${id}`, undefined, outsider.token)).status).toBe(403);
    const seen = await outsider.gitlab.PersonalAccessTokens.all();
    expect(seen.map(({ user_id }) => user_id)).toEqual([outsider.id]);
    expect((await send('GET /user', undefined, token)).status).toBe(200);
  });

  test('with less scope make none with more', async () => {
    const { id } = await newPerson(server, 'root');
    await admin.Users.edit(id, { admin: true });
    const strong = await send(`POST /users/${id}/personal_access_tokens`, { name: 'strong', scopes: ['admin'] });
    const weak = await send(`POST /users/${id}/personal_access_tokens`, { name: 'weak', scopes: ['api'] });
    const reader = await send(`POST /users/${id}/personal_access_tokens`, { name: 'reader', scopes: ['read_api'] });
    expect(
      (await send('POST /user/personal_access_tokens', { name: 'x', scopes: ['admin'] }, weak.body.token)).status,
    ).toBe(403);
    expect((await send(`POST /personal_access_tokens/${strong.body.id}/rotate`, {}, weak.body.token)).status).toBe(403);
    expect(
      (await send('POST /user/personal_access_tokens', { name: 'x', scopes: ['api'] }, reader.body.token)).status,
    ).toBe(403);
    expect(
      (await send('POST /user/personal_access_tokens', { name: 'x', scopes: ['admin'] }, strong.body.token)).status,
    ).toBe(201);
  });

  test('are listed by what they are', async () => {
    const { project } = await newHome();
    const create = (name: string, expires?: string) =>
      send(`POST /projects/${project.id}/access_tokens`, {
        name,
        scopes: ['api'],
        ...(expires ? { expires_at: expires } : {}),
      });
    const [one, two] = [await create('one', day(5)), await create('two')];
    await send(`DELETE /projects/${project.id}/access_tokens/${two.body.id}`, {});
    const ids = async (query: string) =>
      (await send<Shown[]>(`GET /projects/${project.id}/access_tokens?${query}`)).body.map(({ id }) => id);
    expect(await ids('state=active')).toEqual([one.body.id]);
    expect(await ids('state=inactive')).toEqual([two.body.id]);
    expect(await ids('revoked=true')).toEqual([two.body.id]);
    expect(await ids('revoked=false')).toEqual([one.body.id]);
    expect(await ids('search=TW')).toEqual([two.body.id]);
    expect(await ids(`expires_before=${day(6)}`)).toEqual([one.body.id]);
    expect(await ids(`expires_after=${day(6)}`)).toEqual([]);
    expect(await ids(`created_after=${day(1)}`)).toEqual([]);
    expect(await ids('per_page=1&page=2')).toEqual([one.body.id]);
  });

  test('made by the native API have a bot as well, and leave its list when they are revoked', async () => {
    const { project, namespace } = await newHome();
    const native = await server.client.createToken({
      name: 'native',
      scopes: ['record'],
      project: `${namespace}/shop`,
    });
    const [shown] = await admin.ProjectAccessTokens.all(project.id);
    expect(shown).toMatchObject({ id: native.id, name: 'native', scopes: ['record'], access_level: 30 });
    expect(await admin.ProjectMembers.show(project.id, Number(shown?.user_id))).toMatchObject({ access_level: 30 });
    await admin.ProjectAccessTokens.revoke(project.id, native.id);
    expect((await server.client.tokens()).items.map(({ id }) => id)).not.toContain(native.id);
    const refused = await ask(server, 'GET /api/v4/user', { token: native.token ?? '' });
    expect(refused.body).toEqual(revoked);
  });

  test('are for nobody without a token', async () => {
    for (const request of [
      'GET /personal_access_tokens',
      'GET /personal_access_tokens/self',
      'POST /user/personal_access_tokens',
    ] as const) {
      const [method = '', path = ''] = request.split(' ');
      expect((await ask(server, `${method as 'GET'} /api/v4${path as '/'}`, { token: null })).status).toBe(401);
    }
    expect(await deadAs('slg_wrong')).toEqual([401, { message: '401 Unauthorized' }]);
  });
});
