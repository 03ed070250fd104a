import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { askGitLab, type GitLabRequest } from '../../../../test/support/ask-gitlab.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { adminOf, newPerson, type Person } from '../../../../test/support/gitlab-people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Shown {
  readonly id: number;
  readonly access_level: number;
  readonly [key: string]: unknown;
}

const dayMs = 86_400_000;
const past = { message: { expires_at: ['cannot be a date in the past'] } };

describe.each(databases)("GitLab's members on $name", ({ name: database }) => {
  let server: TestServer;
  let admin: ReturnType<typeof adminOf>;
  let now = Date.now();
  let made = 0;
  beforeAll(async () => {
    server = await startTestServer({ database, clock: () => now });
    admin = adminOf(server);
  });
  afterAll(() => server.stop());

  const newHome = async () => {
    made += 1;
    const group = await admin.Groups.create(`Team ${made}`, `team-${made}`, { visibility: 'private' });
    const project = await admin.Projects.create({ name: 'shop', namespaceId: group.id });
    return { group, project };
  };
  const people = (count: number): Promise<Person[]> =>
    Promise.all(Array.from({ length: count }, () => newPerson(server)));
  const send = <T = Shown>(request: GitLabRequest, body?: unknown, token?: string) =>
    askGitLab<T>(server, request, body, token);

  test('of a project are added, shown, changed and removed by gitbeaker', async () => {
    const { project } = await newHome();
    const [person] = await people(1);
    const { id = 0, username } = person ?? {};
    const added = await admin.ProjectMembers.add(project.id, 30, { userId: id, expiresAt: '2099-06-01' });
    expect(added).toMatchObject({ id, username, state: 'active', access_level: 30, expires_at: '2099-06-01' });
    expect(await admin.ProjectMembers.show(project.id, id)).toEqual(added);
    expect(await admin.ProjectMembers.edit(project.id, id, 40)).toMatchObject({
      access_level: 40,
      expires_at: '2099-06-01',
    });
    expect((await admin.ProjectMembers.all(project.id)).map((member) => member.id)).toContain(id);
    await admin.ProjectMembers.remove(project.id, id);
    expect((await send(`GET /projects/${project.id}/members/${id}`)).body).toEqual({ message: '404 Not found' });
  });

  test('of a group are members of all that lies in it', async () => {
    const { group, project } = await newHome();
    const [person] = await people(1);
    const { id = 0, token } = person ?? {};
    await admin.GroupMembers.add(group.id, 20, { userId: id });
    expect((await send(`GET /projects/${project.id}`, undefined, token)).status).toBe(200);
    expect((await send(`GET /projects/${project.id}/members/${id}`)).status).toBe(404);
    expect((await send(`GET /projects/${project.id}/members/all/${id}`)).body).toMatchObject({ id, access_level: 20 });
    await admin.ProjectMembers.add(project.id, 40, { userId: id });
    const all = await send<Shown[]>(`GET /projects/${project.id}/members/all`);
    expect(all.body.filter((member) => member.id === id).map((member) => member.access_level)).toEqual([40]);
    const lower = await send<object>(`PUT /projects/${project.id}/members/${id}`, { access_level: 10 });
    expect([lower.status, lower.body]).toEqual([
      400,
      { message: { access_level: ['should be greater than or equal to Reporter inherited membership'] } },
    ]);
  });

  test('may do at once what their level says, and no longer when it ends', async () => {
    const { group, project } = await newHome();
    const [person] = await people(1);
    const { id = 0, token = '' } = person ?? {};
    const client = server.clientOf(token);
    const record = () => client.record(report({ namespace: group.full_path, service: 'shop' }));
    const refused = { status: 403 };
    await expect(record()).rejects.toMatchObject(refused);
    await admin.ProjectMembers.add(project.id, 20, { userId: id });
    await expect(record()).rejects.toMatchObject(refused);
    expect((await send(`GET /projects/${project.id}`, undefined, token)).status).toBe(200);
    await admin.ProjectMembers.edit(project.id, id, 30);
    await expect(record()).resolves.toBeDefined();
    await admin.ProjectMembers.remove(project.id, id);
    await expect(record()).rejects.toMatchObject(refused);
    expect((await send(`GET /projects/${project.id}`, undefined, token)).status).toBe(404);
  });

  test('end with the day that their membership expires on, and can be added again', async () => {
    const { project } = await newHome();
    const [person] = await people(1);
    const { id = 0, token } = person ?? {};
    const expires = new Date(now + dayMs).toISOString().slice(0, 10);
    await admin.ProjectMembers.add(project.id, 30, { userId: id, expiresAt: expires });
    expect((await send(`GET /projects/${project.id}`, undefined, token)).status).toBe(200);
    now += dayMs;
    expect((await send(`GET /projects/${project.id}`, undefined, token)).status).toBe(404);
    expect((await send(`GET /projects/${project.id}/members/${id}`)).status).toBe(404);
    await admin.ProjectMembers.add(project.id, 30, { userId: id });
    expect((await send(`GET /projects/${project.id}`, undefined, token)).status).toBe(200);
  });

  test.each([
    [{}, { error: 'access_level is missing' }],
    [{ access_level: 30 }, { error: 'user_id, username are missing, exactly one parameter must be provided' }],
    [{ access_level: 30, user_id: 1, username: 'x' }, { error: 'user_id, username are mutually exclusive' }],
    [{ access_level: 5, user_id: 1 }, { error: 'access_level does not have a valid value' }],
    [{ access_level: 15, user_id: 1 }, { error: 'access_level does not have a valid value' }],
    [{ access_level: 60, user_id: 1 }, { error: 'access_level does not have a valid value' }],
    [{ access_level: 'guest', user_id: 1 }, { error: 'access_level is invalid' }],
    [{ access_level: 30, user_id: 1, expires_at: 'soon' }, { error: 'expires_at is invalid' }],
    [{ access_level: 30, user_id: 1, expires_at: '2020-01-01' }, past],
  ])('cannot be added as %j', async (body, expected) => {
    const { group } = await newHome();
    const answer = await send<object>(`POST /groups/${group.id}/members`, body);
    expect([answer.status, answer.body]).toEqual([400, expected]);
  });

  test('are added once, by id or user name, where there is such a user', async () => {
    const { group } = await newHome();
    const [person] = await people(1);
    const url = `/groups/${group.id}/members` as const;
    expect((await send(`POST ${url}`, { username: person?.username, access_level: '30' })).status).toBe(201);
    const again = await send<object>(`POST ${url}`, { user_id: person?.id, access_level: 40 });
    expect([again.status, again.body]).toEqual([409, { message: 'Member already exists' }]);
    for (const named of [{ user_id: 999_999 }, { username: 'nobody' }]) {
      const nobody = await send<object>(`POST ${url}`, { ...named, access_level: 30 });
      expect([nobody.status, nobody.body]).toEqual([404, { message: '404 User Not Found' }]);
    }
  });

  test('are managed by maintainers, who grant no more than they have and change nobody above them', async () => {
    const { group, project } = await newHome();
    const [maintainer, developer, other, owner, second] = (await people(5)) as Person[] &
      Record<0 | 1 | 2 | 3 | 4, Person>; // five were asked for
    await admin.GroupMembers.add(group.id, 40, { userId: maintainer.id });
    await admin.GroupMembers.add(group.id, 30, { userId: developer.id });
    for (const { id } of [owner, second]) await admin.GroupMembers.add(group.id, 50, { userId: id });
    const add = async (token: string, level: number, url: string) =>
      (await send(`POST /${url}/members`, { user_id: other.id, access_level: level }, token)).status;
    for (const url of [`groups/${group.id}`, `projects/${project.id}`]) {
      expect(await add(developer.token, 10, url)).toBe(403);
      expect(await add(maintainer.token, 50, url)).toBe(403);
    }
    expect(await add(maintainer.token, 40, `groups/${group.id}`)).toBe(201);
    const member = (id: number) => `/groups/${group.id}/members/${id}` as const;
    const raise = (token: string, id: number, level: number) =>
      send(`PUT ${member(id)}`, { access_level: level }, token);
    expect((await raise(maintainer.token, maintainer.id, 50)).status).toBe(403);
    expect((await raise(maintainer.token, owner.id, 30)).status).toBe(403);
    expect((await raise(developer.token, other.id, 10)).status).toBe(403);
    expect((await send(`DELETE ${member(owner.id)}`, undefined, maintainer.token)).status).toBe(403);
    expect((await send(`DELETE ${member(other.id)}`, undefined, developer.token)).status).toBe(403);
    expect((await send(`DELETE ${member(developer.id)}`, undefined, developer.token)).status).toBe(204);
    expect((await raise(owner.token, maintainer.id, 50)).status).toBe(200);
  });

  test('keep their last owner, whoever asks', async () => {
    const { group } = await newHome();
    const [one, two] = (await people(2)) as [Person, Person]; // two were asked for
    await admin.GroupMembers.add(group.id, 50, { userId: one.id });
    const member = `/groups/${group.id}/members/${one.id}` as const;
    expect((await send(`DELETE ${member}`, undefined, one.token)).status).toBe(403);
    expect((await send(`PUT ${member}`, { access_level: 30 })).status).toBe(403);
    expect((await send(`PUT ${member}`, { access_level: 50, expires_at: '2099-01-01' })).status).toBe(403);
    await admin.GroupMembers.add(group.id, 50, { userId: two.id });
    expect((await send(`DELETE ${member}`, undefined, one.token)).status).toBe(204);
  });

  test('are listed by part of their name, and page by page', async () => {
    const { group } = await newHome();
    const [one, two] = (await people(2)) as [Person, Person]; // two were asked for
    for (const { id } of [one, two]) await admin.GroupMembers.add(group.id, 20, { userId: id });
    const ids = async (query: string) =>
      (await send<Shown[]>(`GET /groups/${group.id}/members?${query}`)).body.map(({ id }) => id);
    expect(await ids(`query=${one.username.toUpperCase()}`)).toEqual([one.id]);
    expect(await ids(`user_ids[]=${two.id}`)).toEqual([two.id]);
    expect(await ids(`skip_users[]=${two.id}&query=person`)).toEqual([one.id]);
    const page = await send<Shown[]>(`GET /groups/${group.id}/members?query=person&per_page=1&page=2`);
    expect([page.body.map(({ id }) => id), page.headers.get('x-total')]).toEqual([[two.id], '2']);
  });

  test('are hidden from whoever may not know of the place, and from nobody', async () => {
    const { group, project } = await newHome();
    const [outsider] = (await people(1)) as [Person]; // one was asked for
    for (const [url, what] of [
      [`/groups/${group.id}`, 'Group'],
      [`/projects/${project.id}`, 'Project'],
    ] as const) {
      for (const method of ['GET', 'POST'] as const) {
        const body = method === 'POST' ? { user_id: outsider.id, access_level: 10 } : undefined;
        const answer = await send<object>(`${method} ${url}/members`, body, outsider.token);
        expect([answer.status, answer.body]).toEqual([404, { message: `404 ${what} Not Found` }]);
      }
      expect((await ask(server, `GET /api/v4${url}/members`, { token: null })).status).toBe(401);
    }
  });

  test('stay as they are where their end would be in the past', async () => {
    const { project } = await newHome();
    const [{ id }] = (await people(1)) as [Person];
    const url = `/projects/${project.id}/members` as const;
    await send(`POST ${url}`, { user_id: id, access_level: 30 });
    const refused = await send(`PUT ${url}/${id}`, { access_level: 20, expires_at: '2020-01-01' });
    expect([refused.status, refused.body]).toEqual([400, past]);
    expect((await send(`GET ${url}/${id}`)).body).toMatchObject({ access_level: 30, expires_at: null });
  });

  test('that are bots of tokens stay as long as their tokens', async () => {
    const { project } = await newHome();
    const wanted = { name: 'pipeline', scopes: ['api'], access_level: 40 };
    const token = await send<{ id: number; user_id: number; token: string }>(
      `POST /projects/${project.id}/access_tokens`,
      wanted,
    );
    const bot = `/projects/${project.id}/members/${token.body.user_id}` as const;
    for (const by of [server.adminToken, token.body.token]) {
      const refused = await send<{ message: string }>(`DELETE ${bot}`, undefined, by);
      expect([refused.status, refused.body.message]).toEqual([403, expect.stringContaining('revoke the token')]);
    }
    expect((await send(`GET ${bot}`, undefined, token.body.token)).status).toBe(200);
    expect((await send(`DELETE /projects/${project.id}/access_tokens/${token.body.id}`)).status).toBe(204);
    expect((await send(`GET ${bot}`)).status).toBe(404);
  });
});
