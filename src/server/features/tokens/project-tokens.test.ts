import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { RawStream } from '../../../../test/support/raw-stream.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { signIn } from '../../../../test/support/sign-in.ts';
import type { Matrix } from '../../../contract/matrix.ts';

/** Namespace and service of each project there is, and which token reaches it. */
const projects = [
  { namespace: 'acme', service: 'shop' },
  { namespace: 'acme', service: 'api' },
  { namespace: 'acme/eu', service: 'shop' },
  { namespace: 'acme2', service: 'shop' },
  { namespace: 'acme-eu', service: 'shop' },
  { namespace: 'Acme', service: 'shop' },
  { namespace: 'other', service: 'shop' },
  { service: 'shop' },
] as const;
type Project = { readonly namespace?: string; readonly service: string };
const pathOf = ({ namespace, service }: Project) => (namespace === undefined ? service : `${namespace}/${service}`);

describe.each(databases)('a token on $name', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    await server.client.recordBatch(
      projects.map((project) => report({ ...project, environment: `env-of-${pathOf(project)}` })),
    );
  });
  afterAll(() => server.stop());

  const reaches = [
    { token: 'of the project acme/shop', bound: { project: 'acme/shop' }, paths: ['acme/shop'] },
    { token: 'of the project shop without a namespace', bound: { project: 'shop' }, paths: ['shop'] },
    { token: 'of a project in a group of a group', bound: { project: 'acme/eu/shop' }, paths: ['acme/eu/shop'] },
    { token: 'of the group acme', bound: { group: 'acme' }, paths: ['acme/api', 'acme/eu/shop', 'acme/shop'] },
    { token: 'of a project that is still to come', bound: { project: 'acme/new' }, paths: [] },
    { token: 'of a group that is still to come', bound: { group: 'acm' }, paths: [] },
  ] as const;

  test.each(reaches)('$token sees what it reaches and nothing else, wherever it looks', async ({ bound, paths }) => {
    const { token } = await server.client.createToken({ name: 'reader', scopes: ['read_api'], ...bound });
    const client = server.clientOf(token);
    const seen = (items: readonly Project[]) => items.map(pathOf).sort();
    expect(seen((await client.deployments()).items)).toEqual(paths);
    expect(seen((await client.deployments({ q: 'shop' })).items)).toEqual(
      paths.filter((path) => path.includes('shop')),
    );
    expect(seen((await client.deployments({ service: 'shop' })).items)).toEqual(
      paths.filter((path) => path.endsWith('shop')),
    );
    const matrix = await client.matrix();
    expect(seen(matrix.rows)).toEqual(paths);
    expect(matrix.environments).toEqual(paths.map((path) => `env-of-${path}`).toSorted());
    expect((await client.environments()).items).toEqual(matrix.environments);
    expect((await client.services()).items).toEqual([...new Set(matrix.rows.map(({ service }) => service))].sort());

    using stream = await RawStream.open(`${server.url}/api/events/stream?after=0`, { 'x-api-key': token ?? '' });
    await stream.holds(paths.length);
    const all = (await server.client.deployments({ limit: '500' })).items;
    for (const event of all) {
      const answer = client.deployment(event.id);
      if (paths.some((path) => path === pathOf(event))) expect(await answer).toEqual(event);
      else await expect(answer).rejects.toMatchObject({ status: 404, problem: { code: 'not_found' } });
    }
    expect(seen(stream.frames.map(({ data }) => data))).toEqual(paths);
  });

  test.each(reaches)('$token cannot record anywhere else', async ({ bound }) => {
    const { token } = await server.client.createToken({ name: 'recorder', scopes: ['record'], ...bound });
    const client = server.clientOf(token);
    const within = (project: Project) =>
      'project' in bound ? bound.project === pathOf(project) : `${project.namespace}/`.startsWith(`${bound.group}/`);
    const { next_cursor: _, items: before } = await server.client.deployments({ limit: '500' });
    for (const project of projects.filter((one) => !within(one))) {
      await expect(client.record(report(project))).rejects.toMatchObject({
        status: 403,
        problem: { code: 'forbidden' },
      });
      const inside =
        'project' in bound ? { service: 'new', namespace: 'acme' } : { service: 'x', namespace: bound.group };
      await expect(client.recordBatch([report(inside), report(project)])).rejects.toMatchObject({ status: 403 });
    }
    expect((await server.client.deployments({ limit: '500' })).items).toEqual(before);
  });

  test('of a project or group records where it belongs, also what is new', async () => {
    const { token: ofProject } = await server.client.createToken({
      name: 'p',
      scopes: ['record'],
      project: 'team/service',
    });
    const { token: ofGroup } = await server.client.createToken({ name: 'g', scopes: ['record'], group: 'team' });
    await server.clientOf(ofProject).record(report({ namespace: 'team', service: 'service' }));
    await server
      .clientOf(ofGroup)
      .recordBatch([
        report({ namespace: 'team', service: 'two' }),
        report({ namespace: 'team/sub', service: 'three' }),
      ]);
    expect((await server.client.deployments({ q: 'team' })).items).toHaveLength(3);
    await expect(
      server.clientOf(ofProject).record(report({ namespace: 'team', service: 'two' })),
    ).rejects.toMatchObject({ status: 403 });
    // The live stream is asked too: what comes now must not leak either.
    const { token: reader } = await server.client.createToken({
      name: 'r',
      scopes: ['read_api'],
      project: 'team/service',
    });
    using stream = await RawStream.open(`${server.url}/api/events/stream`, { 'x-api-key': reader ?? '' });
    await server.client.record(report({ namespace: 'team', service: 'two' }));
    const own = await server.client.record(report({ namespace: 'team', service: 'service' }));
    await stream.holds(1);
    expect(stream.ids).toEqual([own.position]);
  });

  test.each([
    { scopes: ['api'], writes: 200, records: 201 },
    { scopes: ['record'], writes: 403, records: 201 },
    { scopes: ['read_api'], writes: 403, records: 403 },
  ] as const)('of before bots with $scopes goes on as what its scopes say', async ({ scopes, writes, records }) => {
    const { id, token } = await server.client.createToken({ name: 'old', scopes: [...scopes], project: 'acme/shop' });
    const columns = { user_id: null, access_level: null };
    await server.context.database.transaction((tx) =>
      tx.updateTable('tokens').set(columns).where('id', '=', id).execute(),
    );
    const headers = { 'x-api-key': token ?? '', 'content-type': 'application/json' };
    const send = async (method: string, path: string, body: object) =>
      (await fetch(server.url + path, { method, headers, body: JSON.stringify(body) })).status;
    const own = report({ namespace: 'acme', service: 'shop' });
    expect(await send('POST', '/api/deployments', own)).toBe(records);
    expect(await send('PUT', '/api/v4/projects/acme%2Fshop', { description: 'x' })).toBe(writes);
    expect([403, 404]).toContain(await send('PUT', '/api/v4/projects/acme%2Fapi', { description: 'x' }));
    expect(await send('POST', '/api/deployments', report({ namespace: 'acme', service: 'api' }))).toBe(403);
  });

  test('of a project reaches no further by way of a session', async () => {
    const { token = '' } = await server.client.createToken({
      name: 'page',
      scopes: ['read_api'],
      project: 'acme/shop',
    });
    const { page } = await signIn(server, { token });
    const { rows } = (await ask<Matrix>(server, 'GET /api/matrix', page)).body;
    expect(rows.map(pathOf)).toEqual(['acme/shop']);
  });

  test('of a project has a matrix tag of its own, so that no cache gives it the whole', async () => {
    const { token } = await server.client.createToken({ name: 'etag', scopes: ['read_api'], project: 'acme/shop' });
    const whole = await fetch(`${server.url}/api/matrix`, { headers: { 'x-api-key': server.adminToken } });
    const own = await fetch(`${server.url}/api/matrix`, {
      headers: { 'x-api-key': token ?? '', 'if-none-match': whole.headers.get('etag') ?? '' },
    });
    expect(own.status).toBe(200);
    expect(own.headers.get('cache-control')).toContain('private');
    await own.body?.cancel();
    await whole.body?.cancel();
  });
});
