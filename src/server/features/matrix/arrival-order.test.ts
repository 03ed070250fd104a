import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { second, shortSlot, slotOf, type Told, tell, told } from '../../../../test/support/slots.ts';

describe.each(databases)('a slot on $name, whatever the order in which it is told,', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());

  test.each<readonly [string, readonly Told[], object]>([
    [
      'a late "running" does not undo its own success',
      [
        ['a', 'success', 9],
        ['a', 'in-progress', 5],
      ],
      { current: 'a success' },
    ],
    [
      '"running" and success in one second is a success',
      [
        ['a', 'success', 5],
        ['a', 'in-progress', 5],
      ],
      { current: 'a success' },
    ],
    [
      'success and "running" in one second is a success',
      [
        ['a', 'in-progress', 5],
        ['a', 'success', 5],
      ],
      { current: 'a success' },
    ],
    [
      'queued, running and cancelled in one second is cancelled',
      [
        ['a', 'cancelled', 5],
        ['a', 'in-progress', 5],
        ['a', 'queued', 5],
      ],
      { current: 'a cancelled' },
    ],
    [
      'of two outcomes in one second the one told last counts',
      [
        ['a', 'success', 5],
        ['a', 'failure', 5],
      ],
      { current: 'a failure', last_successful: 'a success' },
    ],
    [
      'a backdated event never becomes current',
      [
        ['a', 'success', 9],
        ['b', 'failure', 3],
      ],
      { current: 'a success' },
    ],
    [
      'a backdated success is still the last success',
      [
        ['a', 'failure', 9],
        ['b', 'success', 3, 'v0'],
      ],
      { current: 'a failure', last_successful: 'b success v0' },
    ],
    [
      'of two runs in one second the one told last is current',
      [
        ['a', 'success', 5],
        ['b', 'failure', 5],
      ],
      { current: 'b failure', last_successful: 'a success' },
    ],
    [
      'a late cancellation gives way to what ran before',
      [
        ['a', 'success', 1],
        ['b', 'in-progress', 9],
        ['c', 'failure', 5],
        ['b', 'cancelled', 10],
      ],
      { current: 'c failure', last_successful: 'a success', next: 'b cancelled' },
    ],
    [
      'a second attempt that comes to nothing gives way to what happened since the first',
      [
        ['a', 'failure', 1],
        ['b', 'success', 5],
        ['a', 'in-progress', 9],
        ['a', 'cancelled', 10],
      ],
      { current: 'b success', next: 'a cancelled' },
    ],
    [
      'news that moves on leaves nothing stale behind',
      [
        ['a', 'success', 1],
        ['b', 'pending', 5],
        ['b', 'in-progress', 6],
        ['b', 'success', 7],
      ],
      { current: 'b success' },
    ],
    [
      'a late failure between two runs is the previous failure',
      [
        ['a', 'success', 1],
        ['c', 'in-progress', 9],
        ['b', 'failure', 5],
      ],
      { current: 'c in-progress', last_successful: 'a success', prev_failed: true },
    ],
    [
      'a late success of the same run at an earlier time is kept',
      [
        ['a', 'in-progress', 9],
        ['a', 'success', 5],
      ],
      { current: 'a in-progress', last_successful: 'a success' },
    ],
  ])('%s', async (service, reports, shown) => {
    await tell(server, service, ...reports);
    expect(await shortSlot(server, service)).toEqual(shown);
  });

  test('is told of a whole new lane in one batch as it would be one by one', async () => {
    const reports: readonly Told[] = [
      ['a', 'success', 5],
      ['a', 'cancelled', 5],
    ];
    await server.client.recordBatch(reports.map((one) => told('all-at-once', one)));
    expect(await shortSlot(server, 'all-at-once')).toEqual({ current: 'a success' });
  });

  test('gathers what the reports of one run say, the newest word on each matter', async () => {
    const base = { service: 'gathered', deployment_id: 'run', environment: 'production' };
    const one = (status: string, seconds: number, rest: object) => ({
      ...base,
      status,
      happened_at: second(seconds),
      ...rest,
    });
    await server.client.record(one('success', 9, { version: '1.1' }));
    await server.client.record(
      one('in-progress', 5, { version: '1.0', sha: 'abc', actor: 'ada', parent_deployments: ['p'] }),
    );
    await server.client.record(one('queued', 1, { ref: 'main', actor: 'bob', run_number: 7 }));
    expect((await slotOf(server, 'gathered'))?.current).toMatchObject({
      status: 'success',
      version: '1.1',
      sha: 'abc',
      actor: 'ada',
      ref: 'main',
      run_number: 7,
      parent_deployments: ['p'],
    });
  });

  test('starts anew when a run is run again: nothing of the attempt before leaks', async () => {
    const base = { service: 'again', deployment_id: 'checkout-production', environment: 'production' };
    await server.client.record({
      ...base,
      status: 'in-progress',
      happened_at: second(1),
      version: '1',
      sha: 'one',
      actor: 'ada',
    });
    await server.client.record({ ...base, status: 'success', happened_at: second(2) });
    await server.client.record({ ...base, status: 'in-progress', happened_at: second(3), version: '2' });
    const slot = await slotOf(server, 'again');
    expect(slot?.current).toMatchObject({ status: 'in-progress', version: '2' });
    expect(slot?.current).not.toHaveProperty('sha');
    expect(slot?.current).not.toHaveProperty('actor');
    expect(slot?.last_successful).toMatchObject({ version: '1', sha: 'one', actor: 'ada' });
  });

  test('does not mix versions where a pipeline reports only successes under one id for ever', async () => {
    const base = { service: 'successes-only', deployment_id: 'checkout', environment: 'production', status: 'success' };
    await server.client.record({ ...base, happened_at: second(1), version: '1', sha: 'one' });
    await server.client.record({ ...base, happened_at: second(2), version: '2' });
    const slot = await slotOf(server, 'successes-only');
    expect(slot?.current.version).toBe('2');
    expect(slot?.current).not.toHaveProperty('sha');
  });

  test('keeps one id in two environments and two namespaces apart', async () => {
    const run = { deployment_id: 'gh-1', service: 'apart', happened_at: second(1) };
    await server.client.record(report({ ...run, environment: 'staging', status: 'success' }));
    await server.client.record(report({ ...run, environment: 'production', status: 'failure' }));
    await server.client.record(report({ ...run, environment: 'production', namespace: 'acme', status: 'in-progress' }));
    const { rows } = await server.client.matrix({ service: 'apart' });
    expect(
      rows.map(({ namespace, slots }) => [
        namespace,
        Object.entries(slots).map(([at, { current }]) => `${at} ${current.status}`),
      ]),
    ).toEqual([
      [undefined, ['staging success', 'production failure']],
      ['acme', ['production in-progress']],
    ]);
  });
});
