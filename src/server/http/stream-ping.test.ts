import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { report } from '../../../test/support/factories.ts';
import { startTestServer } from '../../../test/support/server.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

test('a stream without events is pinged every 15 seconds, so that nothing between takes it for dead', async () => {
  await using server = await startTestServer();
  const leaving = new AbortController();
  const { body } = await fetch(`${server.url}/api/events/stream`, {
    headers: { 'x-api-key': server.adminToken },
    signal: leaving.signal,
  });
  const chunks = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const until = async (pattern: RegExp) => {
    while (!pattern.test(text)) text += (await chunks?.read())?.value ?? '';
  };

  await until(/: connected\n/);
  vi.advanceTimersByTime(14_999);
  await server.client.record(report());
  await until(/^data: /m);
  expect(text).not.toContain(': ping');
  vi.advanceTimersByTime(1);
  await until(/^: ping\n\n/m);
  vi.advanceTimersByTime(15_000);
  await until(/: ping\n\n: ping\n\n/);
  leaving.abort();
});
