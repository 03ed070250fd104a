import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { askGitLab, type GitLabRequest } from '../../../../test/support/ask-gitlab.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { adminOf, newPerson, type Person } from '../../../../test/support/gitlab-people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Shown {
  readonly id: number;
  readonly full_path: string;
  readonly [key: string]: unknown;
}

describe.each(databases)("GitLab's groups on $name", ({ name: database }) => {
  let server: TestServer;
  let admin: ReturnType<typeof adminOf>;
  let outsider: Person;
  let made = 0;
  beforeAll(async () => {
    server = await startTestServer({ database });
    admin = adminOf(server);
    outsider = await newPerson(server, 'outsider');
  });
  afterAll(() => server.stop());

  const newGroup = async (visibility: 'private' | 'internal' = 'private', parentId?: number) => {
    made += 1;
    return admin.Groups.create(`Team ${made}`, `team-${made}`, { visibility, ...(parentId ? { parentId } : {}) });
  };
  const send = <T = Shown>(request: GitLabRequest, body?: unknown, token?: string) =>
    askGitLab<T>(server, request, body, token);
  const pathsOf = async (request: `/${string}`, token?: string) =>
    (await send<Shown[]>(`GET ${request}`, undefined, token)).body.map((group) => group.full_path);

  test('are made, shown by id and by path, changed and deleted by gitbeaker', async () => {
    const created = await admin.Groups.create('Acme Inc.', 'acme', { description: 'sells', visibility: 'internal' });
    expect(created).toMatchObject({
      name: 'Acme Inc.',
      path: 'acme',
      full_path: 'acme',
      full_name: 'Acme Inc.',
      description: 'sells',
      visibility: 'internal',
      parent_id: null,
      web_url: `${server.url}/groups/acme`,
    });
    const child = await admin.Groups.create('Europe', 'eu', { parentId: created.id });
    expect(child).toMatchObject({ full_path: 'acme/eu', parent_id: created.id, visibility: 'private' });
    expect(await admin.Groups.show('acme/eu')).toMatchObject({ id: child.id });
    expect(await admin.Groups.edit(child.id, { name: 'EU', description: 'sold' })).toMatchObject({
      id: child.id,
      name: 'EU',
      full_path: 'acme/eu',
      description: 'sold',
    });
    expect((await admin.Groups.allSubgroups(created.id)).map(({ id }) => id)).toEqual([child.id]);
    const removed = await send<object>(`DELETE /groups/${created.id}`, {});
    expect([removed.status, removed.body]).toEqual([202, { message: '202 Accepted' }]);
    for (const id of [created.id, child.id, 'acme%2Feu']) {
      const gone = await send<object>(`GET /groups/${id}`);
      expect([gone.status, gone.body]).toEqual([404, { message: '404 Group Not Found' }]);
    }
  });

  test.each([
    [{ name: 'a' }, { error: 'path is missing, path is empty' }],
    [{ path: 'a', name: '' }, { error: 'name is empty' }],
    [{ path: 'a/b', name: 'a' }, { message: { path: [expect.stringContaining('can contain only')] } }],
    [{ path: '.a', name: 'a' }, { message: { path: [expect.stringContaining('can contain only')] } }],
    [{ path: '12', name: 'a' }, { message: { path: [expect.stringContaining('digits alone')] } }],
    [{ path: 'a'.repeat(129), name: 'a' }, { message: { path: [expect.stringContaining('too long')] } }],
    [{ path: 'a', name: 'a', visibility: 'open' }, { error: 'visibility does not have a valid value' }],
    [{ path: 'a', name: 'a', parent_id: 'x' }, { error: 'parent_id is invalid' }],
  ])('cannot be made of %j', async (body, expected) => {
    const answer = await send<object>('POST /groups', body);
    expect([answer.status, answer.body]).toEqual([400, expected]);
  });

  test('have a path of their own, which no project has either', async () => {
    const group = await newGroup();
    await admin.Projects.create({ name: 'shop', namespaceId: group.id });
    for (const body of [
      { name: 'again', path: group.full_path },
      { name: 'again', path: 'shop', parent_id: group.id },
    ]) {
      const answer = await send<object>('POST /groups', body);
      expect([answer.status, answer.body]).toEqual([400, { message: { path: ['has already been taken'] } }]);
    }
  });

  test('come to be with the projects that reports name', async () => {
    made += 1;
    await server.client.record(report({ namespace: `born-${made}/below`, service: 'shop' }));
    expect(await admin.Groups.show(`born-${made}/below`)).toMatchObject({ visibility: 'internal' });
    expect(await pathsOf(`/groups/born-${made}/subgroups`, outsider.token)).toEqual([`born-${made}/below`]);
  });

  test('take everything in them along when they are renamed', async () => {
    const group = await newGroup('internal');
    const path = group.full_path;
    await admin.Groups.create('Sub', 'sub', { parentId: group.id });
    await server.client.record(report({ namespace: `${path}/sub`, service: 'shop' }));
    await server.client.record(report({ namespace: `${path}-not`, service: 'shop' }));
    const { token = '' } = await server.client.createToken({ name: 'bot', scopes: ['api'], group: path });
    const person = await newPerson(server);
    await admin.GroupMembers.add(group.id, 30, { userId: person.id });

    await admin.Groups.edit(group.id, { path: `${path}-renamed` });
    const namespaces = async (key: string) =>
      (await server.clientOf(key).matrix()).rows
        .map(({ namespace }) => namespace ?? '')
        .filter((each) => each.startsWith(path));
    expect((await namespaces(server.adminToken)).sort()).toEqual([`${path}-not`, `${path}-renamed/sub`]);
    expect(await namespaces(token)).toEqual([`${path}-renamed/sub`]);
    expect((await send(`GET /groups/${path}%2Fsub`)).status).toBe(404);
    expect((await send(`GET /groups/${path}-renamed%2Fsub`)).status).toBe(200);
    await server.clientOf(token).record(report({ namespace: `${path}-renamed/sub`, service: 'shop' }));
    await expect(
      server.clientOf(token).record(report({ namespace: `${path}/sub`, service: 'shop' })),
    ).rejects.toMatchObject({ status: 403 });
    expect(await pathsOf('/groups?owned=false', person.token)).toEqual([`${path}-renamed/sub`, `${path}-renamed`]);
  });

  test('end with everything in them', async () => {
    const group = await newGroup('internal');
    const path = group.full_path;
    await server.client.record(report({ namespace: `${path}/sub`, service: 'shop' }));
    const { token = '' } = await server.client.createToken({ name: 'bot', scopes: ['api'], group: path });
    const { id } = await admin.Projects.show(`${path}/sub/shop`);
    await admin.Groups.remove(group.id);
    expect((await server.client.matrix()).rows.map(({ namespace }) => namespace)).not.toContain(`${path}/sub`);
    expect((await send(`GET /projects/${id}`)).status).toBe(404);
    expect((await send('GET /projects', undefined, token)).status).toBe(401);
    await server.client.record(report({ namespace: `${path}/sub`, service: 'shop' }));
    expect((await admin.Projects.show(`${path}/sub/shop`)).id).not.toBe(id);
  });

  test('that are private do not exist for others, and do for members of something in them', async () => {
    const group = await newGroup();
    const sub = await newGroup('private', group.id);
    const project = await admin.Projects.create({ name: 'shop', namespaceId: sub.id });
    const member = await newPerson(server, 'member');
    await admin.ProjectMembers.add(project.id, 20, { userId: member.id });
    for (const route of [
      '',
      '/projects',
      '/subgroups',
      '/descendant_groups',
      '/members',
      '/members/all',
      '/access_tokens',
    ]) {
      for (const id of [group.id, encodeURIComponent(sub.full_path)]) {
        const answer = await send<object>(`GET /groups/${id}${route}`, undefined, outsider.token);
        expect([route, answer.status, answer.body]).toEqual([route, 404, { message: '404 Group Not Found' }]);
      }
    }
    expect((await send(`PUT /groups/${group.id}`, { name: 'x' }, outsider.token)).status).toBe(404);
    expect((await send(`DELETE /groups/${group.id}`, undefined, outsider.token)).status).toBe(404);
    expect(await pathsOf('/groups?all_available=true', outsider.token)).not.toContain(group.full_path);
    expect((await send(`GET /groups/${group.id}`, undefined, member.token)).status).toBe(200);
    expect(await pathsOf('/groups?all_available=true', member.token)).toEqual(
      expect.arrayContaining([group.full_path, sub.full_path]),
    );
  });

  test('are changed and deleted by their owners only, and made by maintainers inside their own', async () => {
    const group = await newGroup('internal');
    const person = await newPerson(server);
    const path = () => {
      made += 1;
      return `sub-${made}`;
    };
    const asks = async () => [
      (await send('POST /groups', { name: 'x', path: path(), parent_id: group.id }, person.token)).status,
      (await send(`PUT /groups/${group.id}`, { description: 'x' }, person.token)).status,
    ];
    expect((await send('POST /groups', { name: 'x', path: `top-${made}` }, person.token)).status).toBe(403);
    expect(await asks()).toEqual([403, 403]);
    await admin.GroupMembers.add(group.id, 30, { userId: person.id });
    expect(await asks()).toEqual([403, 403]);
    await admin.GroupMembers.edit(group.id, person.id, 40);
    expect(await asks()).toEqual([201, 403]);
    expect((await send(`DELETE /groups/${group.id}`, undefined, person.token)).status).toBe(403);
    await admin.GroupMembers.edit(group.id, person.id, 50);
    expect(await asks()).toEqual([201, 200]);
    expect((await send(`DELETE /groups/${group.id}`, undefined, person.token)).status).toBe(202);
  });

  test('are no more open than the group they lie in, nor less than what lies in them', async () => {
    const group = await newGroup();
    const open = await send<object>('POST /groups', {
      name: 'x',
      path: 'x',
      parent_id: group.id,
      visibility: 'public',
    });
    expect([open.status, open.body]).toEqual([400, { message: { visibility_level: [expect.any(String)] } }]);
    const internal = await newGroup('internal');
    await admin.Projects.create({ name: 'shop', namespaceId: internal.id, visibility: 'internal' });
    const closing = await send<object>(`PUT /groups/${internal.id}`, { visibility: 'private' });
    expect([closing.status, closing.body]).toEqual([400, { message: { visibility_level: [expect.any(String)] } }]);
  });

  test('of another group are out of reach for a group token', async () => {
    const [own, other] = [await newGroup(), await newGroup('internal')];
    const { token } = await admin.GroupAccessTokens.create(own.id, 'bot', ['api'], '2099-01-01', { accessLevel: 50 });
    const status = async (request: `${'GET' | 'PUT' | 'POST'} /${string}`, body?: object) =>
      (await send(request, body, String(token))).status;
    expect(await pathsOf('/groups', String(token))).toEqual([own.full_path]);
    expect(await status(`PUT /groups/${own.id}`, { description: 'x' })).toBe(200);
    expect(await status(`GET /groups/${other.id}`)).toBe(404);
    expect(await status(`PUT /groups/${other.id}`, { description: 'x' })).toBe(404);
    expect(await status('POST /groups', { name: 'x', path: 'escaped' })).toBe(403);
  });

  test('are for nobody without a token, and read_api changes none', async () => {
    const reader = await newPerson(server, 'reader', ['read_api']);
    for (const request of ['GET /groups', 'GET /groups/1', 'POST /groups'] as const) {
      const [method = '', path = ''] = request.split(' ');
      expect((await ask(server, `${method as 'GET'} /api/v4${path as '/'}`, { token: null })).status).toBe(401);
    }
    expect((await send('GET /groups', undefined, reader.token)).status).toBe(200);
    expect((await send('POST /groups', { name: 'a', path: 'a' }, reader.token)).status).toBe(403);
  });

  describe('are listed', () => {
    let root: Awaited<ReturnType<typeof newGroup>>;
    let person: Person;
    beforeAll(async () => {
      root = await admin.Groups.create('List root', 'list-root', { visibility: 'private' });
      const b = await admin.Groups.create('Zebra', 'b', { parentId: root.id });
      const a = await admin.Groups.create('Yak', 'a', { parentId: root.id });
      await admin.Groups.create('Deep', 'deep', { parentId: b.id });
      person = await newPerson(server, 'lister');
      await admin.GroupMembers.add(a.id, 50, { userId: person.id });
    });
    test.each([
      ['/groups/list-root/subgroups', ['list-root/a', 'list-root/b']],
      ['/groups/list-root/subgroups?order_by=path&sort=desc', ['list-root/b', 'list-root/a']],
      ['/groups/list-root/subgroups?order_by=id', ['list-root/b', 'list-root/a']],
      ['/groups/list-root/subgroups?search=ZEB', ['list-root/b']],
      ['/groups/list-root/subgroups?search=_', []],
      ['/groups/list-root/subgroups?per_page=1&page=2', ['list-root/b']],
      ['/groups/list-root/descendant_groups', ['list-root/b/deep', 'list-root/a', 'list-root/b']],
      ['/groups?top_level_only=true&search=list-root', ['list-root']],
    ] as const)('by %s', async (request, expected) => {
      expect(await pathsOf(request)).toEqual(expected);
    });
    test.each([
      ['/groups', ['list-root/a']],
      ['/groups?owned=true', ['list-root/a']],
      ['/groups?min_access_level=50', ['list-root/a']],
    ] as const)('to a member by %s', async (request, expected) => {
      expect(await pathsOf(request, person.token)).toEqual(expected);
    });
    test('without those to skip', async () => {
      const { id } = await admin.Groups.show('list-root/a');
      expect(await pathsOf(`/groups/list-root/subgroups?skip_groups[]=${id}`)).toEqual(['list-root/b']);
    });
  });
});
