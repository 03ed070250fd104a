import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../test/support/ask.ts';
import { databases } from '../../../test/support/databases.ts';
import { report } from '../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';
import { signIn } from '../../../test/support/sign-in.ts';

describe.each(databases)('a change by session cookie on $name', ({ name }) => {
  let server: TestServer;
  let cookie: string;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    cookie = (await signIn(server, { token: server.adminToken })).page.headers.cookie;
  });
  afterAll(() => server.stop());
  const host = () => new URL(server.url).host;
  const change = (headers: Readonly<Record<string, string>>) =>
    ask(server, 'POST /api/deployments', {
      token: null,
      body: report({ service: 'by-cookie' }),
      headers: { cookie, ...headers },
    });

  test.each([
    ['another site', () => ({ origin: 'https://evil.example' })],
    ['another site, as the browser says', () => ({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })],
    ['a sister site', () => ({ 'sec-fetch-site': 'same-site', origin: 'https://other.example' })],
    ['another port of this host', () => ({ origin: 'http://127.0.0.1:1' })],
    ['a page without an origin', () => ({ origin: 'null' })],
    ['nowhere it says', () => ({})],
  ])('from %s is refused', async (_, headers) => {
    const answer = await change(headers());
    expect([answer.status, answer.body.code]).toEqual([403, 'origin_mismatch']);
  });

  test.each([
    ['our own page', () => ({ 'sec-fetch-site': 'same-origin' })],
    ['our own page in an older browser', () => ({ origin: `http://${host()}` })],
  ])('from %s is done', async (_, headers) => {
    expect((await change(headers())).status).toBe(201);
  });

  test('is refused for signing out from another site too, while reading is not a change', async () => {
    const evil = { cookie, origin: 'https://evil.example' };
    expect((await ask(server, 'DELETE /api/session', { token: null, headers: evil })).status).toBe(403);
    expect((await ask(server, 'GET /api/matrix', { token: null, headers: evil })).status).toBe(200);
  });

  test('is no matter for a token, which a browser does not send by itself', async () => {
    expect((await change({ 'x-api-key': server.adminToken, origin: 'https://evil.example' })).status).toBe(201);
  });

  test('leaves no way for another site to read an answer: no CORS header is sent', async () => {
    const answer = await ask(server, 'GET /api/matrix', { headers: { origin: 'https://evil.example' } });
    expect([...answer.headers.keys()].filter((header) => header.startsWith('access-control'))).toEqual([]);
  });
});
