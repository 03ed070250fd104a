import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { administrator, type Crew, crew, type Person } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { EnvironmentsClient } from '../../../client/environments-client.ts';
import { ProtectedEnvironmentsClient } from '../../../client/protected-environments-client.ts';

describe.each(databases)('environments of a project in the native API on $name', ({ name: database }) => {
  let server: TestServer;
  let people: Crew<'maintainer' | 'developer' | 'reporter'>['people'];
  let project: () => Promise<string>;
  beforeAll(async () => {
    server = await startTestServer({ database });
    ({ people, project } = await crew(server, ['maintainer', 'developer', 'reporter']));
  });
  afterAll(() => server.stop());

  const of = ({ token }: Person) => new EnvironmentsClient(server.clientOf(token).requests);
  const at = (path: string, rest = '') =>
    `/api/project/environments${rest}?project=${encodeURIComponent(path)}` as const;

  test('are those that were deployed to and those that were made, with what protects them', async () => {
    const path = await project();
    await server.client.record(report({ namespace: path.slice(0, -5), service: 'shop', environment: 'production' }));
    const review = await of(people.developer).create(path, { name: 'review/1', external_url: 'https://one.example' });
    expect(review).toMatchObject({
      name: 'review/1',
      tier: 'development',
      state: 'available',
      external_url: 'https://one.example',
      description: null,
      protected: false,
      auto_stop_at: null,
    });
    const { projects, protections } = server.context;
    const admin = await administrator(server);
    const owner = { kind: 'project', project: await projects.resolve(admin, path) } as const;
    await protections.protect(admin, owner, 'production', { deployers: [{ accessLevel: 40 }] });
    const all = await of(people.reporter).list({ project: path });
    expect(all).toMatchObject({
      total: 2,
      next_page: null,
      items: [
        { name: 'production', tier: 'production', protected: true },
        { name: 'review/1', protected: false },
      ],
    });
    expect((await of(people.reporter).list({ project: path, search: 'view' })).items).toHaveLength(1);
    expect(await of(people.reporter).list({ project: path, limit: '1' })).toMatchObject({ total: 2, next_page: 2 });
  });

  test('are protected by a group above for their tier', async () => {
    const path = await project();
    const { groups, protections } = server.context;
    const admin = await administrator(server);
    const owner = { kind: 'group', group: await groups.resolve(admin, path.slice(0, -5)) } as const;
    await protections.protect(admin, owner, 'staging', { deployers: [{ accessLevel: 40 }] });
    expect(await of(people.developer).create(path, { name: 'anywhere', tier: 'staging' })).toMatchObject({
      protected: true,
    });
  });

  test('are changed and stopped by developers, and deleted by maintainers once they are stopped', async () => {
    const path = await project();
    const { id } = await of(people.developer).create(path, { name: 'review/2', description: 'Of the second.' });
    const change = { tier: 'testing', external_url: 'two.example', description: '' } as const;
    expect(await of(people.developer).change(path, id, change)).toMatchObject({
      ...change,
      description: null,
      name: 'review/2',
    });
    const early = await ask(server, `DELETE ${at(path, `/${id}`)}`, { token: people.maintainer.token });
    expect([early.status, early.body.detail]).toEqual([403, 'Only an environment that is stopped can be deleted.']);
    expect(await of(people.developer).stop(path, id)).toMatchObject({ state: 'stopped' });
    expect((await of(people.developer).list({ project: path, state: 'stopped' })).total).toBe(1);
    const tooLow = await ask(server, `DELETE ${at(path, `/${id}`)}`, { token: people.developer.token });
    expect(tooLow.status).toBe(403);
    await of(people.maintainer).remove(path, id);
    expect((await of(people.developer).list({ project: path })).total).toBe(0);
  });

  test.each([
    '/nowhere/',
    'Zürich #1 (50 %)?',
    'prod "><script>alert(1)</script>',
    'a%2Fb&c=d+e',
    '本番'.repeat(32),
    '🚀'.repeat(32),
  ])('called %j are made, protected and deployed to, as reports call them', async (name) => {
    const path = await project();
    const { developer, maintainer } = people;
    const { id } = await of(developer).create(path, { name, tier: 'other' });
    await server.client.record(
      report({ namespace: path.slice(0, -5), service: 'shop', environment: name, status: 'in-progress' }),
    );
    const protections = new ProtectedEnvironmentsClient(server.clientOf(maintainer.token).requests);
    await protections.protect({ project: path }, { name, deployers: [{ level: 40 }] });
    expect((await of(developer).list({ project: path })).items).toMatchObject([{ id, name, protected: true }]);
    await protections.unprotect({ project: path }, name);
    await of(developer).stop(path, id);
    await of(maintainer).remove(path, id);
    expect((await of(developer).list({ project: path })).total).toBe(0);
  });

  test.each([
    [{ name: ' ' }, ['/name']],
    [{ name: 'x'.repeat(65) }, ['/name']],
    [{ name: 'taken' }, ['/name']],
    [{ name: 'x', external_url: 'javascript:alert(1)' }, ['/external_url']],
    [{ name: 'x', tier: 'moon' }, ['/tier']],
    [{}, ['/name']],
  ])('are not made of %j', async (body, pointers) => {
    const path = await project();
    await of(people.developer).create(path, { name: 'taken' });
    const refused = await ask(server, `POST ${at(path)}`, { token: people.developer.token, body });
    expect([refused.status, pointersOf(refused)]).toEqual([422, pointers]);
  });

  test('are only read by reporters, and do not exist for strangers', async () => {
    const path = await project();
    const { id } = await of(people.developer).create(path, { name: 'staging' });
    for (const [request, body] of [
      [`POST ${at(path)}`, { name: 'mine' }],
      [`PATCH ${at(path, `/${id}`)}`, { tier: 'testing' }],
      [`POST ${at(path, `/${id}/stop`)}`, undefined],
      [`DELETE ${at(path, `/${id}`)}`, undefined],
    ] as const) {
      const low = await ask(server, request, { token: people.reporter.token, body });
      const stranger = await ask(server, request, { token: people.stranger.token, body });
      expect([request, low.status, stranger.status]).toEqual([request, 403, 404]);
    }
    expect((await ask(server, `GET ${at(path)}`, { token: people.stranger.token })).status).toBe(404);
    expect((await ask(server, `PATCH ${at(path, '/999999')}`, { body: { tier: 'testing' } })).status).toBe(404);
  });
});
