import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { databases } from '../../../../test/support/databases.ts';
import { deliveryScene, eventsOf, fails, hookTo, hourMs, minuteMs } from '../../../../test/support/delivery-scene.ts';
import { startTestServer, type TestServerOptions } from '../../../../test/support/server.ts';

describe.each(databases)('deliveries by several nodes on $name', ({ name, create }) => {
  const scene = (options: TestServerOptions = {}) => deliveryScene({ database: name, ...options });
  const started = (options: TestServerOptions) =>
    startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'], ...options });

  test('are made once by two nodes', async () => {
    await using database = await create();
    await using stage = await scene({ database });
    await using other = await started({ database, clock: () => stage.clock.now, adminToken: stage.server.adminToken });
    for (let count = 0; count < 20; count += 1) {
      await stage.deployed({ version: String(count), status: count % 2 === 0 ? 'in-progress' : 'success' });
      if (count % 5 === 0) void other.context.dispatcher.runOnce();
    }
    await Promise.all([stage.run(), other.context.dispatcher.runOnce(), stage.run()]);
    await Promise.all([stage.run(), other.context.dispatcher.runOnce()]);
    const ids = stage.receiver.received.map(({ json }) => Number(json['deployment_id']));
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
    expect(ids).toHaveLength(20);
  });

  test('are made by one node, in order, while another has time', async () => {
    await using database = await create();
    await using stage = await scene({ database });
    await using other = await started({ database, clock: () => stage.clock.now, adminToken: stage.server.adminToken });
    const held: ServerResponse[] = [];
    stage.receiver.answer = (response) => void held.push(response);
    await stage.deployed();
    await stage.deployed();
    const running = stage.run();
    await expect.poll(() => held.length).toBe(1);
    await other.context.dispatcher.runOnce();
    expect(held).toHaveLength(1);
    stage.receiver.answer = (response) => void response.end();
    held[0]?.end();
    await running;
    await other.context.dispatcher.runOnce();
    expect(stage.receiver.received).toHaveLength(2);
  });

  test('that a node had begun when it ended are made by the next one', async () => {
    await using database = await create();
    await using stage = await scene({ database });
    await using next = await started({ database, clock: () => stage.clock.now, adminToken: stage.server.adminToken });
    const held: ServerResponse[] = [];
    stage.receiver.answer = (response) => void held.push(response);
    await stage.deployed();
    const begun = stage.run();
    await expect.poll(() => held.length).toBe(1);
    stage.receiver.answer = (response) => void response.end();
    await next.context.dispatcher.runOnce();
    expect(stage.receiver.received).toHaveLength(1);
    stage.clock.now += minuteMs;
    await next.context.dispatcher.runOnce();
    expect(stage.receiver.received).toHaveLength(2);
    expect((await eventsOf(next, stage.hook))[0]).toMatchObject({ response_status: '200', next_attempt_at: null });
    held[0]?.end();
    await begun;
  });

  test('are not tried again by another node once the receiver has said that it is gone', async () => {
    await using database = await create();
    await using stage = await scene({ database });
    await using other = await started({ database, clock: () => stage.clock.now, adminToken: stage.server.adminToken });
    for (let hook = 0; hook < 20; hook += 1) await hookTo(stage.server, `${stage.receiver.url}/${hook}`);
    stage.receiver.answer = fails(500);
    await stage.deployed();
    await stage.deployed();
    const runBoth = () => Promise.all([stage.run(), other.context.dispatcher.runOnce()]);
    await expect.poll(() => runBoth().then(() => stage.receiver.received.length)).toBe(42);
    stage.receiver.answer = fails(410);
    stage.clock.now += hourMs;
    let isOver = false;
    const meanwhile = (async () => {
      while (!isOver) {
        await other.context.dispatcher.runOnce();
        // Otherwise nothing but the loop has its turn, where the database answers at once.
        await setImmediate();
      }
    })();
    await stage.run();
    isOver = true;
    await meanwhile;
    await runBoth();
    expect(stage.receiver.received).toHaveLength(63);
  });

  test('that waited when the server ended are made after it starts again, in order', async () => {
    await using database = await create();
    await using stage = await scene({ database });
    await stage.server.context.dispatcher.stop();
    for (const id of ['a', 'b']) {
      for (const status of ['in-progress', 'success'] as const) await stage.deployed({ deployment_id: id, status });
    }
    await stage.server.stop();
    await using next = await started({ database, clock: () => stage.clock.now, adminToken: stage.server.adminToken });
    await next.context.dispatcher.runOnce();
    const told = stage.receiver.received.map(({ json }) => json['status']);
    expect(told).toEqual(['running', 'success', 'running', 'success']);
  });

  test('that are under way when a node ends are ended first', async () => {
    await using stage = await scene();
    const held: ServerResponse[] = [];
    stage.receiver.answer = (response) => void held.push(response);
    await stage.deployed();
    await stage.deployed();
    void stage.run();
    await expect.poll(() => held.length).toBe(1);
    const stopped = stage.server.context.dispatcher.stop();
    held[0]?.end();
    await stopped;
    expect(held).toHaveLength(1);
    const [waiting, delivered] = await eventsOf(stage.server, stage.hook);
    expect([delivered?.response_status, waiting?.attempts]).toEqual(['200', 0]);
  });
});
