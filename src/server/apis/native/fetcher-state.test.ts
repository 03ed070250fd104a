import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import type { FetcherState } from '../../../contract/server-info.ts';

describe.each(databases)('where a poller left off, on $name,', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());
  const put = (adapter: string, body: unknown) => ask(server, `PUT /api/fetcher/state/${adapter}`, { body });
  const get = (adapter: string) => ask<FetcherState>(server, `GET /api/fetcher/state/${adapter}`);

  test('is unknown until it is told', async () => {
    const answer = await ask(server, 'GET /api/fetcher/state/github-actions');
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  });

  test('is kept as it was told, and the last word counts', async () => {
    expect((await put('github-actions', { cursor: 'one' })).status).toBe(204);
    const second = await put('github-actions', { cursor: '{"since":"Ünïcode 🚢"}' });
    expect([second.status, second.text]).toEqual([204, '']);
    const { status, body } = await get('github-actions');
    expect(status).toBe(200);
    expect(body).toEqual({
      adapter: 'github-actions',
      cursor: '{"since":"Ünïcode 🚢"}',
      updated_at: expect.any(String),
    });
    expect(Math.abs(Date.parse(body.updated_at) - Date.now())).toBeLessThan(60_000);
  });

  test('may be empty, and is of each adapter its own', async () => {
    expect((await put('a', { cursor: '' })).status).toBe(204);
    expect((await put('0-b', { cursor: 'b' })).status).toBe(204);
    expect([(await get('a')).body.cursor, (await get('0-b')).body.cursor]).toEqual(['', 'b']);
  });

  test('may be 8,192 characters long, and not one more', async () => {
    expect((await put('long', { cursor: 'x'.repeat(8192) })).status).toBe(204);
    const answer = await put('long', { cursor: 'x'.repeat(8193) });
    expect([answer.status, answer.body.code]).toEqual([413, 'body_too_large']);
    expect((await get('long')).body.cursor).toHaveLength(8192);
  });

  test.each([
    [{}, ['/cursor']],
    [{ cursor: 7 }, ['/cursor']],
    [{ cursor: null }, ['/cursor']],
    [{ cursor: 'a\u0000' }, ['/cursor']],
    [{ cursor: 'a', since: 1 }, ['/since']],
    [[], ['']],
  ])('told as %j is refused', async (body, pointers) => {
    const answer = await put('refused', body);
    expect([answer.status, pointersOf(answer)]).toEqual([422, pointers]);
    expect((await get('refused')).status).toBe(404);
  });

  test.each(['GitHub', '-a', 'a.b', 'a%2Fb', 'x'.repeat(65), '%00'])(
    'of an adapter called %s is refused',
    async (adapter) => {
      for (const answer of [
        await put(adapter, { cursor: 'a' }),
        await ask(server, `GET /api/fetcher/state/${adapter}`),
      ]) {
        expect([answer.status, pointersOf(answer)]).toEqual([422, ['/adapter']]);
      }
    },
  );
});
