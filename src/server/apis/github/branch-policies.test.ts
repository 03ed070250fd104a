import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askGitHub } from '../../../../test/github/checked-answers.ts';
import { custom, environmentScene } from '../../../../test/github/environment-scene.ts';
import { databases } from '../../../../test/support/databases.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

describe.each(databases)("GitHub's branch policies on $name", ({ name: database }) => {
  let server: TestServer;
  let scene: Awaited<ReturnType<typeof environmentScene>>;
  beforeAll(async () => {
    server = await startTestServer({ database });
    scene = await environmentScene(server);
  });
  afterAll(() => server.stop());

  test('only refs that a branch policy names may be deployed where policies are used', async () => {
    const { put, deploy, addPolicy } = scene;
    expect((await put('limited', custom)).body).toMatchObject({
      protection_rules: [{ type: 'branch_policy' }],
      deployment_branch_policy: custom.deployment_branch_policy,
    });
    const tried = async (ref: string) => (await deploy({ environment: 'limited', ref })).status;
    expect(await tried('main')).toBe(409);
    await addPolicy('limited', { name: 'main' });
    await addPolicy('limited', { name: 'releases/*' });
    await addPolicy('limited', { name: 'v*', type: 'tag' });
    const refs = ['main', 'refs/heads/main', 'releases/1', 'refs/tags/v1', 'v1', 'releases/1/2', 'refs/tags/main', 'x'];
    const answered: Record<string, number> = {};
    for (const ref of refs) answered[ref] = await tried(ref);
    expect(answered).toEqual({
      main: 201,
      'refs/heads/main': 201,
      'releases/1': 201,
      'refs/tags/v1': 201,
      v1: 201,
      'releases/1/2': 409,
      'refs/tags/main': 409,
      x: 409,
    });
    const { body } = await deploy({ environment: 'limited', ref: 'x' });
    expect(body.errors).toMatchObject([{ resource: 'Deployment', field: 'environment', code: 'custom' }]);
    expect((await put('limited', { deployment_branch_policy: null })).body.protection_rules).toEqual([]);
    expect(await tried('x')).toBe(201);
  });

  test('branch policies are listed, changed and deleted', async () => {
    const { maintainer, policies, put, addPolicy } = scene;
    await put('policies', custom);
    const { status, body: first } = await addPolicy('policies', { name: 'main' });
    expect([status, first]).toMatchObject([200, { name: 'main', type: 'branch' }]);
    const { body: second } = await addPolicy('policies', { name: 'main', type: 'tag' });
    expect((await addPolicy('policies', { name: 'main' })).status).toBe(303);
    expect((await addPolicy('policies', {})).status).toBe(422);
    expect((await addPolicy('policies', { name: 'x', type: 'commit' })).status).toBe(422);
    const at = policies('policies');
    const change = (id: number, name: string) =>
      askGitHub(server, `PUT ${at}/${id}`, { token: maintainer.token, body: { name } });
    expect((await change(first.id, 'trunk')).body).toMatchObject({ id: first.id, name: 'trunk', type: 'branch' });
    expect((await change(999_999, 'trunk')).status).toBe(404);
    expect((await askGitHub(server, `GET ${at}/${second.id}`)).body).toMatchObject({ name: 'main', type: 'tag' });
    expect((await askGitHub(server, `DELETE ${at}/${second.id}`, { token: maintainer.token })).status).toBe(204);
    expect((await askGitHub(server, `GET ${at}/${second.id}`)).status).toBe(404);
    const { body } = await askGitHub(server, `GET ${at}`);
    expect(body).toMatchObject({ total_count: 1, branch_policies: [{ name: 'trunk' }] });
  });

  test('there are no branch policies where they are not used', async () => {
    const { put, addPolicy } = scene;
    await put('open', {});
    expect((await addPolicy('open', { name: 'main' })).status).toBe(404);
    expect((await addPolicy('nowhere', { name: 'main' })).status).toBe(404);
  });
});
