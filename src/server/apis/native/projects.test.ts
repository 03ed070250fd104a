import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { type Crew, crew, group, join, type Person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { ProjectsClient } from '../../../client/projects-client.ts';
import type { ProjectDetails } from '../../../contract/projects.ts';

describe.each(databases)('projects of the native API on $name', ({ name: database }) => {
  let server: TestServer;
  let people: Crew<'owner' | 'maintainer' | 'reporter' | 'guest'>['people'];
  let project: () => Promise<string>;
  beforeAll(async () => {
    server = await startTestServer({ database });
    ({ people, project } = await crew(server, ['owner', 'maintainer', 'reporter', 'guest']));
  });
  afterAll(() => server.stop());

  const of = ({ token }: Person) => new ProjectsClient(server.clientOf(token).requests);
  const admin = () => new ProjectsClient(server.client.requests);
  const at = (path: string) => `/api/project?project=${encodeURIComponent(path)}` as const;
  const patch = (path: string, body: unknown, { token }: Person) => ask(server, `PATCH ${at(path)}`, { token, body });

  test('are shown by path and by number, with the level of who asks and the groups around', async () => {
    const path = await project();
    await server.client.record(report({ namespace: path.slice(0, -5), service: 'shop' }));
    const shown = await of(people.maintainer).one(path);
    expect(shown).toMatchObject({
      path,
      namespace: path.slice(0, -5),
      service: 'shop',
      groups: [{ path: path.slice(0, -5), name: path.slice(0, -5) }],
      title: null,
      description: null,
      visibility: 'private',
      default_branch: null,
      allow_self_approval: false,
      access_level: 40,
    });
    expect(Date.parse(shown.last_activity_at)).toBeGreaterThanOrEqual(Date.parse(shown.created_at));
    expect(await of(people.guest).one(String(shown.id))).toMatchObject({ path, access_level: 10 });
    expect(await admin().one(path)).toMatchObject({ access_level: 60 });
  });

  test('do not exist for strangers', async () => {
    const path = await project();
    for (const [request, body] of [
      [`GET ${at(path)}`, undefined],
      [`PATCH ${at(path)}`, { title: 'Mine' }],
      [`DELETE ${at(path)}`, undefined],
    ] as const) {
      const answer = await ask(server, request, { token: people.stranger.token, body });
      expect([request, answer.status]).toEqual([request, 404]);
    }
    expect((await of(people.stranger).list({ group: path.slice(0, -5) })).items).toEqual([]);
  });

  test('are listed by path, page by page, as far as the caller may read them', async () => {
    const { path } = await group(server, `many-${database}`);
    for (const service of ['c', 'a', 'b']) await privateProject(server, `${path}/${service}`);
    await join(server, 'group', path, people.reporter, 'reporter');
    const first = await of(people.reporter).list({ group: path, limit: '2' });
    expect(first).toMatchObject({ total: 3, next_page: 2, items: [{ service: 'a' }, { service: 'b' }] });
    const last = await of(people.reporter).list({ group: path, limit: '2', page: '2' });
    expect(last).toMatchObject({ next_page: null, items: [{ service: 'c', access_level: 20 }] });
    expect((await of(people.reporter).list({ search: `${path}/b` })).items).toHaveLength(1);
    expect((await of(people.stranger).list({ group: path })).total).toBe(0);
  });

  test('are listed by the whole of their paths, not by their last parts alone', async () => {
    const paths = ['order-a/zeta', 'order-b/alpha', 'order-b/beta', 'order-b-b/one', 'order-c/aaa'];
    for (const path of [...paths].reverse()) await privateProject(server, path);
    const { items } = await admin().list({ search: 'order-' });
    expect(items.map(({ path }) => path)).toEqual(paths);
  });

  test('are changed by maintainers, and found by the old name after another was given', async () => {
    const path = await project();
    const change = { title: 'The shop', description: 'It sells.', default_branch: 'main', allow_self_approval: true };
    expect(await of(people.maintainer).change(path, change)).toMatchObject({ path, ...change });
    const cleared = await of(people.maintainer).change(path, { description: null, default_branch: null });
    expect(cleared).toMatchObject({ title: 'The shop', description: null, default_branch: null });
    const renamed = await of(people.maintainer).change(path, { service: 'store' });
    expect(renamed).toMatchObject({ path: path.replace('shop', 'store'), title: 'The shop', access_level: 40 });
    expect(await of(people.guest).one(path)).toMatchObject({ path: path.replace('shop', 'store') });
    expect((await ask(server, `GET ${at(path)}`, { token: people.stranger.token })).status).toBe(404);
    expect((await patch(path.replace('shop', 'store'), { title: 'No' }, people.reporter)).status).toBe(403);
  });

  test('are more or less open by the word of owners alone, and never more than their group', async () => {
    const path = await project();
    expect((await patch(path, { visibility: 'internal' }, people.maintainer)).status).toBe(403);
    const tooOpen = await patch(path, { visibility: 'public' }, people.owner);
    expect([tooOpen.status, pointersOf(tooOpen)]).toEqual([422, ['/visibility']]);
  });

  test.each([
    [{ service: 'has/slash' }, ['/service']],
    [{ service: '123' }, ['/service']],
    [{ service: 'taken' }, ['/service']],
    [{ title: ' ' }, ['/title']],
    [{ visibility: 'secret' }, ['/visibility']],
    [{ colour: 'red' }, ['/colour']],
  ])('are not changed to %j', async (body, pointers) => {
    const path = await project();
    await privateProject(server, path.replace('shop', 'taken'));
    const refused = await patch(path, body, people.owner);
    expect([refused.status, pointersOf(refused)]).toEqual([422, pointers]);
  });

  test('are deleted by owners, and their names are free then', async () => {
    const path = await project();
    const refused = await ask(server, `DELETE ${at(path)}`, { token: people.maintainer.token });
    expect(refused.status).toBe(403);
    await of(people.owner).remove(path);
    expect((await ask(server, `GET ${at(path)}`)).status).toBe(404);
    const again = await ask<ProjectDetails>(server, `GET ${at((await privateProject(server, path)).path)}`);
    expect(again.body).toMatchObject({ path });
  });
});
