import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type TestDatabase } from '../support/databases.ts';
import { type SpawnedServer, spawnServer } from '../support/spawned-server.ts';

/** What bundling could break: most tests run the sources, users run dist/. */
describe.each(databases)('the built server on $name', ({ create }) => {
  let database: TestDatabase;
  let server: SpawnedServer;

  beforeAll(async () => {
    database = await create();
    server = await spawnServer(database);
  });

  afterAll(async () => {
    await server.kill('SIGTERM');
    await database.drop();
  });

  test('signs in with a token and knows the session by its cookie', async () => {
    const signedIn = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: server.adminToken }),
    });
    expect(signedIn.status).toBe(200);
    const [cookie] = signedIn.headers.getSetCookie().map((line) => line.split(';')[0]);
    const session = await fetch(`${server.url}/api/session`, { headers: { cookie: cookie ?? '' } });
    expect(await session.json()).toMatchObject({ signed_in: true });
  });

  test.each(['/', '/docs/'])('serves %s without inline script', async (path) => {
    const answer = await fetch(`${server.url}${path}`, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self'(;|$)/);
    const page = await answer.text();
    expect(page).toMatch(/<script[^>]* src=/);
    expect(page).not.toMatch(/<script(?![^>]* src=)/);
  });

  test.each(['br', 'gzip'])('serves files compressed by %s', async (encoding) => {
    const answer = await fetch(`${server.url}/docs/swagger-ui.css`, { headers: { 'accept-encoding': encoding } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-encoding')).toBe(encoding);
  });

  test('lets files named after their content be kept for ever, and nothing else', async () => {
    const ask = (path: string, encoding: string) =>
      fetch(`${server.url}${path}`, { headers: { accept: 'text/html', 'accept-encoding': encoding } });
    const page = await (await ask('/', 'identity')).text();
    const assets = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(assets.length).toBeGreaterThan(0);
    for (const path of assets) {
      for (const encoding of ['br', 'gzip', 'identity']) {
        const answer = await ask(path, encoding);
        const { headers } = answer;
        expect([path, headers.get('cache-control')]).toEqual([path, 'public, max-age=31536000, immutable']);
        // What is small is sent as it is.
        const isPlain = encoding === 'identity' || (await answer.arrayBuffer()).byteLength < 1024;
        expect([path, headers.get('content-encoding')]).toEqual([path, isPlain ? null : encoding]);
        expect([path, headers.get('vary')?.toLowerCase()]).toEqual([path, expect.stringContaining('accept-encoding')]);
      }
    }
    for (const path of ['/', '/index.html', '/activity', '/docs/', '/theme.js']) {
      const { status, headers } = await ask(path, 'br');
      expect([path, status, headers.get('cache-control')]).toEqual([path, 200, 'no-cache']);
    }
  });

  test('documents itself as OpenAPI 3.1', async () => {
    const answer = await fetch(`${server.url}/openapi.json`);
    expect(await answer.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1/), paths: expect.any(Object) });
  });
});
