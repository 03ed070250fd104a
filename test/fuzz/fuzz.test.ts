import { Agent, request as send } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { databases } from '../support/databases.ts';
import { report } from '../support/factories.ts';
import { spawnServer } from '../support/spawned-server.ts';
import { type HostileRequest, HostileRequests, type Operation } from './hostile-requests.ts';

const requests = 10_000;
const senders = 12;
const seed = 7447;
const shownFaults = 10;
const answerLimitMs = 15_000;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

describe.each(databases)('hostile requests on $name', ({ create }) => {
  test(`${requests} of them bring no 5xx, no crash, and a problem for every refusal`, {
    timeout: 180_000,
  }, async () => {
    await using database = await create();
    await using server = await spawnServer({ ...database, flags: ['--log-level', 'warn'] });
    const hostile = new HostileRequests(seed, await operationsOf(server.url), server.adminToken);
    const agent = new Agent({ keepAlive: true, maxSockets: senders });
    const seen = new Map<number, number>();
    const faults: string[] = [];
    let left = requests;
    const sendAll = async () => {
      while (left > 0 && faults.length < shownFaults) {
        left -= 1;
        const request = hostile.next();
        const answer = await ask(server.url, request, agent);
        seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
        const fault = faultOf(request, answer);
        if (fault) faults.push(`${fault}: ${describeRequest(request)}\n  answer: ${answer.body.slice(0, 500)}`);
      }
    };
    await Promise.all(Array.from({ length: senders }, sendAll));
    agent.destroy();
    expect(faults, `with seed ${seed}; the server's log ends with:\n${server.log().slice(-2000)}`).toEqual([]);

    // A fuzzer that is refused at the door tests the door only.
    expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 201, 401, 404, 422]));
    const event = await server.client.record(report());
    expect(await server.client.deployment(event.id)).toEqual(event);
  });

  test('bytes that are no HTTP bring no crash', async () => {
    await using database = await create();
    await using server = await spawnServer({ ...database, flags: ['--log-level', 'warn'] });
    for (const bytes of nonsense) await sendBytes(server.url, bytes);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});

const nonsense = [
  '\r\n\r\n',
  '\u0000\u0001\u0002',
  'GET\r\n\r\n',
  'GET /api/matrix HTTP/9.9\r\n\r\n',
  'GET /api/\u0000 HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET http://[::1 HTTP/1.1\r\nHost: a\r\n\r\n',
  'CONNECT example:443 HTTP/1.1\r\nHost: example\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
  `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(3000)}\r\n`,
  'POST /api/deployments HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
  'POST /api/deployments HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'POST /api/deployments HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n',
  'POST /api/deployments HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a"',
  'GET /api/events/stream HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
];

async function operationsOf(url: string): Promise<Operation[]> {
  const answer = await fetch(`${url}/openapi.json`);
  const document = (await answer.json()) as {
    paths: Record<string, Record<string, { parameters?: { in: string; name: string }[] }>>;
  }; // OpenAPI says so
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [] }]) => ({
      method: method.toUpperCase(),
      path,
      query: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
    })),
  );
  expect(documented.length).toBeGreaterThan(10);
  const others = [
    '/',
    '/docs/',
    '/openapi.json',
    '/metrics',
    '/readyz',
    '/api',
    '/api/nothing',
    '/matrix',
    '/assets/x.js',
  ];
  return [...documented, ...others.map((path) => ({ method: 'GET', path, query: [] }))];
}

function ask(url: string, { method, path, headers, body }: HostileRequest, agent: Agent): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = send({ hostname, port, method, path, headers: { ...headers, ...length }, agent });
    request.once('response', (response) => {
      const head = { status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '' };
      const chunks: Buffer[] = [];
      const end = () => resolve({ ...head, body: Buffer.concat(chunks).toString() });
      if (head.type.startsWith('text/event-stream') && head.status === 200) {
        end();
        request.destroy(); // a stream has no end of its own
        return;
      }
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).once('end', end);
      response.once('error', reject);
    });
    // A refusal may come, and the connection close, before the whole body is sent: then the answer counts, not the error.
    request.once('error', (error) =>
      setImmediate(reject, new Error(`${method} ${path.slice(0, 200)}: ${error.message}`, { cause: error })),
    );
    request.setTimeout(answerLimitMs, () => resolve({ status: 0, type: '', body: '' }));
    request.end(body);
  });
}

function faultOf({ method, path }: HostileRequest, { status, type, body }: Answer): string | undefined {
  if (status === 0) return `no answer within ${answerLimitMs} ms`;
  if (status >= 500) return `answered ${status}`;
  if (status < 400 || method === 'HEAD' || !path.startsWith('/api/')) return undefined;
  if (!type.startsWith('application/problem+json')) return `${status} is no problem+json but "${type}"`;
  const problem: unknown = JSON.parse(body);
  if (typeof problem !== 'object' || problem === null) return 'the problem is no object';
  if (!('status' in problem) || problem.status !== status) return 'the problem has another status';
  if (!('title' in problem) || typeof problem.title !== 'string' || problem.title === '')
    return 'the problem has no title';
  return undefined;
}

function describeRequest({ method, path, headers, body }: HostileRequest): string {
  return `${method} ${path.slice(0, 500)} ${JSON.stringify(headers).slice(0, 500)} ${JSON.stringify(body?.toString().slice(0, 1000))}`;
}

/** Sends the bytes and waits until the server has closed, answered or been left. */
function sendBytes(url: string, bytes: string): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.end(bytes, 'latin1'));
    socket.once('data', () => socket.destroy());
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('error', () => socket.destroy()).once('close', () => resolve());
  });
}
