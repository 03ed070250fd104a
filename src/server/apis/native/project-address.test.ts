import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { join, type Person, person } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { ProjectsClient } from '../../../client/projects-client.ts';
import { projectAddress } from '../../../contract/project-address.ts';

describe.each(databases)('a project is found by its address on $name', ({ name: database }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database });
  });
  afterAll(() => server.stop());

  const of = ({ token }: Person) => new ProjectsClient(server.clientOf(token).requests);
  const projects = () => new ProjectsClient(server.client.requests);
  const hide = (address: string) => projects().change(address, { visibility: 'private' });

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
    const found = await projects().one(projectAddress(project));
    expect([found.namespace, found.service]).toEqual([project.namespace ?? '', project.service]);
  });

  test('and by its path, where that means no other', async () => {
    await server.client.record(report({ service: 'shop/alone' }));
    expect(await projects().one('shop/alone')).toMatchObject({ namespace: '', service: 'shop/alone' });
    await server.client.record(report({ service: 'shop/basket' }));
    await server.client.record(report({ namespace: 'shop', service: 'basket' }));
    expect(await projects().one('shop/basket')).toMatchObject({ namespace: 'shop', service: 'basket' });
    expect(await projects().one('shop~1basket')).toMatchObject({ namespace: '', service: 'shop/basket' });
  });

  test('and its members see it, and no other of the same path', async () => {
    const [slashed, nested] = [{ service: 'bank/vault' }, { namespace: 'bank', service: 'vault' }] as const;
    for (const project of [slashed, nested]) {
      await server.client.record(report(project));
      await hide(projectAddress(project));
    }
    const [ofSlashed, ofNested, ofGroup] = [
      await person(server, 'slashed'),
      await person(server, 'nested'),
      await person(server, 'grouped'),
    ];
    await join(server, 'project', projectAddress(slashed), ofSlashed, 'reporter');
    await join(server, 'project', projectAddress(nested), ofNested, 'reporter');
    await join(server, 'group', 'bank', ofGroup, 'reporter');
    const seenBy = async (who: Person) => ({
      listed: (await server.clientOf(who.token).matrix({})).rows
        .filter(({ namespace = '', service }) => `${namespace}/${service}`.includes('bank'))
        .map(({ namespace, service }) => [namespace ?? '', service]),
      slashed: await of(who)
        .one(projectAddress(slashed))
        .then(
          ({ service }) => service,
          ({ status }) => status,
        ),
      nested: await of(who)
        .one(projectAddress(nested))
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
