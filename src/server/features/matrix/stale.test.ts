import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { second, slotOf, tell } from '../../../../test/support/slots.ts';

const hour = 3600;

describe.each(databases)('a running deployment without news on $name', ({ name }) => {
  let server: TestServer;
  let now = Date.parse(second(0));
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
  });
  afterAll(() => server.stop());
  const setClock = (seconds: number) => {
    now = Math.max(now, Date.parse(second(seconds)));
  };

  test('is stale after an hour, stays running, and is fresh again with the next news', async () => {
    await tell(server, 'silent', ['a', 'in-progress', 0]);
    expect(await slotOf(server, 'silent')).toMatchObject({
      stale_at: second(hour),
      current: { status: 'in-progress' },
    });
    setClock(hour - 1);
    expect(await slotOf(server, 'silent')).not.toHaveProperty('stale');

    const before = await ask(server, 'GET /api/matrix');
    setClock(hour);
    const after = await ask(server, 'GET /api/matrix', {
      headers: { 'if-none-match': before.headers.get('etag') ?? '' },
    });
    expect(after.status).toBe(200);
    expect(await slotOf(server, 'silent')).toMatchObject({ stale: true, current: { status: 'in-progress' } });

    await tell(server, 'silent', ['a', 'in-progress', hour - 10]);
    const slot = await slotOf(server, 'silent');
    expect(slot).not.toHaveProperty('stale');
    expect(slot?.stale_at).toBe(second(2 * hour - 10));
  });

  test('is stale at once where it was told of long ago', async () => {
    await tell(server, 'old', ['a', 'in-progress', -2 * hour]);
    expect(await slotOf(server, 'old')).toMatchObject({ stale: true });
  });

  test('has no limit once it is over', async () => {
    await tell(server, 'over', ['a', 'in-progress', 0], ['a', 'success', 1]);
    expect(await slotOf(server, 'over')).not.toHaveProperty('stale_at');
    await tell(server, 'only-news', ['a', 'pending', -30 * hour]);
    expect(await slotOf(server, 'only-news')).not.toHaveProperty('stale');
  });

  /** So many runs, one an hour, each as long as it says. */
  async function tellRuns(service: string, durations: readonly number[]): Promise<void> {
    for (const [index, seconds] of durations.entries()) {
      const start = (index - durations.length - 1) * hour;
      await tell(server, service, [`run-${index}`, 'in-progress', start], [`run-${index}`, 'success', start + seconds]);
    }
    await tell(server, service, ['last', 'in-progress', 0]);
  }

  test.each([
    ['four runs are too few to judge by', [100, 100, 100, 100], hour],
    ['five runs of 100 s make it 300 s', [100, 100, 100, 100, 100], 300],
    ['the slowest of few runs counts', [100, 100, 700, 100, 100], 2100],
    ['a slow run long ago does not', [3000, ...Array.from({ length: 20 }, () => 100)], 300],
    ['it is never shorter than a minute', [1, 1, 1, 1, 1], 60],
  ])('has a limit of three times the 95th percentile of its lane: %s', async (service, durations, limit) => {
    await tellRuns(service, durations);
    expect((await slotOf(server, service))?.stale_at).toBe(second(limit));
  });
});
