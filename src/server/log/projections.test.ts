import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../test/support/ask.ts';
import { databases, type TestDatabase } from '../../../test/support/databases.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';
import { second } from '../../../test/support/slots.ts';
import type { DeploymentReport } from '../../contract/deployment-event.ts';
import type { MatrixRow } from '../../contract/matrix.ts';
import { acceptedNativeStatuses } from '../../contract/statuses.ts';
import { rebuildProjections } from '../maintenance.ts';

/** Each run makes the whole log anew, that of the runs before it too. */
const runs = { sqlite: 25, postgres: 15 } as const;

/** Reports that get in each other's way: few deployments, few moments, few words. */
const fact = fc.record(
  {
    deployment_id: fc.constantFrom('a', 'b', 'c'),
    environment: fc.constantFrom('dev', 'test', 'stage', 'prod'),
    // What starts and what comes to nothing moves a slot back, so there is more of it.
    status: fc.constantFrom(...acceptedNativeStatuses, 'in-progress', 'in-progress', 'cancelled', 'cancelled'),
    happened_at: fc.integer({ min: 0, max: 12 }).map(second),
    version: fc.constantFrom('1', '2', '3'),
    sha: fc.constantFrom('x', 'y'),
    actor: fc.constantFrom('ada', 'bob'),
  },
  { requiredKeys: ['deployment_id', 'environment', 'status', 'happened_at'] },
);
const facts = fc.array(fact, { minLength: 1, maxLength: 60, size: 'max' });
/** What is done to deployments by their id, through GitLab's API: which of them, and what. */
const acts = fc.array(
  fc.record({ which: fc.nat(20), what: fc.constantFrom('DELETE', 'running', 'success', 'failed', 'canceled') }),
  { maxLength: 8 },
);
/** How many reports each request holds. */
const splits = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 12 });
const distinctTimes = fc
  .uniqueArray(fact, { minLength: 2, maxLength: 25, selector: ({ happened_at }) => happened_at })
  .chain((list) =>
    fc.record({ facts: fc.constant(list), shuffled: fc.shuffledSubarray(list, { minLength: list.length }) }),
  );

describe.each(databases)('what is shown of the log on $name', ({ name, create }) => {
  let database: TestDatabase;
  let server: TestServer;
  let made = 0;
  beforeAll(async () => {
    database = await create();
    server = await startTestServer({ database });
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  /** Tells the facts of a service of its own in requests of the given sizes, some of them at the same instant. */
  async function tellAll(
    list: readonly Omit<DeploymentReport, 'service'>[],
    sizes: readonly number[],
    service = `service-${++made}`,
  ): Promise<string> {
    const waiting: Promise<unknown>[] = [];
    for (let from = 0, turn = 0; from < list.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1;
      waiting.push(server.client.recordBatch(list.slice(from, from + size).map((one) => ({ ...one, service }))));
      from += size;
      if (turn % 3 === 2) await Promise.all(waiting.splice(0));
    }
    await Promise.all(waiting);
    return service;
  }

  /** Some of it is refused, which must change nothing either. */
  async function actOn(service: string, list: readonly { readonly which: number; readonly what: string }[]) {
    const { read } = server.context.database;
    const rows = await read
      .selectFrom('deployments as d')
      .innerJoin('projects as p', 'p.id', 'd.project_id')
      .select('d.id')
      .where('p.name', '=', service)
      .orderBy('d.id')
      .execute();
    for (const { which, what } of list) {
      const path = `/api/v4/projects/${service}/deployments/${rows[which % rows.length]?.id}`;
      if (what === 'DELETE') await ask(server, `DELETE ${path as '/'}`);
      else await ask(server, `PUT ${path as '/'}`, { body: { status: what } });
    }
  }

  /** What the tables that are made from the log say of a service; of a slot's row only the version may differ. */
  async function projectionsOf(service: string) {
    const { read } = server.context.database;
    const { id } = await read.selectFrom('projects').select('id').where('name', '=', service).executeTakeFirstOrThrow();
    const rowsOf = (table: 'deployments' | 'slots' | 'project_counters') =>
      read.selectFrom(table).selectAll().where('project_id', '=', id).execute();
    const [deployments, slots, counters] = [
      await rowsOf('deployments'),
      await rowsOf('slots'),
      await rowsOf('project_counters'),
    ];
    const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify({ ...row, version: 0 })).sort();
    return [deployments, slots, counters].map(sorted);
  }

  const rowOf = async (service: string) => (await server.client.matrix({ service })).rows[0];

  test('is the same after it was made anew from the log', { timeout: 180_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(facts, splits, acts, facts, async (list, sizes, done, later) => {
        const service = await tellAll(list, sizes);
        await actOn(service, done);
        await tellAll(later.slice(0, 3), sizes, service);
        const before = await rowOf(service);
        const tables = await projectionsOf(service);
        await rebuildProjections(database);
        expect(await projectionsOf(service)).toEqual(tables);
        await using fresh = await startTestServer({ database, adminToken: server.adminToken });
        expect((await fresh.client.matrix({ service })).rows[0]).toEqual(before);
      }),
      { numRuns: runs[name], endOnFailure: true },
    );
  });

  test('reaches a server that runs while it is made anew, and grows on from there', async () => {
    const service = await tellAll(
      [{ deployment_id: 'a', environment: 'prod', status: 'in-progress', happened_at: second(1) }],
      [1],
    );
    const before = await server.client.matrix();
    await rebuildProjections(database);
    // SQLite tells of another process's commit within half a second.
    await expect.poll(async () => (await server.client.matrix()).version).toBeGreaterThan(before.version);
    expect((await server.client.matrix()).rows).toEqual(before.rows);
    await server.client.record({
      service,
      deployment_id: 'a',
      environment: 'prod',
      status: 'success',
      happened_at: second(2),
    });
    expect((await rowOf(service))?.slots['prod']?.current.status).toBe('success');
  });

  test('does not depend on the order in which facts of different moments arrive', async () => {
    await fc.assert(
      fc.asyncProperty(distinctTimes, splits, async ({ facts: list, shuffled }, sizes) => {
        const [first, second_] = [await rowOf(await tellAll(list, sizes)), await rowOf(await tellAll(shuffled, sizes))];
        expect(withoutArrival(second_)).toEqual(withoutArrival(first));
      }),
      { numRuns: runs[name], endOnFailure: true },
    );
  });
});

/** What tells when and as which row something arrived. */
function withoutArrival(row: MatrixRow | undefined): unknown {
  return JSON.parse(
    JSON.stringify(row, (key, value: unknown) =>
      ['id', 'position', 'service', 'deployment_number'].includes(key) ? undefined : value,
    ),
  );
}
