import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { databases } from '../../../../test/support/databases.ts';
import { deliveryScene, eventsOf, hookTo } from '../../../../test/support/delivery-scene.ts';
import { startReceiver } from '../../../../test/support/receiver.ts';
import type { TestServerOptions } from '../../../../test/support/server.ts';

describe.each(databases)('deliveries on $name', ({ name }) => {
  const scene = (options: TestServerOptions = {}) => deliveryScene({ database: name, ...options });

  test('to a receiver that hangs hold up neither the caller nor other hooks', async () => {
    await using healthy = await startReceiver();
    await using stage = await scene();
    await hookTo(stage.server, healthy.url);
    const held: ServerResponse[] = [];
    stage.receiver.answer = (response) => void held.push(response);
    for (let count = 0; count < 3; count += 1) await stage.deployed();
    const running = stage.run();
    await expect.poll(() => healthy.received.length).toBe(3);
    expect(stage.receiver.received).toHaveLength(1);
    stage.receiver.answer = (response) => void response.end();
    for (const response of held) response.end();
    await running;
    expect(stage.receiver.received).toHaveLength(3);
  });

  test('to a receiver that hangs are cut off, and tried again', async () => {
    await using stage = await scene({ outgoing: { limitMs: 100 } });
    stage.receiver.answer = () => {};
    await stage.deployed();
    await stage.run();
    const [event] = await eventsOf(stage.server, stage.hook);
    expect(event).toMatchObject({
      error: 'No answer within 0.1 seconds.',
      response_status: 'internal error',
      response_headers: {},
      next_attempt_at: expect.any(String),
    });
  });

  test('to a receiver that keeps hanging are tried less often, until it answers', async () => {
    await using stage = await scene({ outgoing: { limitMs: 60 } });
    stage.receiver.answer = () => {};
    for (let count = 0; count < 6; count += 1) await stage.deployed();
    const triedAfter = async (seconds: number) => {
      stage.clock.now += seconds * 1000;
      await stage.run();
      return stage.receiver.received.length;
    };
    expect([await triedAfter(0), await triedAfter(19), await triedAfter(1), await triedAfter(39)]).toEqual([
      2, 2, 3, 3,
    ]);
    stage.receiver.answer = (response) => void response.end();
    expect(await triedAfter(1)).toBe(9);
    await triedAfter(600);
    const events = await eventsOf(stage.server, stage.hook);
    expect(events.map(({ response_status }) => response_status)).toEqual(Array(6).fill('200'));
  });

  test('to a receiver whose answer trickles without an end are cut off', async () => {
    await using stage = await scene({ outgoing: { limitMs: 300 } });
    stage.receiver.answer = (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    };
    await stage.deployed();
    await stage.run();
    expect((await eventsOf(stage.server, stage.hook))[0]?.error).toBe('No answer within 0.3 seconds.');
  });

  test('keep the first 64 KiB of an answer that has no end, and take what no text can hold', async () => {
    await using stage = await scene({ outgoing: { limitMs: 5000 } });
    stage.receiver.answer = (response) => {
      const more = () => {
        while (response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      response.write('\0');
      more();
    };
    await stage.deployed();
    await stage.run();
    const [event] = await eventsOf(stage.server, stage.hook);
    expect(event).toMatchObject({ response_status: '200', error: null });
    expect(String(event?.['response_body'])).toHaveLength(65_536);
  });
});
