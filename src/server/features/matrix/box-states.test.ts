import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../../../../test/support/databases.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { shortSlot, slotOf, type Told, tell } from '../../../../test/support/slots.ts';

type Case = readonly [name: string, reports: readonly Told[], shown: Awaited<ReturnType<typeof shortSlot>>];

/** States S1 to S8 of the event contract, and what may not disturb them. */
const states: readonly Case[] = [
  ['S1: a success', [['a', 'success', 1, 'v1']], { current: 'a success v1' }],
  [
    'S2: running over a success',
    [
      ['a', 'success', 1, 'v1'],
      ['b', 'in-progress', 2, 'v2'],
    ],
    { current: 'b in-progress v2', last_successful: 'a success v1' },
  ],
  [
    'S3: running after a failure, with an older success',
    [
      ['a', 'success', 1, 'v1'],
      ['b', 'failure', 2, 'v2'],
      ['c', 'in-progress', 3, 'v3'],
    ],
    { current: 'c in-progress v3', last_successful: 'a success v1', prev_failed: true },
  ],
  [
    'S4: failed over a success',
    [
      ['a', 'success', 1, 'v1'],
      ['b', 'failure', 2, 'v2'],
    ],
    { current: 'b failure v2', last_successful: 'a success v1' },
  ],
  ['S5: running, and never a success', [['a', 'in-progress', 1, 'v1']], { current: 'a in-progress v1' }],
  [
    'S6: running after a failure, and never a success',
    [
      ['a', 'failure', 1, 'v1'],
      ['b', 'in-progress', 2, 'v2'],
    ],
    { current: 'b in-progress v2', prev_failed: true },
  ],
  ['S7: failed, and never a success', [['a', 'failure', 1, 'v1']], { current: 'a failure v1' }],
  [
    'S8: never deployed, only news',
    [
      ['a', 'pending', 1],
      ['b', 'waiting', 2],
    ],
    { current: 'b waiting' },
  ],
  [
    'S8: a run that was cancelled before it started',
    [
      ['a', 'queued', 1],
      ['a', 'cancelled', 2],
    ],
    { current: 'a cancelled' },
  ],
  [
    'a run that ends cancelled leaves no spinner',
    [
      ['a', 'success', 1, 'v1'],
      ['b', 'in-progress', 2, 'v2'],
      ['b', 'cancelled', 3],
    ],
    { current: 'a success v1', next: 'b cancelled v2' },
  ],
  [
    'a first run that ends cancelled leaves no spinner either',
    [
      ['a', 'in-progress', 1, 'v1'],
      ['a', 'cancelled', 2],
    ],
    { current: 'a cancelled v1' },
  ],
  [
    'a run that ends rejected leaves the failure before it',
    [
      ['a', 'failure', 1],
      ['b', 'waiting', 2],
      ['b', 'in-progress', 3],
      ['b', 'rejected', 4],
    ],
    { current: 'a failure', next: 'b rejected' },
  ],
  [
    'a run that is cancelled while another runs',
    [
      ['a', 'in-progress', 1],
      ['b', 'in-progress', 2],
      ['b', 'cancelled', 3],
    ],
    { current: 'a in-progress', next: 'b cancelled' },
  ],
  [
    'a run that waits in the middle',
    [
      ['a', 'success', 1],
      ['b', 'in-progress', 2],
      ['b', 'waiting', 3],
    ],
    { current: 'a success', next: 'b waiting' },
  ],
  [
    'the newest news is next',
    [
      ['a', 'success', 1],
      ['b', 'pending', 2],
      ['c', 'queued', 3],
      ['d', 'pending', 3],
    ],
    { current: 'a success', next: 'd pending' },
  ],
  [
    'news from before what runs is not next',
    [
      ['b', 'pending', 1],
      ['a', 'success', 2],
    ],
    { current: 'a success' },
  ],
  [
    'news from the very moment of what runs is not next',
    [
      ['a', 'success', 2],
      ['b', 'pending', 2],
    ],
    { current: 'a success' },
  ],
  [
    'a failure long before the last success is no previous failure',
    [
      ['a', 'failure', 1],
      ['b', 'success', 2],
      ['c', 'in-progress', 3],
    ],
    { current: 'c in-progress', last_successful: 'b success' },
  ],
  [
    'a failure at the very moment of the run is no previous failure',
    [
      ['a', 'failure', 5],
      ['b', 'in-progress', 5],
    ],
    { current: 'b in-progress' },
  ],
  [
    'the second attempt of a failed run',
    [
      ['a', 'failure', 1, 'v1'],
      ['a', 'in-progress', 2, 'v2'],
    ],
    { current: 'a in-progress v2', prev_failed: true },
  ],
];

describe.each(databases)('a slot on $name', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());

  test.each(states)('shows %s', async (service, reports, shown) => {
    await tell(server, service.slice(0, 128), ...reports);
    expect(await shortSlot(server, service.slice(0, 128))).toEqual(shown);
  });

  test('of a service never deployed to an environment is absent', async () => {
    await tell(server, 'absent', ['a', 'success', 1]);
    expect(await slotOf(server, 'absent', 'staging')).toBeUndefined();
    expect((await server.client.matrix({ service: 'nobody' })).rows).toEqual([]);
  });

  test('tells when the run began, also once it is over', async () => {
    await tell(server, 'began', ['a', 'queued', 1], ['a', 'in-progress', 5], ['a', 'success', 9]);
    expect(await slotOf(server, 'began')).toMatchObject({
      started_at: '2026-01-01T12:00:05Z',
      current: { happened_at: '2026-01-01T12:00:09Z' },
    });
  });

  test('does not date what runs by a later attempt that came to nothing', async () => {
    await tell(
      server,
      'retried',
      ['a', 'in-progress', 1],
      ['a', 'success', 2],
      ['a', 'in-progress', 10],
      ['a', 'cancelled', 11],
    );
    const slot = await slotOf(server, 'retried');
    expect(slot?.current).toMatchObject({ status: 'success', happened_at: '2026-01-01T12:00:02Z' });
    expect((slot?.started_at ?? '') <= '2026-01-01T12:00:02Z').toBe(true);
  });
});
