import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approvalScene, developers } from '../../../../test/support/approval-scene.ts';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { administrator, group, join } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Protected {
  readonly deploy_access_levels: readonly { readonly id: number; readonly group_id: number | null }[];
}

describe.each(databases)('groups that protections name on $name', ({ name }) => {
  let server: TestServer;
  let scene: Awaited<ReturnType<typeof approvalScene>>;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    scene = await approvalScene(server);
  });
  afterAll(() => server.stop());

  const removeGroup = (id: number) => ask<{ message: string }>(server, `DELETE /api/v4/groups/${id}`);
  const protect = (project: string, groupId: number) =>
    scene.send<Protected & { message: string }>(`POST ${project}/protected_environments`, scene.people.mia.token, {
      name: 'production',
      deploy_access_levels: [{ group_id: groupId }],
    });

  test('cannot be deleted while something outside of them needs their approval', async () => {
    const project = await scene.newProject();
    const { id, path } = await group(server, 'reviewers');
    await join(server, 'group', path, scene.people.mia, 'reporter');
    await scene.protect(project, { approval_rules: [{ group_id: id }] });
    const waits = await scene.deploy(project);
    const refused = await removeGroup(id);
    expect([refused.status, refused.body.message]).toEqual([400, expect.stringContaining('names it')]);
    expect(await scene.deploy(project)).toMatchObject({ status: 'blocked', pending_approval_count: 1 });
    expect((await scene.show(project, waits.id)).status).toBe('blocked');
    await scene.send(`DELETE ${project}/protected_environments/production`, scene.people.mia.token);
    expect((await removeGroup(id)).status).toBe(202);
  });

  test('cannot be deleted with a group around them either, nor when another group names them', async () => {
    const admin = await administrator(server);
    const outer = await group(server, 'outer');
    const { id } = await server.context.groups.create(admin, {
      name: 'inner',
      slug: 'inner',
      parentId: outer.id,
      visibility: 'private',
    });
    const other = await group(server, 'other');
    const url = `/api/v4/groups/${other.id}/protected_environments` as const;
    const body = { name: 'production', deploy_access_levels: [{ group_id: id }] };
    expect((await ask(server, `POST ${url}`, { body })).status).toBe(201);
    expect((await removeGroup(outer.id)).status).toBe(400);
    expect((await removeGroup(other.id)).status).toBe(202);
    expect((await removeGroup(outer.id)).status).toBe(202);
  });

  test('can be deleted together with all that names them', async () => {
    const admin = await administrator(server);
    const { id, path } = await group(server, 'whole');
    const { id: projectId } = await server.context.projects.create(admin, {
      name: 'app',
      title: undefined,
      groupId: id,
      visibility: 'private',
    });
    for (const owner of [`groups/${path}`, `projects/${projectId}`] as const) {
      const body = { name: 'production', deploy_access_levels: [{ group_id: id }] };
      expect((await ask(server, `POST /api/v4/${owner}/protected_environments`, { body })).status).toBe(201);
    }
    expect((await removeGroup(id)).status).toBe(202);
  });

  test('where nobody is left whom a protection names, administrators still deploy', async () => {
    const project = await scene.newProject();
    await scene.protect(project, {});
    await server.context.database.transaction((tx) =>
      tx.deleteFrom('protection_rules').where('purpose', '=', 'deploy').execute(),
    );
    const deploy = (token: string) => {
      const body = { environment: 'production', sha: 'a', ref: 'main', tag: false, status: 'running' };
      return scene.send(`POST ${project}/deployments`, token, body);
    };
    expect((await deploy(scene.people.dan.token)).status).toBe(403);
    expect((await deploy(server.adminToken)).status).toBe(201);
  });

  test('are not there for those who may not know of them', async () => {
    const project = await scene.newProject();
    const { id, path } = await group(server, 'secret');
    const unknown = await protect(project, 4711);
    const refused = await protect(project, id);
    expect([refused.status, refused.body.message]).toEqual([422, unknown.body.message.replace('4711', String(id))]);
    await join(server, 'group', path, scene.people.mia, 'guest');
    expect((await protect(project, id)).status).toBe(201);
  });

  test('stay named by a protection that somebody else changes', async () => {
    const project = await scene.newProject();
    const { id } = await group(server, 'hidden');
    const body = { name: 'production', deploy_access_levels: [{ group_id: id }] };
    expect((await ask(server, `POST ${project as '/'}/protected_environments`, { body })).status).toBe(201);
    const changed = await scene.send<Protected>(
      `PUT ${project}/protected_environments/production`,
      scene.people.mia.token,
      { required_approval_count: 1 },
    );
    expect([changed.status, changed.body.deploy_access_levels]).toMatchObject([200, [{ group_id: id }]]);
  });

  test('and others are all kept where several add one at the same time', async () => {
    const project = await scene.newProject();
    await scene.protect(project, {});
    const counts = [1, 2, 3, 4, 5, 6];
    const answers = await Promise.all(
      counts.map((count) =>
        scene.send(`PUT ${project}/protected_environments/production`, scene.people.mia.token, {
          approval_rules: [{ ...developers[0], required_approvals: count }],
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(counts.map(() => 200));
    const url = `GET ${project}/protected_environments/production`;
    const { body } = await scene.send<{ approval_rules: { required_approvals: number }[] }>(
      url,
      scene.people.mia.token,
    );
    expect(body.approval_rules.map((rule) => rule.required_approvals).toSorted()).toEqual(counts);
  });
});
