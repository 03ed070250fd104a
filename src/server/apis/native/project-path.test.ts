import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { join, type Person, person } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { ProjectsClient } from '../../../client/projects-client.ts';
import { projectPath } from '../../../contract/project-path.ts';

describe.each(databases)('a project is found by its path on $name', ({ name: database }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database });
  });
  afterAll(() => server.stop());

  const of = ({ token }: Person) => new ProjectsClient(server.clientOf(token).requests);
  const projects = () => new ProjectsClient(server.client.requests);
  const hide = (path: string) => projects().change(path, { visibility: 'private' });

  test.each([
    { namespace: 'acme', service: 'checkout' },
    { namespace: 'acme/shop', service: 'api/v2' },
    { service: 'acme/storefront' },
    { service: '/at/both/ends/' },
    { service: '100 %' },
    { service: 'a%2Fb%25' },
    { service: 'a~1b~0' },
    { service: 'what? #1 & more+' },
    { service: '..' },
    { service: '4711' },
    { service: '本番 ünï' },
  ])('as %j', async (project) => {
    await server.client.record(report(project));
    const found = await projects().one(projectPath(project));
    expect([found.namespace, found.service]).toEqual([project.namespace ?? '', project.service]);
  });

  test('and by what every answer calls it, which is the same', async () => {
    const project = { service: 'kiosk/till' };
    const { deployment_number: number } = await server.client.record(report(project));
    const path = projectPath(project);
    const { project: told } = await server.client.requests.send<{ project: string }>(
      'GET',
      `/api/deployments/by-number/${number}`,
    );
    const token = await server.client.createToken({ name: 'till', scopes: ['record'], project: path });
    const shown = await projects().one(path);
    const { body } = await ask<{ path_with_namespace: string }>(server, `GET /api/v4/projects/${shown.id}`);
    expect([told, token.project, shown.path, body.path_with_namespace]).toEqual([path, path, path, path]);
    expect(shown.groups).toEqual([]);
    const again = await ask<{ id: number }>(server, `GET /api/v4/projects/${encodeURIComponent(path)}`);
    expect(again.body.id).toBe(shown.id);
  });

  test('and by no path of another, also not once that is gone', async () => {
    const both = [{ service: 'shop/basket' }, { namespace: 'shop', service: 'basket' }] as const;
    for (const project of both) await server.client.record(report(project));
    const paths = both.map(projectPath);
    expect(paths).toEqual(['shop~1basket', 'shop/basket']);
    const [, named = ''] = paths;
    await projects().remove(named);
    await expect(projects().remove(named)).rejects.toMatchObject({ status: 404 });
    await expect(projects().one(named)).rejects.toMatchObject({ status: 404 });
    expect(await projects().one('shop~1basket')).toMatchObject({ namespace: '', service: 'shop/basket' });
  });

  test('and by the path that it had, although another is written alike', async () => {
    await server.client.record(report({ namespace: 'mill', service: 'wheel' }));
    await server.client.record(report({ service: 'mill/wheel' }));
    await projects().change('mill/wheel', { service: 'gear' });
    expect(await projects().one('mill/wheel')).toMatchObject({ namespace: 'mill', service: 'gear' });
    await projects().change('mill~1wheel', { service: 'spokes' });
    expect(await projects().one('mill~1wheel')).toMatchObject({ namespace: '', service: 'spokes' });
  });

  test('and a token is bound to the project that its path or number means', async () => {
    const both = [{ namespace: 'dock', service: 'crane' }, { service: 'dock/crane' }] as const;
    const made = await Promise.all(both.map((project) => server.client.record(report(project))));
    expect(made).toHaveLength(2);
    const create = (project: string) => server.client.createToken({ name: 'crane', scopes: ['record'], project });
    for (const project of both) {
      const path = projectPath(project);
      const { id } = await projects().one(path);
      const tokens = [await create(path), await create(path.toUpperCase()), await create(String(id))];
      expect(tokens.map((token) => token.project)).toEqual([path, path, path]);
      for (const { token = '' } of tokens) {
        const client = server.clientOf(token);
        await client.record(report({ ...project, version: `by-${token.slice(-8)}` }));
        const other = both.find((each) => each !== project) ?? project;
        await expect(client.record(report(other))).rejects.toMatchObject({ status: 403 });
      }
    }
    await expect(create('987654321')).rejects.toMatchObject({ status: 422 });
    await create('dock/yet-to-come');
    expect(await projects().one('dock/yet-to-come')).toMatchObject({ namespace: 'dock', service: 'yet-to-come' });
  });

  test('and its members see it, and no other of the same path', async () => {
    const [slashed, nested] = [{ service: 'bank/vault' }, { namespace: 'bank', service: 'vault' }] as const;
    for (const project of [slashed, nested]) {
      await server.client.record(report(project));
      await hide(projectPath(project));
    }
    const [ofSlashed, ofNested, ofGroup] = [
      await person(server, 'slashed'),
      await person(server, 'nested'),
      await person(server, 'grouped'),
    ];
    await join(server, 'project', projectPath(slashed), ofSlashed, 'reporter');
    await join(server, 'project', projectPath(nested), ofNested, 'reporter');
    await join(server, 'group', 'bank', ofGroup, 'reporter');
    const seenBy = async (who: Person) => ({
      listed: (await server.clientOf(who.token).matrix({})).rows
        .filter(({ namespace = '', service }) => `${namespace}/${service}`.includes('bank'))
        .map(({ namespace, service }) => [namespace ?? '', service]),
      slashed: await of(who)
        .one(projectPath(slashed))
        .then(
          ({ service }) => service,
          ({ status }) => status,
        ),
      nested: await of(who)
        .one(projectPath(nested))
        .then(
          ({ service }) => service,
          ({ status }) => status,
        ),
    });
    expect(await seenBy(ofSlashed)).toEqual({ listed: [['', 'bank/vault']], slashed: 'bank/vault', nested: 404 });
    expect(await seenBy(ofNested)).toEqual({ listed: [['bank', 'vault']], slashed: 404, nested: 'vault' });
    expect(await seenBy(ofGroup)).toEqual({ listed: [['bank', 'vault']], slashed: 404, nested: 'vault' });
  });
});
