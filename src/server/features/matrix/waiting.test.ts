import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approvalScene, developers, pathOf } from '../../../../test/support/approval-scene.ts';
import { databases, type TestDatabase } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { shortSlot, slotOf, type Told, tell } from '../../../../test/support/slots.ts';
import { rebuildProjections } from '../../maintenance.ts';

describe.each(databases)('what waits in a slot on $name', ({ name, create }) => {
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await create();
    server = await startTestServer({ database });
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  /** Which one waits there, and how many do; undefined: none. */
  async function waiting(service: string): Promise<string | undefined> {
    const waits = (await slotOf(server, service))?.waiting;
    return waits && `${waits.newest.deployment_id} ${waits.newest.status}, ${waits.count}`;
  }

  test.each<readonly [string, readonly Told[], { readonly shown: object; readonly waits: string | undefined }]>([
    [
      'beside a later run',
      [
        ['a', 'waiting', 1],
        ['b', 'in-progress', 2],
      ],
      { shown: { current: 'b in-progress' }, waits: 'a waiting, 1' },
    ],
    [
      'beside a later success',
      [
        ['a', 'waiting', 1],
        ['b', 'in-progress', 2],
        ['b', 'success', 3],
      ],
      { shown: { current: 'b success' }, waits: 'a waiting, 1' },
    ],
    [
      'where it is told of late',
      [
        ['b', 'success', 3],
        ['a', 'waiting', 1],
      ],
      { shown: { current: 'b success' }, waits: 'a waiting, 1' },
    ],
    [
      'below later news',
      [
        ['b', 'success', 1],
        ['a', 'waiting', 2],
        ['c', 'queued', 3],
      ],
      { shown: { current: 'b success', next: 'c queued' }, waits: 'a waiting, 1' },
    ],
    [
      'where it is next, too',
      [
        ['b', 'success', 1],
        ['a', 'waiting', 2],
      ],
      { shown: { current: 'b success', next: 'a waiting' }, waits: 'a waiting, 1' },
    ],
    [
      'where nothing was ever deployed',
      [['a', 'waiting', 1]],
      { shown: { current: 'a waiting' }, waits: 'a waiting, 1' },
    ],
    [
      'the newest of three, of which one is told of twice',
      [
        ['a', 'waiting', 1],
        ['c', 'waiting', 3],
        ['a', 'waiting', 2],
        ['b', 'waiting', 2],
        ['d', 'success', 4],
      ],
      { shown: { current: 'd success' }, waits: 'c waiting, 3' },
    ],
    [
      'nothing, once it runs',
      [
        ['b', 'success', 1],
        ['a', 'waiting', 2],
        ['a', 'in-progress', 3],
      ],
      { shown: { current: 'a in-progress', last_successful: 'b success' }, waits: undefined },
    ],
    [
      'nothing, once it is cancelled, though something came since',
      [
        ['a', 'waiting', 1],
        ['b', 'success', 5],
        ['a', 'cancelled', 2],
      ],
      { shown: { current: 'b success' }, waits: undefined },
    ],
    [
      'nothing, once it is rejected',
      [
        ['a', 'waiting', 1],
        ['b', 'success', 5],
        ['a', 'rejected', 6],
      ],
      { shown: { current: 'b success', next: 'a rejected' }, waits: undefined },
    ],
  ])('is shown: %s', async (service, reports, { shown, waits }) => {
    await tell(server, service, ...reports);
    expect(await shortSlot(server, service)).toEqual(shown);
    expect(await waiting(service)).toBe(waits);
  });

  test('is not what waits in another environment or project', async () => {
    await tell(server, 'quiet', ['b', 'success', 1]);
    await server.client.record(report({ service: 'quiet', environment: 'staging', status: 'waiting' }));
    await tell(server, 'other', ['a', 'waiting', 1]);
    expect(await waiting('quiet')).toBeUndefined();
  });

  test('is answered to who has the version of before, when it begins and when it ends, though all else stays', async () => {
    await tell(server, 'caught-up', ['b', 'success', 9]);
    const since = async (version: number) => {
      const { rows, version: now } = await server.client.matrix({ since: String(version) });
      const slot = rows.find(({ service }) => service === 'caught-up')?.slots['production'];
      return { slot: slot && [slot.current.deployment_id, slot.waiting?.count], now };
    };
    const { version } = await server.client.matrix();
    expect((await since(version)).slot).toBeUndefined();
    await tell(server, 'caught-up', ['a', 'waiting', 1]);
    const begun = await since(version);
    expect(begun.slot).toEqual(['b', 1]);
    await tell(server, 'caught-up', ['a', 'cancelled', 2]);
    expect((await since(begun.now)).slot).toEqual(['b', undefined]);
  });

  test('follows what is decided, and ends with a deletion', async () => {
    const scene = await approvalScene(server);
    const project = await scene.newProject();
    const service = pathOf(project).split('/').at(-1) ?? '';
    await scene.protect(project, { approval_rules: developers });
    const count = async () => (await slotOf(server, service))?.waiting?.count;
    const ids = [];
    for (let made = 0; made < 3; made++) ids.push((await scene.deploy(project)).id);
    const [approved = 0, rejected = 0, deleted = 0] = ids;
    expect(await count()).toBe(3);
    await scene.approve(project, approved, scene.people.ann);
    expect((await slotOf(server, service))?.current.status).toBe('in-progress');
    expect(await count()).toBe(2);
    await scene.decide(project, rejected, scene.people.ann, { status: 'rejected' });
    expect(await count()).toBe(1);
    const { status } = await scene.send(`DELETE ${project}/deployments/${deleted}`, server.adminToken);
    expect(status).toBe(204);
    expect(await count()).toBeUndefined();
  });

  test('is shown, too, where a node wrote it that knows of no index by environment', async () => {
    await tell(server, 'rolling', ['a', 'waiting', 1], ['b', 'success', 2]);
    await tell(server, 'rolled', ['c', 'waiting', 1]);
    await server.context.database.transaction((tx) => tx.updateTable('waits').set({ environment_id: 0 }).execute());
    await tell(server, 'rolling', ['b', 'success', 3]);
    expect(await waiting('rolling')).toBe('a waiting, 1');
  });

  test('is told to nobody who may not see the project', async () => {
    const { path } = await privateProject(server, 'hidden/vault');
    const [namespace = '', service = ''] = path.split('/');
    await server.client.record(report({ namespace, service, status: 'waiting' }));
    await server.client.record(report({ namespace, service, status: 'success' }));
    const { token } = await person(server, `stranger-${name}`);
    expect((await server.client.matrix({ service })).rows[0]?.slots['production']?.waiting?.count).toBe(1);
    expect(JSON.stringify(await server.clientOf(token).matrix())).not.toContain('vault');
  });

  test('is the same after all was made anew from the log', async () => {
    await tell(server, 'anew', ['a', 'waiting', 1], ['c', 'waiting', 2], ['c', 'in-progress', 3], ['b', 'success', 9]);
    const before = (await server.client.matrix()).rows;
    await rebuildProjections(database);
    await using fresh = await startTestServer({ database, adminToken: server.adminToken });
    expect((await fresh.client.matrix()).rows).toEqual(before);
    expect(await waiting('anew')).toBe('a waiting, 1');
  });
});
