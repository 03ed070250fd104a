import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { adminOf, gitlabOf, newPerson, type Person } from '../../../../test/support/gitlab-people.ts';
import { RawStream } from '../../../../test/support/raw-stream.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Shown {
  readonly id: number;
  readonly path: string;
  readonly [key: string]: unknown;
}

describe.each(databases)("GitLab's projects on $name", ({ name: database }) => {
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

  const next = () => {
    made += 1;
    return made;
  };
  const newGroup = async (visibility: 'private' | 'internal' = 'private') => {
    next();
    return admin.Groups.create(`Team ${made}`, `team-${made}`, { visibility });
  };
  /** A group, a private project in it, and somebody who is a member of the project. */
  const newProject = async (level = 30) => {
    const group = await newGroup();
    const { id } = await admin.Projects.create({ name: 'Shop', namespaceId: group.id });
    const member = await newPerson(server, 'member');
    await admin.ProjectMembers.add(id, level, { userId: member.id });
    return { group, id, path: `${group.full_path}/shop`, member };
  };
  const status = async (token: string, request: `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`, body?: unknown) =>
    (await ask(server, request, { token, ...(body === undefined ? {} : { body }) })).status;

  test('are made in a group, shown whole by id and by path, changed and deleted by gitbeaker', async () => {
    const group = await newGroup('internal');
    const created = await admin.Projects.create({
      name: 'My Shop (EU)',
      namespaceId: group.id,
      description: 'sells',
      visibility: 'internal',
      initializeWithReadme: true,
    });
    expect(created).toMatchObject({
      name: 'My Shop (EU)',
      path: 'my-shop-eu',
      path_with_namespace: `${group.full_path}/my-shop-eu`,
      name_with_namespace: `${group.name} / My Shop (EU)`,
      description: 'sells',
      visibility: 'internal',
      archived: false,
      web_url: `${server.url}/${group.full_path}/my-shop-eu`,
      namespace: { id: group.id, kind: 'group', full_path: group.full_path, parent_id: null },
      allow_pipeline_trigger_approve_deployment: false,
    });
    expect(await admin.Projects.show(`${group.full_path}/my-shop-eu`)).toEqual(created);
    const changed = await admin.Projects.edit(created.id, {
      path: 'shop',
      description: '',
      allowPipelineTriggerApproveDeployment: true,
    });
    expect(changed).toMatchObject({
      id: created.id,
      name: 'My Shop (EU)',
      path: 'shop',
      description: '',
      allow_pipeline_trigger_approve_deployment: true,
    });
    const removed = await ask<object>(server, `DELETE /api/v4/projects/${created.id}`, { body: {} });
    expect([removed.status, removed.body]).toEqual([202, { message: '202 Accepted' }]);
    const gone = await ask<object>(server, `GET /api/v4/projects/${created.id}`);
    expect([gone.status, gone.body]).toEqual([404, { message: '404 Project Not Found' }]);
    expect((await admin.Projects.create({ path: 'shop', namespaceId: group.id })).id).not.toBe(created.id);
  });

  test('are private unless asked otherwise, and no more open than their group', async () => {
    const group = await newGroup();
    const post = (body: object) =>
      ask<Shown>(server, 'POST /api/v4/projects', { body: { namespace_id: group.id, ...body } });
    expect((await post({ name: 'quiet' })).body).toMatchObject({ visibility: 'private' });
    const refused = await post({ name: 'loud', visibility: 'public' });
    expect([refused.status, Object.keys(refused.body['message'] as object)]).toEqual([400, ['visibility_level']]);
    const later = await ask<Shown>(server, `PUT /api/v4/projects/${group.full_path}%2Fquiet`, {
      body: { visibility: 'public' },
    });
    expect(later.status).toBe(400);
  });

  test.each([
    [{}, { error: 'name, path are missing, at least one parameter must be provided' }],
    [{ name: ' ' }, { error: 'name is empty' }],
    [{ name: 'a', visibility: 'secret' }, { error: 'visibility does not have a valid value' }],
    [{ name: 'a', path: '-a' }, { message: { path: [expect.stringContaining('can contain only')] } }],
    [{ name: 'a', path: 'a/b' }, { message: { path: [expect.stringContaining('can contain only')] } }],
    [{ name: 'a', path: '123' }, { message: { path: [expect.stringContaining('digits alone')] } }],
    [{ name: '!!!' }, { message: { path: [expect.stringContaining('can contain only')] } }],
  ])('cannot be made of %j', async (body, expected) => {
    const answer = await ask<object>(server, 'POST /api/v4/projects', { body });
    expect([answer.status, answer.body]).toEqual([400, expected]);
  });

  test('have a path of their own', async () => {
    const { group } = await newProject();
    const again = await ask<object>(server, 'POST /api/v4/projects', {
      body: { name: 'shop', namespace_id: group.id },
    });
    expect([again.status, again.body]).toEqual([
      400,
      { message: { name: ['has already been taken'], path: ['has already been taken'] } },
    ]);
  });

  test('are made by administrators at the top, and by maintainers in their group', async () => {
    const group = await newGroup('internal');
    const [maintainer, developer] = [await newPerson(server), await newPerson(server)];
    await admin.GroupMembers.add(group.id, 40, { userId: maintainer.id });
    await admin.GroupMembers.add(group.id, 30, { userId: developer.id });
    const body = { name: 'mine', namespace_id: group.id };
    expect(await status(maintainer.token, 'POST /api/v4/projects', { name: 'top' })).toBe(403);
    expect(await status(developer.token, 'POST /api/v4/projects', body)).toBe(403);
    expect(await status(maintainer.token, 'POST /api/v4/projects', { ...body, namespace_id: 999_999 })).toBe(404);
    const own = await maintainer.gitlab.Projects.create({ name: 'mine', namespaceId: group.id });
    expect(own).toMatchObject({
      creator_id: maintainer.id,
      permissions: { project_access: null, group_access: { access_level: 40 } },
    });
    expect(await admin.Projects.create({ name: `top-${made}` })).toMatchObject({ path_with_namespace: `top-${made}` });
  });

  test('that are private do not exist for others, wherever they look', async () => {
    const { id, path, group, member } = await newProject();
    const environment = `env-of-${id}`;
    const recorded = await server.client.record(report({ namespace: group.full_path, service: 'shop', environment }));
    const encoded = encodeURIComponent(path);
    for (const route of [
      `/projects/${id}`,
      `/projects/${encoded}`,
      `/projects/${id}/members`,
      `/projects/${id}/members/all`,
      `/projects/${id}/access_tokens`,
      `/projects/${id}/environments`,
      `/projects/${id}/deployments`,
      `/projects/${id}/hooks`,
      `/projects/${id}/freeze_periods`,
      `/projects/${id}/protected_environments`,
    ]) {
      const answer = await ask<object>(server, `GET /api/v4${route}`, { token: outsider.token });
      expect([route, answer.status, answer.body]).toEqual([route, 404, { message: '404 Project Not Found' }]);
    }
    expect(await status(outsider.token, `PUT /api/v4/projects/${id}`, { name: 'taken over' })).toBe(404);
    expect(await status(outsider.token, `DELETE /api/v4/projects/${id}`)).toBe(404);
    expect(
      await status(outsider.token, `POST /api/v4/projects/${id}/members`, { user_id: outsider.id, access_level: 40 }),
    ).toBe(404);

    const client = server.clientOf(outsider.token);
    expect((await client.matrix()).environments).not.toContain(environment);
    expect((await client.environments()).items).not.toContain(environment);
    expect((await client.deployments({ limit: '500' })).items.map((event) => event.id)).not.toContain(recorded.id);
    await expect(client.deployment(recorded.id)).rejects.toMatchObject({ status: 404 });
    expect((await outsider.gitlab.Projects.all()).map((project) => project.id)).not.toContain(id);
    using stream = await RawStream.open(`${server.url}/api/events/stream`, { 'x-api-key': outsider.token });
    await server.client.record(report({ namespace: group.full_path, service: 'shop', environment }));
    const shown = await server.client.record(report({ service: `open-${id}` }));
    await stream.holds(1);
    expect(stream.ids).toEqual([shown.position]);

    expect((await server.clientOf(member.token).matrix()).environments).toContain(environment);
    expect((await member.gitlab.Projects.all()).map((project) => project.id)).toEqual(expect.arrayContaining([id]));
  });

  test('that become private leave the matrix of others, and come back when they open', async () => {
    const { service } = await server.client.record(report({ service: `turning-${next()}` }));
    const rows = async () => (await server.clientOf(outsider.token).matrix()).rows.map((row) => row.service);
    expect(await rows()).toContain(service);
    await admin.Projects.edit(service, { visibility: 'private' });
    expect(await rows()).not.toContain(service);
    await admin.Projects.edit(service, { visibility: 'internal' });
    expect(await rows()).toContain(service);
  });

  test('that are deleted leave the matrix, end their tokens and free their name for reports', async () => {
    const { service } = await server.client.record(report({ service: `ending-${next()}` }));
    const { id } = await admin.Projects.show(service);
    const { token } = await server.client.createToken({ name: 'bot', scopes: ['api'], project: service });
    const rows = async () => (await server.client.matrix()).rows.filter((row) => row.service === service);
    expect(await rows()).toHaveLength(1);
    await admin.Projects.remove(id);
    expect(await rows()).toEqual([]);
    expect(await status(token ?? '', 'GET /api/matrix')).toBe(401);
    await server.client.record(report({ service, version: 'born again' }));
    expect((await admin.Projects.show(service)).id).not.toBe(id);
    expect(await rows()).toHaveLength(1);
    expect((await server.client.deployments({ service })).items).toHaveLength(1);
  });

  test('keep what people call them when their path changes, and have no spaces around their name', async () => {
    const { group, id, path } = await newProject(40);
    const plain = await ask<Shown>(server, 'POST /api/v4/projects', { body: { path: 'api', namespace_id: group.id } });
    const rename = async (of: number, body: object) =>
      (await ask<Shown>(server, `PUT /api/v4/projects/${of}`, { body })).body;
    expect(await rename(id, { path: 'store' })).toMatchObject({ path: 'store', name: 'Shop' });
    expect(await rename(plain.body.id, { path: 'api-2' })).toMatchObject({ path: 'api-2', name: 'api' });
    expect(await rename(id, { name: ' Our shop\n' })).toMatchObject({ path: 'store', name: 'Our shop' });
    const sub = await admin.Groups.create('Sub Team', 'sub', { parentId: group.id });
    const inner = await admin.Projects.create({ name: 'Inner', namespaceId: sub.id });
    expect(inner.name_with_namespace).toBe(`${group.name} / Sub Team / Inner`);
    expect(path).toBe(`${group.full_path}/shop`);
  });

  test('are found by their path in whatever case', async () => {
    const { id, path, member } = await newProject();
    const shown = (of: string, token: string) =>
      ask<Shown>(server, `GET /api/v4/projects/${encodeURIComponent(of)}`, { token });
    expect((await shown(path.toUpperCase(), member.token)).body.id).toBe(id);
    expect((await shown(path.toUpperCase(), outsider.token)).status).toBe(404);
  });

  test('keep their deployments when they are renamed', async () => {
    const { service } = await server.client.record(report({ service: `old-${next()}` }));
    const { id } = await admin.Projects.show(service);
    await admin.Projects.edit(id, { path: `new-${made}` });
    expect((await server.client.matrix()).rows.map((row) => row.service)).toContain(`new-${made}`);
    await server.client.record(report({ service: `new-${made}`, environment: 'staging' }));
    expect((await server.client.deployments({ service: `new-${made}` })).items).toHaveLength(2);
    expect(await status(server.adminToken, `GET /api/v4/projects/${service}`)).toBe(301);
  });

  test('are found by their old path when they or their group are renamed, by those who may know of them', async () => {
    const { id, path, group, member } = await newProject();
    const old = (rest = '', token = member.token) =>
      ask<object>(server, `GET /api/v4/projects/${encodeURIComponent(path)}${rest}`, { token });
    const moved = (rest = '') => `${server.url}/api/v4/projects/${id}${rest}`;
    await admin.Projects.edit(id, { path: 'store' });
    const found = await old();
    expect([found.status, found.headers.get('location')]).toEqual([301, moved()]);
    const listed = await old('/deployments?per_page=1&private_token=x&ref=a%2Fb&access%5Ftoken=y&job_token=z');
    expect([listed.status, listed.headers.get('location')]).toEqual([301, moved('/deployments?per_page=1&ref=a%2Fb')]);
    const refused = await ask<object>(server, `PUT /api/v4/projects/${encodeURIComponent(path)}`, {
      body: { name: 'x' },
    });
    expect([refused.status, refused.body]).toEqual([
      405,
      { message: 'Non GET methods are not allowed for moved projects' },
    ]);
    const hidden = await old('', outsider.token);
    expect([hidden.status, hidden.body]).toEqual([404, { message: '404 Project Not Found' }]);

    await admin.Groups.edit(group.id, { path: `${group.path}-later` });
    for (const each of [path, `${group.full_path}/store`])
      expect(await status(member.token, `GET /api/v4/projects/${encodeURIComponent(each)}`)).toBe(301);
    await admin.Projects.edit(id, { path: 'shop' });
    expect(await status(member.token, `GET /api/v4/projects/${encodeURIComponent(`${group.path}-later/shop`)}`)).toBe(
      200,
    );

    const next = await admin.Projects.create({ name: 'store', namespaceId: group.id });
    expect(await admin.Projects.show(`${group.path}-later/store`)).toMatchObject({ id: next.id });
    await admin.Projects.remove(next.id);
    expect(await status(server.adminToken, `GET /api/v4/projects/${group.path}-later%2Fstore`)).toBe(404);
    await admin.Projects.remove(id);
    expect((await old()).status).toBe(404);
  });

  test('keep what another node changed a moment ago', async () => {
    const { id } = await newProject();
    const put = (body: object) => ask<Shown>(server, `PUT /api/v4/projects/${id}`, { body });
    const elsewhere = (change: object) =>
      server.context.database.transaction((tx) =>
        tx.updateTable('projects').set(change).where('id', '=', id).execute(),
      );
    await admin.Projects.show(id);
    await elsewhere({ visibility: 'internal', name: 'moved' });
    expect((await put({ description: 'new' })).body).toMatchObject({ visibility: 'internal', path: 'moved' });
    await admin.Projects.show(id);
    await elsewhere({ deleted_at: 1 });
    expect((await put({ description: 'late' })).status).toBe(404);
  });

  test('are changed by maintainers, opened and deleted by owners', async () => {
    const { id, member } = await newProject(30);
    expect(await status(member.token, `GET /api/v4/projects/${id}`)).toBe(200);
    expect(await status(member.token, `PUT /api/v4/projects/${id}`, { description: 'x' })).toBe(403);
    await admin.ProjectMembers.edit(id, member.id, 40);
    expect(await status(member.token, `PUT /api/v4/projects/${id}`, { description: 'x' })).toBe(200);
    expect(await status(member.token, `PUT /api/v4/projects/${id}`, { visibility: 'internal' })).toBe(403);
    expect(await status(member.token, `DELETE /api/v4/projects/${id}`)).toBe(403);
    await admin.ProjectMembers.edit(id, member.id, 50);
    expect(await status(member.token, `DELETE /api/v4/projects/${id}`)).toBe(202);
  });

  test('show a guest that they are there, and no more', async () => {
    const { id, member } = await newProject(10);
    expect(await status(member.token, `GET /api/v4/projects/${id}`)).toBe(200);
    expect(await status(member.token, `GET /api/v4/projects/${id}/deployments`)).toBe(403);
    expect((await server.clientOf(member.token).services()).items).not.toContain('shop');
  });

  test('are for nobody without a token, and read_api changes none', async () => {
    const reader = await newPerson(server, 'reader', ['read_api']);
    for (const request of ['GET /api/v4/projects', 'GET /api/v4/projects/1', 'POST /api/v4/projects'] as const) {
      const answer = await ask<object>(server, request, { token: null });
      expect([request, answer.status, answer.body]).toEqual([request, 401, { message: '401 Unauthorized' }]);
    }
    expect(await status(reader.token, 'GET /api/v4/projects')).toBe(200);
    expect(await status(reader.token, 'POST /api/v4/projects', { name: 'a' })).toBe(403);
  });

  test('of another project are out of reach for a project token', async () => {
    const [own, other] = [await newProject(), await newProject()];
    const made = await admin.ProjectAccessTokens.create(own.id, 'bot', ['api'], '2099-01-01', { accessLevel: 40 });
    const token = String(made.token);
    const bot = gitlabOf(server, token);
    expect((await bot.Projects.all()).map(({ id }) => id)).toEqual([own.id]);
    expect(await status(token, `PUT /api/v4/projects/${own.id}`, { description: 'by a bot' })).toBe(200);
    expect(await status(token, `GET /api/v4/projects/${other.id}`)).toBe(404);
    expect(await status(token, `PUT /api/v4/projects/${other.id}`, { description: 'x' })).toBe(404);
    expect(await status(token, 'POST /api/v4/projects', { name: 'x', namespace_id: own.group.id })).toBe(404);
  });

  describe('are listed', () => {
    let paths: (query: string, token?: string) => Promise<string[]>;
    let person: Person;
    let group: Awaited<ReturnType<typeof newGroup>>;
    beforeAll(async () => {
      group = await newGroup();
      const sub = await admin.Groups.create('Sub', 'sub', { parentId: group.id, visibility: 'private' });
      person = await newPerson(server, 'lister');
      await admin.Projects.create({ name: 'Zebra', path: 'a', namespaceId: group.id });
      const { id } = await admin.Projects.create({ name: 'Apple', path: 'b', namespaceId: group.id });
      await admin.Projects.create({ name: 'Mango', path: 'c', namespaceId: sub.id });
      await admin.ProjectMembers.add(id, 50, { userId: person.id });
      paths = async (query, token = server.adminToken) =>
        (await ask<Shown[]>(server, `GET /api/v4/groups/${group.id}/projects${query}`, { token })).body.map(
          ({ path }) => path,
        );
    });

    test.each([
      ['', ['b', 'a']],
      ['?include_subgroups=true', ['c', 'b', 'a']],
      ['?order_by=id&sort=asc', ['a', 'b']],
      ['?order_by=name&sort=asc', ['b', 'a']],
      ['?order_by=path&sort=asc', ['a', 'b']],
      ['?order_by=updated_at&sort=asc', ['a', 'b']],
      ['?order_by=last_activity_at&sort=asc', ['a', 'b']],
      ['?search=APP', ['b']],
      ['?search=%25', []],
      ['?visibility=internal', []],
      ['?per_page=1&page=2', ['a']],
      ['?simple=true', ['b', 'a']],
    ])('with %s', async (query, expected) => {
      expect(await paths(query)).toEqual(expected);
    });

    test.each([
      ['?owned=true', ['b']],
      ['?membership=true', ['b']],
      ['?min_access_level=50', ['b']],
      ['', ['b']],
    ])('to a member with %s', async (query, expected) => {
      expect(await paths(query, person.token)).toEqual(expected);
    });

    test('everywhere with only those one is a member of, and page by page', async () => {
      const mine = await person.gitlab.Projects.all({ membership: true });
      expect(mine.map(({ path }) => path)).toEqual(['b']);
      const page = await ask<Shown[]>(server, 'GET /api/v4/projects?per_page=1', { token: person.token });
      expect(page.headers.get('x-per-page')).toBe('1');
      expect(page.headers.get('link')).toContain('rel="first"');
    });

    test('by who made them', async () => {
      await admin.GroupMembers.add(group.id, 40, { userId: person.id });
      const { id } = await person.gitlab.Projects.create({ name: 'own', namespaceId: group.id });
      expect((await admin.Users.allProjects(person.id)).map((project) => project.id)).toEqual([id]);
      expect(await outsider.gitlab.Users.allProjects(person.id)).toEqual([]);
    });
  });
});
