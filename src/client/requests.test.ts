import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { Requests } from './requests.ts';

/** Answers each request with its number, once as many have come. */
async function serve(awaited: number) {
  const waiting: (() => void)[] = [];
  const server = createServer((_, response) => {
    const number = waiting.push(() => response.end(String(number)));
    if (number >= awaited) for (const answer of waiting) answer();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listens on a port, not a pipe
  return {
    requests: new Requests({ baseUrl: `http://127.0.0.1:${port}`, joinsRepeats: true }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

test('a change that is asked for twice at once is sent once', async () => {
  await using server = await serve(1);
  const ask = () => server.requests.send<number>('POST', '/things', { body: { name: 'one' } });
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
});

test('changes that differ in their headers are both sent', async () => {
  await using server = await serve(2);
  const ask = (key: string) =>
    server.requests.send<number>('POST', '/things', { body: {}, headers: { 'idempotency-key': key } });
  expect((await Promise.all([ask('a'), ask('b')])).toSorted()).toEqual([1, 2]);
});

test('a caller that gives up its change leaves the same change of another alone', async () => {
  await using server = await serve(3);
  const stopper = new AbortController();
  const first = server.requests.send<number>('POST', '/things', { body: {} });
  const second = server.requests.send<number>('POST', '/things', { body: {}, signal: stopper.signal });
  stopper.abort();
  await expect(second).rejects.toThrow(/abort/);
  const third = server.requests.send<number>('PUT', '/things', { body: {} });
  const fourth = server.requests.send<number>('DELETE', '/things');
  expect(await Promise.all([first, third, fourth])).toHaveLength(3);
});
