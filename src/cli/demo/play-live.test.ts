import { describe, expect, test } from 'vitest';
import { startTestServer } from '../../../test/support/server.ts';
import type { Terminal } from '../terminal.ts';
import { generateFleet } from './generate-fleet.ts';
import { playLive } from './play-live.ts';

describe('the live demo', () => {
  test('says why it does not hear of decisions, and goes on', async () => {
    await using server = await startTestServer();
    const { token } = await server.client.createToken({ name: 'demo', scopes: ['record'] });
    const now = Date.now();
    const history = generateFleet({ seed: 1, now, services: 5, days: 2 });
    const stopper = new AbortController();
    const told: string[] = [];
    const own = {
      isGuarded: () => false,
      happening: async (report: (typeof history)[number]) => {
        if (told.length > 0) stopper.abort();
        return report;
      },
    };
    await playLive(history, server.clientOf(token), { seed: '1', rate: 60_000, own }, terminal(told), stopper.signal);
    expect(told).toEqual(['The server answered 403.']);
  });
});

function terminal(told: string[]): Terminal {
  const output = (texts: string[]) => ({
    write: (text: string) => void texts.push(text.trimEnd()),
    interactive: false,
    colour: false,
    columns: 80,
    rows: 24,
    onResize: () => undefined,
  });
  return {
    environment: {},
    input: process.stdin,
    out: output([]),
    err: output(told),
    now: Date.now,
    random: Math.random,
    interruption: () => new AbortController().signal,
    outliveReader: () => undefined,
  };
}
