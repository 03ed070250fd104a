import { Gitlab } from '@gitbeaker/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { group, join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Entry {
  readonly id: number;
  readonly access_level: number | null;
  readonly user_id: number | null;
  readonly group_id: number | null;
}
interface Protected {
  readonly name: string;
  readonly deploy_access_levels: readonly Entry[];
  readonly required_approval_count: number;
  readonly approval_rules: readonly (Entry & { readonly required_approvals: number })[];
}

const maintainers = { access_level: 40 };

describe.each(databases)('protected environments on $name', ({ name }) => {
  let server: TestServer;
  let maintainer: Person;
  let developer: Person;
  let stranger: Person;
  let projects = 0;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    maintainer = await person(server, 'mia', { name: 'Mia Maintainer' });
    developer = await person(server, 'dan', { name: 'Dan Developer' });
    stranger = await person(server, 'sam');
  });
  afterAll(() => server.stop());

  async function newProject(namespace = 'shop'): Promise<string> {
    projects += 1;
    const { path } = await privateProject(server, `${namespace}/p${projects}`);
    await join(server, 'project', path, maintainer, 'maintainer');
    await join(server, 'project', path, developer, 'developer');
    return `/api/v4/projects/${encodeURIComponent(path)}`;
  }
  const send = <T = Protected>(request: string, body?: object, token: string = maintainer.token) =>
    ask<T>(server, request as 'GET /', { token, ...(body ? { body } : {}) });
  const protect = (project: string, body: object) => send(`POST ${project}/protected_environments`, body);
  const deploy = async (project: string, environment: string, token: string, status = 'success') => {
    const body = { environment, sha: `${Math.random()}`, ref: 'main', tag: false, status };
    return ask<{ id: number; message: string }>(server, `POST ${project as '/'}/deployments`, { token, body });
  };

  test('are made with all that says who may deploy and who must approve', async () => {
    const project = await newProject();
    const { id: groupId, path } = await group(server, 'deployers');
    await join(server, 'group', path, maintainer, 'guest');
    const made = await protect(project, {
      name: 'production',
      deploy_access_levels: [maintainers, { user_id: developer.id }, { group_id: groupId, group_inheritance_type: 1 }],
      approval_rules: [{ access_level: 30, required_approvals: 2 }, { user_id: maintainer.id }],
      required_approval_count: 0,
    });
    const entry = {
      id: expect.any(Number),
      access_level: null,
      user_id: null,
      group_id: null,
      group_inheritance_type: 0,
    };
    expect([made.status, made.body]).toEqual([
      201,
      {
        name: 'production',
        required_approval_count: 0,
        deploy_access_levels: [
          { ...entry, access_level: 40, access_level_description: 'Maintainers' },
          { ...entry, user_id: developer.id, access_level_description: 'Dan Developer' },
          { ...entry, group_id: groupId, access_level_description: 'deployers', group_inheritance_type: 1 },
        ],
        approval_rules: [
          { ...entry, access_level: 30, access_level_description: 'Developers + Maintainers', required_approvals: 2 },
          { ...entry, user_id: maintainer.id, access_level_description: 'Mia Maintainer', required_approvals: 1 },
        ],
      },
    ]);
    expect((await send(`GET ${project}/protected_environments/production`)).body).toEqual(made.body);
    await protect(project, { name: 'staging', deploy_access_levels: [{ access_level: 60 }] });
    const all = await send<Protected[]>(`GET ${project}/protected_environments?per_page=1&page=2`);
    expect(all.body).toMatchObject([
      { name: 'staging', deploy_access_levels: [{ access_level_description: 'Administrators' }], approval_rules: [] },
    ]);
    expect([all.headers.get('x-total'), all.headers.get('x-next-page')]).toEqual(['2', '']);
  });

  test('can be sent as a form', async () => {
    const project = await newProject();
    const form = 'name=production&deploy_access_levels[][access_level]=40&approval_rules[][access_level]=30';
    const made = await fetch(`${server.url}${project}/protected_environments`, {
      method: 'POST',
      headers: { 'private-token': maintainer.token, 'content-type': 'application/x-www-form-urlencoded' },
      body: `${form}&approval_rules[][required_approvals]=2`,
    });
    expect([made.status, await made.json()]).toMatchObject([
      201,
      { deploy_access_levels: [maintainers], approval_rules: [{ access_level: 30, required_approvals: 2 }] },
    ]);
  });

  test('are named with slashes, encoded or not', async () => {
    const project = await newProject();
    await protect(project, { name: 'review/x y', deploy_access_levels: [maintainers] });
    for (const path of ['review%2Fx%20y', 'review/x%20y']) {
      expect((await send(`GET ${project}/protected_environments/${path}`)).body).toMatchObject({ name: 'review/x y' });
    }
    expect((await send(`DELETE ${project}/protected_environments/review%2Fx%20y`)).status).toBe(204);
    const gone = await send(`GET ${project}/protected_environments/review/x%20y`);
    expect([gone.status, gone.body]).toEqual([404, { message: '404 Not found' }]);
  });

  test('are changed entry by entry', async () => {
    const project = await newProject();
    const { body } = await protect(project, {
      name: 'production',
      deploy_access_levels: [maintainers, { user_id: developer.id }],
      approval_rules: [{ access_level: 30 }],
    });
    const [first, second] = body.deploy_access_levels;
    const changed = await send(`PUT ${project}/protected_environments/production`, {
      deploy_access_levels: [
        { id: first?.id, access_level: 30 },
        { id: second?.id, _destroy: true },
        { access_level: 60 },
      ],
      approval_rules: [{ id: body.approval_rules[0]?.id, required_approvals: 3 }],
      required_approval_count: 2,
    });
    expect([changed.status, changed.body]).toMatchObject([
      200,
      {
        name: 'production',
        required_approval_count: 2,
        deploy_access_levels: [
          { id: first?.id, access_level: 30, access_level_description: 'Developers + Maintainers' },
          { access_level: 60, user_id: null },
        ],
        approval_rules: [{ id: body.approval_rules[0]?.id, access_level: 30, required_approvals: 3 }],
      },
    ]);
    expect(changed.body.deploy_access_levels).toHaveLength(2);
    const moved = await send(`PUT ${project}/protected_environments/production`, {
      deploy_access_levels: [{ id: first?.id, user_id: developer.id }],
    });
    expect(moved.body.deploy_access_levels[0]).toMatchObject({ access_level: null, user_id: developer.id });
    const stranded = await send(`PUT ${project}/protected_environments/production`, {
      deploy_access_levels: [{ id: 4711, access_level: 30 }],
    });
    expect([stranded.status, stranded.body]).toEqual([404, { message: '404 Not found' }]);
  });

  test.each([
    ['nobody may deploy', { deploy_access_levels: [] }, "Deploy access levels can't be empty"],
    ['an entry names nobody', { deploy_access_levels: [{}] }, 'exactly one of user_id, group_id and access_level'],
    ['an entry names two', { deploy_access_levels: [{ user_id: 1, access_level: 40 }] }, 'exactly one of'],
    [
      'there is no such level',
      { deploy_access_levels: [{ access_level: 20 }] },
      'access_level must be one of 30, 40, 60',
    ],
    ['there is no such user', { deploy_access_levels: [{ user_id: 4711 }] }, 'there is no active user 4711'],
    ['there is no such group', { deploy_access_levels: [{ group_id: 4711 }] }, 'there is no group 4711'],
    ['nobody need approve', { approval_rules: [{ access_level: 30, required_approvals: 0 }] }, 'between 1 and 100'],
    ['it has no name', { name: ' ' }, "Name can't be blank"],
  ])('are refused when %s', async (_, wrong, text) => {
    const project = await newProject();
    const refused = await send<{ message: string }>(`POST ${project}/protected_environments`, {
      name: 'production',
      deploy_access_levels: [maintainers],
      ...wrong,
    });
    expect(refused.status).toBe(422);
    expect(refused.body.message).toContain(text);
    expect((await send<Protected[]>(`GET ${project}/protected_environments`)).body).toEqual([]);
  });

  test('are refused when they lack a name or entries, or exist', async () => {
    const project = await newProject();
    expect((await protect(project, { deploy_access_levels: [maintainers] })).body).toEqual({
      error: 'name is missing',
    });
    expect((await protect(project, { name: 'production' })).body).toEqual({ error: 'deploy_access_levels is missing' });
    const request = { name: 'production', deploy_access_levels: [maintainers] };
    expect((await protect(project, request)).status).toBe(201);
    const again = await protect(project, request);
    expect([again.status, again.body]).toEqual([409, { message: "Protected environment 'production' already exists" }]);
  });

  test('are the business of maintainers only', async () => {
    const project = await newProject();
    await protect(project, { name: 'production', deploy_access_levels: [maintainers] });
    const requests = [
      [`GET ${project}/protected_environments`],
      [`GET ${project}/protected_environments/production`],
      [`POST ${project}/protected_environments`, { name: 'x', deploy_access_levels: [maintainers] }],
      [`PUT ${project}/protected_environments/production`, { required_approval_count: 1 }],
      [`DELETE ${project}/protected_environments/production`],
      [`GET ${project}/audit_events`],
    ] as const;
    for (const [request, body] of requests) {
      const low = await send<unknown>(request, body, developer.token);
      expect([request, low.status, low.body]).toEqual([request, 403, { message: '403 Forbidden' }]);
      expect((await send<unknown>(request, body, stranger.token)).body).toEqual({ message: '404 Project Not Found' });
      expect((await ask(server, request as 'PUT /', { token: null, ...(body ? { body } : {}) })).status).toBe(401);
    }
  });

  test('let deploy whom an entry names, and administrators', async () => {
    const project = await newProject();
    await protect(project, { name: 'production', deploy_access_levels: [maintainers] });
    const refused = await deploy(project, 'production', developer.token);
    expect([refused.status, refused.body]).toEqual([403, { message: '403 Forbidden' }]);
    expect((await deploy(project, 'staging', developer.token)).status).toBe(201);
    expect((await deploy(project, 'production', maintainer.token)).status).toBe(201);
    expect((await deploy(project, 'production', server.adminToken)).status).toBe(201);
    await send(`PUT ${project}/protected_environments/production`, {
      deploy_access_levels: [{ user_id: developer.id }],
    });
    expect((await deploy(project, 'production', developer.token)).status).toBe(201);
    await send(`DELETE ${project}/protected_environments/production`);
    expect((await deploy(project, 'production', developer.token)).status).toBe(201);
  });

  test('let members of a group deploy: its own, or those of the groups above it too', async () => {
    const project = await newProject();
    const parent = await group(server, 'ops');
    const { id } = await server.context.groups.create(
      (await server.context.authenticator.byToken(server.adminToken)) as never, // the admin token is valid
      { name: 'night', slug: 'night', parentId: parent.id, visibility: 'private' },
    );
    const direct = await person(server, 'dora');
    const above = await person(server, 'abe');
    for (const each of [direct, above])
      await join(server, 'project', decodeURIComponent(project.slice('/api/v4/projects/'.length)), each, 'developer');
    await join(server, 'group', 'ops/night', direct, 'developer');
    await join(server, 'group', 'ops', above, 'developer');
    const request = { name: 'production', deploy_access_levels: [{ group_id: id }] };
    const { body } = await send(`POST ${project}/protected_environments`, request, server.adminToken);
    expect((await deploy(project, 'production', direct.token)).status).toBe(201);
    expect((await deploy(project, 'production', above.token)).status).toBe(403);
    await send(`PUT ${project}/protected_environments/production`, {
      deploy_access_levels: [{ id: body.deploy_access_levels[0]?.id, group_inheritance_type: 1 }],
    });
    expect((await deploy(project, 'production', above.token)).status).toBe(201);
    expect((await deploy(project, 'production', maintainer.token)).status).toBe(403);
  });

  test('of a group hold for a tier, in all projects below it, beside those of the project', async () => {
    const project = await newProject('bank');
    const { id, path } = await group(server, 'bank');
    await join(server, 'group', path, maintainer, 'owner');
    const url = `/api/v4/groups/${id}/protected_environments`;
    const made = await send(`POST ${url}`, {
      name: 'production',
      deploy_access_levels: [maintainers],
      approval_rules: [{ access_level: 40, required_approvals: 1 }],
    });
    expect([made.status, made.body]).toMatchObject([201, { name: 'production', deploy_access_levels: [maintainers] }]);
    expect((await deploy(project, 'prod/eu', developer.token)).status).toBe(403);
    expect((await deploy(project, 'staging', developer.token)).status).toBe(201);
    expect((await deploy(await newProject(), 'prod/eu', developer.token)).status).toBe(201);
    const waits = await deploy(project, 'prod/eu', maintainer.token, 'running');
    expect(waits.body).toMatchObject({ status: 'blocked', pending_approval_count: 1 });
    await protect(project, {
      name: 'prod/eu',
      deploy_access_levels: [{ access_level: 30 }],
      approval_rules: [{ user_id: developer.id, required_approvals: 1 }],
    });
    expect((await deploy(project, 'prod/eu', developer.token)).status).toBe(403);
    const both = await deploy(project, 'prod/eu', maintainer.token, 'running');
    expect(both.body).toMatchObject({ pending_approval_count: 2 });
    const gone = await send(`DELETE ${url}/production`);
    expect(gone.status).toBe(204);
    expect((await deploy(project, 'prod/eu', developer.token)).status).toBe(201);
  });

  test('of a group are named by tiers, and are the business of its maintainers', async () => {
    const { path } = await group(server, 'corp');
    const url = `/api/v4/groups/${path}/protected_environments`;
    const body = { name: 'production', deploy_access_levels: [maintainers] };
    expect((await send<unknown>(`POST ${url}`, body, stranger.token)).body).toEqual({ message: '404 Group Not Found' });
    await join(server, 'group', path, developer, 'developer');
    for (const [request, sent] of [
      [`POST ${url}`, body],
      [`GET ${url}`, undefined],
    ] as const)
      expect((await send(request, sent, developer.token)).status).toBe(403);
    await join(server, 'group', path, maintainer, 'maintainer');
    const odd = await send<{ message: string }>(`POST ${url}`, { ...body, name: 'eu-production' });
    expect([odd.status, odd.body.message]).toEqual([422, expect.stringContaining('must be one of')]);
    expect((await send(`POST ${url}`, body)).status).toBe(201);
    expect((await send<unknown[]>(`GET ${url}`)).body).toHaveLength(1);
  });

  test('are in the audit of the project', async () => {
    const project = await newProject();
    await protect(project, { name: 'production', deploy_access_levels: [maintainers] });
    await send(`PUT ${project}/protected_environments/production`, { required_approval_count: 1 });
    await send(`DELETE ${project}/protected_environments/production`);
    const { body } = await send<{ id: number; event_name: string }[]>(`GET ${project}/audit_events`);
    expect(body.slice(0, 3).map(({ event_name }) => event_name)).toEqual([
      'environment_unprotected',
      'environment_protection_updated',
      'environment_protected',
    ]);
    expect(body[2]).toMatchObject({
      author_id: maintainer.id,
      entity_type: 'Project',
      entity_id: expect.any(Number),
      details: { environment: 'production', deployers: 'access level 40' },
    });
    const one = await send<object>(`GET ${project}/audit_events/${body[0]?.id}`);
    expect(one.body).toEqual(body[0]);
    const later = await send<unknown[]>(`GET ${project}/audit_events?created_after=2100-01-01`);
    expect(later.body).toEqual([]);
  });

  test('gitbeaker makes, lists, changes and removes them', async () => {
    const project = decodeURIComponent((await newProject()).slice('/api/v4/projects/'.length));
    const { ProjectProtectedEnvironments: environments } = new Gitlab({ host: server.url, token: maintainer.token });
    const id = encodeURIComponent(project);
    const made = await environments.create(
      id,
      'review/x',
      [{ accessLevel: 40 }] as never,
      {
        approvalRules: [{ accessLevel: 30, requiredApprovals: 2 }],
      } as never,
    );
    expect(made).toMatchObject({ name: 'review/x', approval_rules: [{ required_approvals: 2 }] });
    expect(await environments.show(id, 'review/x')).toEqual(made);
    expect(await environments.edit(id, 'review/x', { requiredApprovalCount: 3 } as never)).toMatchObject({
      required_approval_count: 3,
    });
    expect(await environments.all(id)).toHaveLength(1);
    await environments.remove(id, 'review/x');
    expect(await environments.all(id)).toEqual([]);
  });
});
