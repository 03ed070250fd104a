import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askGitHub } from '../../../../test/github/checked-answers.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { administrator, join, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Repository {
  readonly id: number;
  readonly name: string;
  readonly full_name: string;
  readonly private: boolean;
  readonly owner: { readonly login: string; readonly id: number; readonly type: string };
  readonly permissions: Readonly<Record<string, boolean>>;
}

describe.each(databases)("GitHub's repositories on $name", ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());
  const get = (path: string, token = server.adminToken) =>
    askGitHub<Repository>(server, `GET /repos/${path}`, { token });

  test('a project is a repository of its group', async () => {
    const { id } = await privateProject(server, 'acme/shop');
    const { status, body } = await get('acme/shop');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id,
      name: 'shop',
      full_name: 'acme/shop',
      private: true,
      visibility: 'private',
      default_branch: 'main',
      owner: { login: 'acme', type: 'Organization' },
      deployments_url: `${server.url}/repos/acme/shop/deployments`,
    });
    expect(body.owner.id).toBeGreaterThan(0);
  });

  test('its owner and name are read in whatever case, and the exact ones come first', async () => {
    await privateProject(server, 'Case/Lower');
    await privateProject(server, 'case/lower');
    expect((await get('Case/Lower')).body.full_name).toBe('Case/Lower');
    expect((await get('case/lower')).body.full_name).toBe('case/lower');
    expect((await get('CASE/LOWER')).body.full_name).toBe('Case/Lower');
  });

  test('a project of a nested group has the whole path for its owner', async () => {
    await server.client.record(report({ namespace: 'one/two', service: 'three' }));
    const { body } = await get('one%2Ftwo/three');
    expect([body.full_name, body.owner.login]).toEqual(['one/two/three', 'one/two']);
    expect((await get('one/two')).status).toBe(404);
  });

  test('a project without a group belongs to -', async () => {
    await server.client.record(report({ service: 'alone' }));
    const { body } = await get('-/alone');
    expect(body).toMatchObject({ full_name: '-/alone', url: `${server.url}/repos/-/alone` });
  });

  test('a renamed project is found by its old name, too', async () => {
    const { id, path } = await privateProject(server, 'acme/before');
    await server.context.projects.change(await administrator(server), path, { name: 'after' });
    const { body } = await get('acme/before');
    expect([body.id, body.full_name]).toEqual([id, 'acme/after']);
  });

  test('an old name is read in whatever case, too, also that of a group', async () => {
    const { id } = await privateProject(server, 'Old-Group/Before');
    const admin = await administrator(server);
    const { groups, projects } = server.context;
    await projects.change(admin, 'Old-Group/Before', { name: 'after' });
    for (const path of ['old-group/before', 'OLD-GROUP/BEFORE']) expect((await get(path)).body.id).toBe(id);
    await groups.change(admin, 'Old-Group', { slug: 'new-group' });
    for (const path of ['old-group/after', 'OLD-GROUP/BEFORE']) expect((await get(path)).body.id).toBe(id);
    const stranger = await person(server, `curious-${name}`);
    expect((await get('old-group/before', stranger.token)).status).toBe(404);
  });

  test('says what the caller may do there', async () => {
    const { path } = await privateProject(server, 'acme/levels');
    const developer = await person(server, `dev-${name}`);
    await join(server, 'project', path, developer, 'developer');
    expect((await get(path, developer.token)).body.permissions).toEqual({
      admin: false,
      maintain: false,
      push: true,
      triage: true,
      pull: true,
    });
  });

  test('a token of another project finds none of it', async () => {
    const { token } = await server.client.createToken({ name: 'other', scopes: ['api'], project: 'acme/elsewhere' });
    expect((await get('acme/shop', token)).status).toBe(404);
    const stranger = await person(server, `stranger-${name}`);
    expect((await get('acme/shop', stranger.token)).status).toBe(404);
  });

  test('with public read everyone reads what is not private, and nothing else', async () => {
    await using open = await startTestServer({ database: name, publicRead: true });
    await open.client.record(report({ namespace: 'acme', service: 'open' }));
    await privateProject(open, 'acme/closed');
    const read = async (path: string) => (await askGitHub(open, `GET /repos/acme/${path}`, { token: null })).status;
    expect([await read('open'), await read('closed')]).toEqual([200, 404]);
  });
});
