import { describe, expect, test } from 'vitest';
import { databases } from '../../../test/support/databases.ts';
import { report } from '../../../test/support/factories.ts';
import { startTestServer } from '../../../test/support/server.ts';
import { signIn } from '../../../test/support/sign-in.ts';

const dayMs = 86_400_000;

describe.each(databases)('housekeeping on $name', ({ name, create }) => {
  test('forgets idempotency keys after seven days, and nothing of the log', async () => {
    let now = Date.now();
    await using server = await startTestServer({ database: name, clock: () => now });
    const run = async () => {
      for (const job of server.context.jobs.jobs) await server.context.jobs.runOnce(job);
    };
    const sent = report({ service: 'kept' });
    const first = await server.client.record(sent, { idempotencyKey: 'key' });
    now += 7 * dayMs;
    await run();
    expect((await server.client.record(sent, { idempotencyKey: 'key' })).id).toBe(first.id);
    now += dayMs;
    await run();
    expect((await server.client.record(sent, { idempotencyKey: 'key' })).id).not.toBe(first.id);
    expect((await server.client.deployments({ service: 'kept' })).items).toHaveLength(2);
  });

  test('removes sessions that are over', async () => {
    let now = Date.now();
    await using server = await startTestServer({ database: name, clock: () => now });
    await signIn(server, { token: server.adminToken });
    const sessions = () => server.context.database.read.selectFrom('sessions').selectAll().execute();
    for (const days of [13, 2]) {
      now += days * dayMs;
      for (const job of server.context.jobs.jobs) await server.context.jobs.runOnce(job);
      expect(await sessions()).toHaveLength(days === 13 ? 1 : 0);
    }
  });

  test('is done by one of several nodes, and by another where that one is gone', async () => {
    await using database = await create();
    let now = Date.now();
    const done: string[] = [];
    const job = (node: string) => ({ name: 'counted', everyMs: 60_000, run: async () => void done.push(node) });
    await using a = await startTestServer({ database, clock: () => now });
    await using b = await startTestServer({ database, clock: () => now });
    await a.context.jobs.runOnce(job('a'));
    await b.context.jobs.runOnce(job('b'));
    await a.context.jobs.runOnce(job('a'));
    expect(done).toEqual(['a']);
    now += 60_000;
    await b.context.jobs.runOnce(job('b'));
    expect(done).toEqual(['a', 'b']);
  });

  test('that fails is told in the log, and tried again when it is due', async () => {
    const log: string[] = [];
    let now = Date.now();
    await using server = await startTestServer({ database: name, log, clock: () => now });
    let tries = 0;
    const job = {
      name: 'failing',
      everyMs: 60_000,
      run: async () => {
        tries += 1;
        throw new Error('no luck');
      },
    };
    await server.context.jobs.runOnce(job);
    now += 60_000;
    await server.context.jobs.runOnce(job);
    expect(tries).toBe(2);
    expect(log.filter((line) => line.includes('no luck') && line.includes('"job":"failing"'))).toHaveLength(2);
  });
});
