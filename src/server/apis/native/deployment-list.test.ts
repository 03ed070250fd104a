import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import type { DeploymentPage } from '../../../contract/deployment-event.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString().replace('.000Z', 'Z');

describe.each(databases)('the list of events on $name', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    await server.client.recordBatch([
      report({
        deployment_id: 'r1',
        service: 'web',
        environment: 'staging',
        status: 'queued',
        happened_at: at(1),
        version: 'v-one',
      }),
      report({
        deployment_id: 'r1',
        service: 'web',
        environment: 'staging',
        status: 'success',
        happened_at: at(2),
        version: 'v-two',
      }),
      report({
        deployment_id: 'r1',
        service: 'web',
        environment: 'production',
        status: 'failure',
        happened_at: at(3),
        version: 'v-three',
      }),
      report({
        deployment_id: 'r2',
        service: 'web',
        namespace: 'acme',
        environment: 'production',
        happened_at: at(4),
        version: 'v-four',
      }),
      report({
        deployment_id: 'r3',
        service: 'api',
        namespace: 'acme',
        environment: 'production',
        happened_at: at(5),
        version: 'v-five',
      }),
    ]);
  });
  afterAll(() => server.stop());

  const versions = async (query: string) => {
    const answer = await ask<DeploymentPage>(server, `GET /api/deployments${query}`);
    expect(answer.status).toBe(200);
    return answer.body.items.map(({ version }) => version?.slice(2));
  };

  test.each([
    ['', ['five', 'four', 'three', 'two', 'one']],
    ['?service=web', ['four', 'three', 'two', 'one']],
    ['?service=WEB', []],
    ['?namespace=acme', ['five', 'four']],
    ['?namespace=', ['three', 'two', 'one']],
    ['?service=web&namespace=', ['three', 'two', 'one']],
    ['?environment=production', ['five', 'four', 'three']],
    ['?environment=staging&service=web', ['two', 'one']],
    ['?status=queued', ['one']],
    ['?status=success&service=web', ['four', 'two']],
    ['?status=inactive', []],
    ['?status=queued,failure', ['three', 'one']],
    ['?deployment_id=r1', ['three', 'two', 'one']],
    ['?deployment_id=r1&environment=production', ['three']],
    ['?service=unknown', []],
    [`?since=${at(3)}`, ['five', 'four', 'three']],
    [`?until=${at(3)}`, ['two', 'one']],
    [`?since=${at(2)}&until=${at(4)}`, ['three', 'two']],
    [`?since=${at(3)}&until=${at(3)}`, []],
    [`?since=${encodeURIComponent('2026-01-01T01:00:04+01:00')}`, ['five', 'four']],
    ['?q=', ['five', 'four', 'three', 'two', 'one']],
    ['?q=ACME', ['five', 'four']],
    ['?q=v-t&status=failure', ['three']],
    ['?q=acme+V-FOUR', ['four']],
    ['?q=+web%09stag+', ['two', 'one']],
    ['?q=web+failed', ['three']],
    ['?q=web+unknown', []],
    ['?q=+', ['five', 'four', 'three', 'two', 'one']],
    ['?q=v-_', []],
    ['?q=%25', []],
  ])('filtered by %s', async (query, expected) => {
    expect(await versions(query)).toEqual(expected);
  });

  test.each([
    ['service', 'Needle-service'],
    ['namespace', 'Needle-namespace'],
    ['environment', 'Needle-environment'],
    ['version', 'Needle-version'],
    ['actor', 'Needle-Ärger'],
    ['ref', 'refs/Needle-ref'],
    ['sha', 'Needle-sha'],
    ['deployment_id', 'Needle-id'],
    ['run_number', 908_172],
    ['status', 'rejected'],
  ])('a search finds text in %s, without regard to case', async (field, value) => {
    const event = await server.client.record({
      ...report({ service: `find-${field}`, environment: 'search' }),
      [field]: value,
    });
    const text = String(value).slice(1, -1).toUpperCase();
    expect((await server.client.deployments({ q: text, environment: event.environment })).items).toContainEqual(event);
  });

  test('pages through ties give every event exactly once and in order', async () => {
    const batch = Array.from({ length: 45 }, (_, index) =>
      report({ service: 'ties', environment: `e${index % 3}`, happened_at: at(100 + Math.floor(index / 20)) }),
    );
    await server.client.recordBatch(batch);
    for (const extra of ['', '&environment=e1', '&status=success', '&q=ties']) {
      const seen: { id: string; happened_at: string; position: number }[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const path: `/${string}` = `/api/deployments?service=ties&limit=7${extra}${cursor === '' ? '' : `&cursor=${cursor}`}`;
        const page: DeploymentPage = (await ask<DeploymentPage>(server, `GET ${path}`)).body;
        expect(page.items.length).toBe(page.next_cursor === null ? page.items.length : 7);
        seen.push(...page.items);
        cursor = page.next_cursor;
      }
      const expected = extra === '&environment=e1' ? 15 : 45;
      expect(new Set(seen.map(({ id }) => id)).size).toBe(expected);
      expect(seen).toHaveLength(expected);
      const sorted = seen.toSorted((a, b) => b.happened_at.localeCompare(a.happened_at) || b.position - a.position);
      expect(seen.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id));
    }
  });

  test('a page that is exactly full is followed by none where nothing is left', async () => {
    await server.client.recordBatch([report({ service: 'full' }), report({ service: 'full' })]);
    const page = await server.client.deployments({ service: 'full', limit: '2' });
    expect(page.items).toHaveLength(2);
    expect(page.next_cursor).toBeNull();
    expect((await server.client.deployments({ service: 'full', limit: '1' })).next_cursor).toEqual(expect.any(String));
  });

  test('an event that arrives between two pages disturbs neither', async () => {
    await server.client.recordBatch(
      [50, 51, 52].map((second) => report({ service: 'between', happened_at: at(second) })),
    );
    const first = await server.client.deployments({ service: 'between', limit: '2' });
    await server.client.record(report({ service: 'between', happened_at: at(53) }));
    const rest = await server.client.deployments({ service: 'between', limit: '2', cursor: first.next_cursor ?? '' });
    expect(rest.items.map(({ happened_at }) => happened_at)).toEqual([at(50)]);
  });

  test.each([
    ['limit=0', '/limit'],
    ['limit=501', '/limit'],
    ['limit=-1', '/limit'],
    ['limit=ten', '/limit'],
    ['limit=1&limit=2', '/limit'],
    ['cursor=nonsense', '/cursor'],
    ['cursor=', '/cursor'],
    ['cursor=%00', '/cursor'],
    ['since=yesterday', '/since'],
    ['since=2026-01-01T00:00:00', '/since'],
    ['until=2026-02-30T00:00:00Z', '/until'],
    ['status=done', '/status'],
    ['status=', '/status'],
    ['status=success,done', '/status'],
    ['service=', '/service'],
    ['service=%00', '/service'],
    ['environment=%00', '/environment'],
    ['namespace=%00', '/namespace'],
    ['deployment_id=%00', '/deployment_id'],
    [`q=${'x'.repeat(201)}`, '/q'],
    ['page=2', '/page'],
  ])('the parameter %s is refused with a pointer', async (query, pointer) => {
    const answer = await ask(server, `GET /api/deployments?${query}`);
    expect([answer.status, pointersOf(answer)]).toEqual([422, [pointer]]);
  });

  test('a status that is none is refused with those there are', async () => {
    const answer = await ask(server, 'GET /api/deployments?status=success,done');
    const message = expect.stringMatching(
      /^must be one of pending, .*cancelled.*, or several with commas between them$/,
    );
    expect(answer.body.errors).toEqual([{ pointer: '/status', message }]);
  });

  test('takes a search of 200 characters and a limit of 500', async () => {
    expect(await versions(`?q=${'x'.repeat(200)}&limit=500`)).toEqual([]);
  });

  test.each(['00000000-0000-7000-8000-000000000000', 'not-an-id', '7', '%00', 'a%2Fb'])(
    'an event %s that does not exist is a 404',
    async (id) => {
      const answer = await ask(server, `GET /api/deployments/${id}`);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.body).toMatchObject({
        type: 'urn:shiplog:error:not_found',
        title: expect.any(String),
        status: 404,
      });
    },
  );

  test('an event is found by its id in capitals too', async () => {
    const event = await server.client.record(report({ service: 'capitals' }));
    expect(await server.client.deployment(event.id.toUpperCase())).toEqual(event);
  });

  test('what is told of a deployment by its number goes by its key as well', async () => {
    const event = await server.client.record(report({ service: 'numbered', deployment_id: 'run-7', status: 'queued' }));
    const path = `/api/v4/projects/numbered/deployments/${event.deployment_number}` as const;
    expect((await ask(server, `PUT ${path}`, { body: { status: 'success' } })).status).toBe(200);
    const { items } = await server.client.deployments({ service: 'numbered' });
    expect(items.map(({ status, deployment_id: id }) => [status, id])).toEqual([
      ['success', 'run-7'],
      ['queued', 'run-7'],
    ]);
  });
});
