import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../test/support/ask.ts';
import { databases } from '../../../test/support/databases.ts';
import { report } from '../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';
import { loadConfig } from '../config.ts';

describe.each(databases)('the setting of the rate limit, on $name,', ({ name }) => {
  test.each([
    ['off', [201, 201, 201, 201], null],
    ['3', [201, 201, 201, 429], '3'],
  ])('%s, is what a token may write a minute', async (text, statuses, limit) => {
    const { rateLimit } = loadConfig({}, { SHIPLOG_RATE_LIMIT: text });
    await using server = await startTestServer({ database: name, rateLimit });
    const seen: number[] = [];
    for (let write = 1; write <= 4; write += 1) {
      const { status, headers } = await ask(server, 'POST /api/deployments', { body: report() });
      seen.push(status);
      expect(headers.get('x-ratelimit-limit')).toBe(limit);
    }
    expect(seen).toEqual(statuses);
  });
});

describe.each(databases)('too much, on $name,', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name, rateLimit: 5 });
  });
  afterAll(() => server.stop());
  const tokenOf = async (token: string) =>
    (await server.client.createToken({ name: token, scopes: ['api'] })).token ?? '';
  const record = (token: string, service: string) =>
    ask(server, 'POST /api/deployments', { token, body: report({ service }) });

  test('by one token is a 429 that says when to come back, and others are not held up', async () => {
    const [busy, calm] = [await tokenOf('busy'), await tokenOf('calm')];
    for (let write = 1; write <= 5; write += 1) expect((await record(busy, 'limited')).status).toBe(201);
    const answer = await record(busy, 'limited');
    expect(answer.status).toBe(429);
    expect(answer.body).toMatchObject({ type: 'urn:shiplog:error:rate_limited', status: 429 });
    expect(answer.headers.get('retry-after')).toMatch(/^([1-9]|[1-5]\d|60)$/);
    expect((await record(calm, 'limited')).status).toBe(201);
    expect((await server.client.deployments({ service: 'limited' })).items).toHaveLength(6);
  });

  test('of all kinds of writes together is too much as well', async () => {
    const token = await tokenOf('mixed');
    for (let write = 1; write <= 3; write += 1) expect((await record(token, 'mixed')).status).toBe(201);
    const batch = () => ask(server, 'POST /api/deployments/batch', { token, body: [report({ service: 'mixed' })] });
    expect([(await batch()).status, (await batch()).status]).toEqual([201, 201]);
    expect((await batch()).status).toBe(429);
    expect((await ask(server, 'PUT /api/fetcher/state/mixed', { token, body: { cursor: '1' } })).status).toBe(429);
  });

  test('is never said of reads', async () => {
    const token = await tokenOf('reader');
    for (let read = 1; read <= 20; read += 1)
      expect((await ask(server, 'GET /api/matrix', { token })).status).toBe(200);
  });

  test('of signing in from one address is a 429, right password or not; tokens go on', async () => {
    const signIn = (body: object) => ask(server, 'POST /api/session', { token: null, body });
    expect((await signIn({ username: 'admin', password: 'guess' })).status).toBe(401);
    for (let guess = 2; guess <= 9; guess += 1) expect((await signIn({ token: `guess-${guess}` })).status).toBe(401);
    expect((await signIn({ token: server.adminToken })).status).toBe(200);
    const answer = await signIn({ token: server.adminToken });
    expect([answer.status, answer.body.code]).toEqual([429, 'rate_limited']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(server, 'GET /api/matrix')).status).toBe(200);
  });
});
