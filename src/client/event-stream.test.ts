import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { readEventStream } from './event-stream.ts';

async function serve(answer: (response: ServerResponse, lastEventId: string | undefined) => void) {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    answer(response, request.headers['last-event-id'] as string | undefined); // a header sent once
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listens on a port, not a pipe
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

test('a stream that went silent is left, and taken up again after the last event', async () => {
  const stopper = new AbortController();
  let resumedFrom: string | undefined;
  await using server = await serve((response, lastEventId) => {
    if (lastEventId === undefined) return response.write('event: deployment\nid: 41\ndata: {"position":41}\n\n');
    resumedFrom = lastEventId;
    return response.write('event: deployment\nid: 42\ndata: {"position":42}\n\n');
  });
  const seen: number[] = [];
  const states: string[] = [];
  await readEventStream({
    url: server.url,
    signal: stopper.signal,
    silenceMs: 300,
    onState: (state) => states.push(state),
    onEvent: ({ position }) => {
      seen.push(position);
      if (position === 42) stopper.abort();
    },
  });
  expect(seen).toEqual([41, 42]);
  expect(resumedFrom).toBe('41');
  expect(states.slice(-3)).toEqual(['live', 'reconnecting', 'live']);
});

test('a stream that broke before its first event goes on after the place where it began', async () => {
  const stopper = new AbortController();
  const resumed: (string | undefined)[] = [];
  await using server = await serve((response, lastEventId) => {
    resumed.push(lastEventId);
    if (lastEventId === undefined) return response.end(': connected\nid: 7\n\n');
    return response.write(': connected\nid: 7\n\nevent: deployment\nid: 8\ndata: {"position":8}\n\n');
  });
  await readEventStream({ url: server.url, signal: stopper.signal, onEvent: () => stopper.abort() });
  expect(resumed).toEqual([undefined, '7']);
});

test('a log that ends before what was read of it was restored from a backup', async () => {
  const stopper = new AbortController();
  const told: string[] = [];
  await using server = await serve((response) => {
    response.write(': connected\nid: 90\n\nevent: deployment\nid: 91\ndata: {"position":91}\n\n');
  });
  await readEventStream({
    url: server.url,
    after: 5000,
    signal: stopper.signal,
    onRestored: () => told.push('restored'),
    onEvent: ({ position }) => {
      told.push(`event ${position}`);
      stopper.abort();
    },
  });
  expect(told).toEqual(['restored', 'event 91']);
});

test('an event that comes in pieces, with letters cut in half, is read whole', async () => {
  const stopper = new AbortController();
  await using server = await serve((response) => {
    const bytes = Buffer.from('event: deployment\nid: 1\ndata: {"position":1,"actor":"Žofie"}\n\n');
    const middle = bytes.indexOf(0xc5) + 1;
    response.write(bytes.subarray(0, middle), () => setImmediate(() => response.write(bytes.subarray(middle))));
  });
  const actors: (string | undefined)[] = [];
  await readEventStream({
    url: server.url,
    signal: stopper.signal,
    onEvent: ({ actor }) => {
      actors.push(actor);
      stopper.abort();
    },
  });
  expect(actors).toEqual(['Žofie']);
});
