import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { administrator, join, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { DeploymentsClient } from '../../../client/deployments-client.ts';
import type { DeploymentReport } from '../../../contract/deployment-event.ts';

const start = Date.parse('2026-03-01T08:00:00Z');
const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString().replace('.000Z', 'Z');

describe.each(databases)('one deployment by its number on $name', ({ name }) => {
  let server: TestServer;
  let deployments: DeploymentsClient;
  let services = 0;
  beforeAll(async () => {
    // Nothing leaves this machine.
    server = await startTestServer({ database: name, outgoing: { resolve: async () => [] } });
    deployments = new DeploymentsClient(server.client.requests);
  });
  afterAll(() => server.stop());

  /** Tells of the production of a service of its own, minutes after the start of the test’s time. */
  function lane(namespace = 'crew') {
    services += 1;
    const service = `lane${services}`;
    const tell = async (minutes: number, said: Partial<DeploymentReport>) =>
      (await server.client.record(report({ namespace, service, happened_at: at(minutes), ...said }))).deployment_number;
    return { path: `${namespace}/${service}`, tell };
  }

  test('tells what it is now and how it came to be, oldest first', async () => {
    const { path, tell } = lane();
    const run = { deployment_id: `run-${path}`, version: '1.4.0', sha: 'abc1234', actor: 'maya' };
    const number = await tell(0, { ...run, status: 'queued' });
    await tell(7, { ...run, status: 'success' });
    await tell(2, { ...run, status: 'in-progress', run_url: 'https://ci.example/7' });
    const details = await deployments.one(number);
    expect(details).toMatchObject({
      project: path,
      tier: 'production',
      deployment: { deployment_number: number, status: 'success', version: '1.4.0', run_url: 'https://ci.example/7' },
      started_at: at(2),
      finished_at: at(7),
      user: 'Administrator token',
      succeeded_at: at(7),
      live: true,
      before: null,
      after: null,
      rolled_back: false,
      previous: null,
      next: null,
      diff_url: null,
      event_count: 3,
      earlier_cursor: null,
    });
    expect(details.events.map(({ status, happened_at }) => [status, happened_at])).toEqual([
      ['queued', at(0)],
      ['in-progress', at(2)],
      ['success', at(7)],
    ]);
  });

  test('knows what succeeded before and after it, and its neighbours whatever became of them', async () => {
    const { tell } = lane();
    const first = await tell(0, { version: '1.0.0' });
    const broken = await tell(10, { version: '1.1.0', status: 'failure' });
    const second = await tell(20, { version: '1.1.1' });
    const third = await tell(30, { version: '1.2.0' });
    expect(await deployments.one(second)).toMatchObject({
      live: false,
      live_now: { deployment: third },
      before: { deployment: first, version: '1.0.0', status: 'success', at: at(0) },
      after: { deployment: third, version: '1.2.0' },
      rolled_back: false,
      previous: { deployment: broken, status: 'failure' },
      next: { deployment: third },
    });
    expect(await deployments.one(broken)).toMatchObject({
      live: false,
      succeeded_at: null,
      before: { deployment: first },
      after: { deployment: second },
      previous: { deployment: first },
    });
    expect(await deployments.one(third)).toMatchObject({ live: true, after: null, next: null });
  });

  test('was rolled back where what was there before succeeded next', async () => {
    const { tell } = lane();
    await tell(0, { version: '1.0.0' });
    const bad = await tell(10, { version: '1.1.0' });
    const back = await tell(20, { version: '1.0.0' });
    expect(await deployments.one(bad)).toMatchObject({ rolled_back: true, after: { deployment: back } });
    expect(await deployments.one(back)).toMatchObject({ rolled_back: false, live: true });
  });

  test('was not rolled back where the same was deployed again', async () => {
    const { tell } = lane();
    await tell(0, { version: '1.0.0' });
    const again = await tell(10, { version: '1.0.0' });
    const third = await tell(20, { version: '1.0.0' });
    expect(await deployments.one(again)).toMatchObject({ rolled_back: false, after: { deployment: third } });
  });

  test('goes by when things happened, not by when they were told', async () => {
    const { tell } = lane();
    const late = await tell(20, { version: '2.0.0' });
    const early = await tell(0, { version: '1.0.0' });
    expect(await deployments.one(late)).toMatchObject({ before: { deployment: early }, after: null, live: true });
    expect(await deployments.one(early)).toMatchObject({ before: null, after: { deployment: late }, live: false });
  });

  test('knows where its forge shows what is new, once a change there is known', async () => {
    const { path, tell } = lane();
    await tell(0, { version: '1.0.0', sha: '0a1b2c3d' });
    const number = await tell(10, { version: '1.1.0', sha: '9f8e7d6c' });
    expect((await deployments.one(number)).diff_url).toBeNull();
    const webUrl = 'https://gitlab.example/crew/cart/-/merge_requests/4';
    const change = {
      number: 4,
      title: 'Take cards',
      state: 'merged',
      webUrl,
      createdAt: start,
      updatedAt: start,
    } as const;
    const { id } = await server.context.projects.resolve(await administrator(server), path);
    await server.context.changes.tell(id, [change], 'tool');
    expect((await deployments.one(number)).diff_url).toBe(
      'https://gitlab.example/crew/cart/-/compare/0a1b2c3d...9f8e7d6c',
    );
  });

  test('knows that by the repository, for those who may know where it is', async () => {
    const { path, tell } = lane();
    await tell(0, { version: '1.0.0', sha: '0a1b2c3d' });
    const number = await tell(10, { version: '1.1.0', sha: '9f8e7d6c' });
    const [maintainer, developer] = [
      await person(server, `connector-${name}`),
      await person(server, `onlooker-${name}`),
    ];
    await join(server, 'project', path, maintainer, 'maintainer');
    await join(server, 'project', path, developer, 'developer');
    const seen = async () => {
      const clients = [maintainer, developer].map(({ token }) => server.clientOf(token));
      return Promise.all(
        clients.map(async ({ requests }) => (await new DeploymentsClient(requests).one(number)).diff_url),
      );
    };
    const connect = async (url: string, kind: 'github' | 'gitlab') => {
      const query = `project=${encodeURIComponent(path)}`;
      const sent = await ask(server, `PUT /api/repository?${query}`, { body: { url, forge: { kind } } });
      expect(sent.status).toBe(200);
    };
    const commits = '0a1b2c3d...9f8e7d6c';
    await connect('https://git.internal.example/crew/cart.git', 'gitlab');
    const secret = `https://git.internal.example/crew/cart/-/compare/${commits}`;
    expect(await seen()).toEqual([secret, null]);
    await connect('https://github.com/crew/cart.git', 'github');
    const open = `https://github.com/crew/cart/compare/${commits}`;
    expect(await seen()).toEqual([open, open]);
    // Without a forge, readers are told nothing at all of where it is.
    const query = `project=${encodeURIComponent(path)}`;
    await ask(server, `PUT /api/repository?${query}`, { body: { url: 'https://github.com/crew/cart.git' } });
    expect(await seen()).toEqual([open, null]);
  });

  test('brings the latest of many events, and the earlier ones when asked', async () => {
    const { path, tell } = lane();
    const key = { deployment_id: `nightly-${path}` };
    const reports = Array.from({ length: 230 }, (_, index) =>
      report({
        ...key,
        namespace: 'crew',
        service: path.slice('crew/'.length),
        status: index % 2 === 0 ? 'in-progress' : 'success',
        version: `1.${index >> 1}.0`,
        happened_at: at(index),
      }),
    );
    await server.client.recordBatch(reports);
    const number = await tell(231, { ...key, status: 'queued' });
    const details = await deployments.one(number);
    expect(details.event_count).toBe(231);
    expect(details.events).toHaveLength(100);
    expect(details.events.at(-1)?.status).toBe('queued');
    const earlier = await deployments.earlierEvents(number, details.earlier_cursor ?? '');
    const first = await deployments.earlierEvents(number, earlier.next_cursor ?? '');
    expect([earlier.items.length, first.items.length, first.next_cursor]).toEqual([100, 31, null]);
    const all = [...first.items, ...earlier.items, ...details.events].map(({ happened_at: moment }) => moment);
    expect(all).toEqual([...all].sort());
    expect(new Set(all).size).toBe(231);
  });

  test('is not there for who may not see its project', async () => {
    const { path } = await privateProject(server, 'safe/vault');
    const member = await person(server, `mia-${name}`);
    const stranger = await person(server, `sam-${name}`);
    await join(server, 'project', path, member, 'reporter');
    const { deployment_number: number } = await server.client.record(report({ namespace: 'safe', service: 'vault' }));
    const routes = ['', '/events?cursor=9', '/lineage'].map(
      (rest) => `GET /api/deployments/by-number/${number}${rest}` as const,
    );
    for (const request of routes) {
      expect((await ask(server, request, { token: member.token })).status).toBe(200);
      expect((await ask(server, request, { token: stranger.token })).status).toBe(404);
      expect((await ask(server, request, { token: null })).status).toBe(401);
    }
    expect((await ask(server, 'GET /api/lineage?project=safe%2Fvault', { token: member.token })).status).toBe(200);
    expect((await ask(server, 'GET /api/lineage?project=safe%2Fvault', { token: stranger.token })).status).toBe(404);
  });

  test('that does not exist, or that is no number, is not found', async () => {
    for (const number of ['2000000000', 'latest', '1e3', '-1']) {
      expect((await ask(server, `GET /api/deployments/by-number/${number}`)).status).toBe(404);
    }
  });
});
