import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { PeopleClient } from '../../../client/people-client.ts';

describe.each(databases)('groups by the native API on $name', ({ name }) => {
  let server: TestServer;
  let people: Record<'maintainer' | 'owner' | 'stranger', Person>;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    people = {
      maintainer: await person(server, 'maintainer'),
      owner: await person(server, 'owner'),
      stranger: await person(server, 'stranger'),
    };
  });
  afterAll(() => server.stop());

  const as = (token = server.adminToken) => new PeopleClient(server.clientOf(token).requests);
  const make = (path: string, more: { parent?: string; visibility?: 'private' | 'internal' | 'public' } = {}) =>
    as().createGroup({ name: path.toUpperCase(), path, ...more });
  const paths = async (token: string | undefined, query: Parameters<PeopleClient['groups']>[0] = {}) =>
    (await as(token).groups(query)).items.map(({ path }) => path);

  test('a group is made, read, changed and deleted with what lies in it', async () => {
    const made = await ask(server, 'POST /api/groups', {
      body: { name: 'Shop', path: 'shop', description: 'Sells.', visibility: 'internal' },
    });
    expect([made.status, made.body]).toEqual([
      201,
      {
        id: expect.any(Number),
        path: 'shop',
        name: 'Shop',
        description: 'Sells.',
        visibility: 'internal',
        access_level: 60,
        created_at: expect.any(String),
        groups: [],
      },
    ]);
    const inner = await as().createGroup({ name: 'Web', path: 'web', parent: 'shop' });
    expect(inner).toMatchObject({ path: 'shop/web', visibility: 'private', groups: [{ path: 'shop', name: 'Shop' }] });
    await server.client.record(report({ namespace: 'shop/web', service: 'cart' }));

    const change = { name: 'Store', path: 'store', description: null } as const;
    expect(await as().changeGroup('shop', change)).toMatchObject({ path: 'store', name: 'Store', description: null });
    expect(await as().group('store/web')).toMatchObject({ groups: [{ path: 'store', name: 'Store' }] });
    expect((await server.client.matrix()).rows).toMatchObject([{ namespace: 'store/web', service: 'cart' }]);

    await as().deleteGroup('store');
    await expect(as().group('store/web')).rejects.toMatchObject({ status: 404 });
    expect((await server.client.matrix()).rows).toEqual([]);
  });

  test('are listed by their paths, page by page, found by a part of a name, and those in one of them', async () => {
    await make('list');
    await make('b', { parent: 'list' });
    await make('a', { parent: 'list' });
    await make('deep', { parent: 'list/a' });
    expect(await paths(undefined, { search: 'list' })).toEqual(['list', 'list/a', 'list/a/deep', 'list/b']);
    expect(await paths(undefined, { parent: 'list' })).toEqual(['list/a', 'list/b']);
    const first = await as().groups({ search: 'list', limit: '3' });
    expect([first.total, first.next_page]).toEqual([4, 2]);
    expect((await as().groups({ search: 'list', limit: '3', page: '2' })).items.map(({ path }) => path)).toEqual([
      'list/b',
    ]);
  });

  test('show each who may know of them with their own level there', async () => {
    await make('hidden');
    await make('open', { visibility: 'internal' });
    await make('inner', { parent: 'hidden' });
    await join(server, 'group', 'hidden/inner', people.maintainer, 'maintainer');
    expect(await paths(people.stranger.token)).toEqual(['open']);
    expect(await paths(people.maintainer.token)).toEqual(['hidden', 'hidden/inner', 'open']);
    expect(await paths(people.maintainer.token, { min_access_level: '40' })).toEqual(['hidden/inner']);
    expect(await paths(undefined, { min_access_level: '40', search: 'hidden' })).toEqual(['hidden', 'hidden/inner']);
    const group = async (path: string) => (await as(people.maintainer.token).group(path)).access_level;
    expect([await group('hidden'), await group('hidden/inner'), await group('open')]).toEqual([0, 40, 0]);
    await expect(as(people.stranger.token).group('hidden')).rejects.toMatchObject({ status: 404 });
  });

  test.each([
    [{ name: 'Seven', path: '7' }, '/path'],
    [{ name: 'Dashed', path: '-dashed' }, '/path'],
    [{ name: 'Taken', path: 'ground' }, '/path'],
    [{ name: 'Blank', path: '' }, '/path'],
    [{ name: ' ', path: 'blank' }, '/name'],
    [{ name: 'Open', path: 'open', parent: 'ground', visibility: 'public' }, '/visibility'],
    [{ name: 'Odd', path: 'odd', visibility: 'secret' }, '/visibility'],
  ])('cannot be made of %j', async (body, pointer) => {
    await ask(server, 'POST /api/groups', { body: { name: 'Ground', path: 'ground' } });
    const answer = await ask(server, 'POST /api/groups', { body });
    expect([answer.status, pointersOf(answer)]).toEqual([422, [pointer]]);
  });

  test('cannot become more private than what lies in them, nor move onto another', async () => {
    await make('wide', { visibility: 'public' });
    await make('part', { parent: 'wide', visibility: 'public' });
    for (const [body, pointer] of [
      [{ visibility: 'private' }, '/visibility'],
      [{ path: 'wide' }, '/path'],
    ] as const) {
      await make('other', {}).catch(() => undefined);
      const at = 'visibility' in body ? 'wide' : 'other';
      const answer = await ask(server, `PATCH /api/group?group=${at}`, { body });
      expect([answer.status, pointersOf(answer)]).toEqual([422, [pointer]]);
    }
  });

  test('are made at the top by administrators, in a group by its maintainers, and changed by owners', async () => {
    await make('ruled');
    await join(server, 'group', 'ruled', people.maintainer, 'maintainer');
    await join(server, 'group', 'ruled', people.owner, 'owner');
    const wanted = { name: 'New', path: 'new' };
    await expect(as(people.owner.token).createGroup(wanted)).rejects.toMatchObject({ status: 403 });
    const inner = await as(people.maintainer.token).createGroup({ ...wanted, parent: 'ruled' });
    expect(inner).toMatchObject({ path: 'ruled/new', access_level: 40 });
    await expect(as(people.maintainer.token).changeGroup('ruled', { name: 'Mine' })).rejects.toMatchObject({
      status: 403,
    });
    await expect(as(people.maintainer.token).deleteGroup('ruled')).rejects.toMatchObject({ status: 403 });
    expect(await as(people.owner.token).changeGroup('ruled', { path: 'ours' })).toMatchObject({
      path: 'ours',
      access_level: 50,
    });
    expect(await as(people.owner.token).changeGroup('ours', { path: 'ruled' })).toMatchObject({ access_level: 50 });
    await as(people.owner.token).deleteGroup('ruled/new');
  });

  test('are nobody’s who may not know of them', async () => {
    await privateProject(server, 'closed/one');
    const reader = await person(server, 'reader', { scopes: ['read_api'] });
    await join(server, 'group', 'closed', reader, 'owner');
    for (const [request, body] of [
      ['POST /api/groups', { name: 'In', path: 'in', parent: 'closed' }],
      ['GET /api/group?group=closed', undefined],
      ['PATCH /api/group?group=closed', { name: 'Mine' }],
      ['DELETE /api/group?group=closed', undefined],
    ] as const) {
      const status = async (token: string | null) =>
        (await ask(server, request, { token, ...(body ? { body } : {}) })).status;
      expect([request, await status(null), await status(people.stranger.token)]).toEqual([request, 401, 404]);
      expect([request, await status(reader.token)]).toEqual([request, request.startsWith('GET') ? 200 : 403]);
    }
  });
});
