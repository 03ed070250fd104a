import { Gitlab } from '@gitbeaker/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

describe.each(databases)('the GitLab API of a server on $name', ({ name }) => {
  let server: TestServer;
  let now = Date.UTC(2026, 4, 1);
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
  });
  afterAll(() => server.stop());
  const get = <T>(path: string, token: string | null, headers = {}) =>
    ask<T>(server, `GET /api/v4${path as '/'}`, {
      token: null,
      headers: { ...(token === null ? {} : { 'private-token': token }), ...headers },
    });

  test('says a version that clients take for a GitLab, and its own beside it', async () => {
    const { Metadata } = new Gitlab({ host: server.url, token: server.adminToken });
    const versions = {
      version: expect.stringMatching(/^17\.\d+\.\d+$/),
      revision: 'shiplog',
      shiplog_version: expect.stringMatching(/^\d/),
    };
    expect((await get('/version', server.adminToken)).body).toEqual(versions);
    expect(await Metadata.show()).toMatchObject({ ...versions, enterprise: true, kas: { enabled: false } });
  });

  test('says who the caller is', async () => {
    const { Users } = new Gitlab({ host: server.url, token: server.adminToken });
    expect(await Users.showCurrentUser()).toMatchObject({
      username: 'shiplog-admin',
      state: 'active',
      bot: true,
      is_admin: true,
      web_url: `${server.url}/shiplog-admin`,
      created_at: '2026-05-01T00:00:00.000Z',
    });
  });

  test('says who somebody is whom an administrator acts as, and nobody else does', async () => {
    await server.client.createUser({ username: 'ann', name: 'Ann' });
    for (const sudo of ['ann', 'ANN']) {
      const answer = await get<{ id: number; username: string; is_admin: boolean }>('/user', server.adminToken, {
        sudo,
      });
      expect(answer.body).toMatchObject({ username: 'ann', is_admin: false });
      const byId = await get<{ username: string }>(`/user?sudo=${answer.body.id}`, server.adminToken);
      expect(byId.body.username).toBe('ann');
    }
    const unknown = await get('/user', server.adminToken, { sudo: 'zoe' });
    expect([unknown.status, unknown.body]).toEqual([404, { message: "404 User with ID or username 'zoe' Not Found" }]);
  });

  test('tells a token that has ended from one that never was', async () => {
    const make = async (body: object) =>
      (
        await ask<{ id: number; token: string }>(server, 'POST /api/tokens', {
          body: { name: 'ends', scopes: ['read_api'], ...body },
        })
      ).body;
    const short = await make({ expires_at: new Date(now + 60_000).toISOString() });
    const revoked = await make({});
    expect((await get('/version', short.token)).status).toBe(200);
    await ask(server, `DELETE /api/tokens/${revoked.id}`);
    now += 120_000;
    const ended = { error: 'invalid_token', error_description: expect.any(String) };
    for (const token of [short.token, revoked.token]) {
      const answer = await get('/version', token);
      expect([answer.status, answer.body]).toEqual([401, ended]);
    }
    const wrong = await get('/version', 'slg_wrong');
    expect([wrong.status, wrong.body, wrong.headers.get('www-authenticate')]).toEqual([
      401,
      { message: '401 Unauthorized' },
      expect.stringContaining('Bearer'),
    ]);
  });

  test('says nothing to nobody', async () => {
    for (const path of ['/version', '/metadata', '/user']) {
      const answer = await get(path, null);
      expect([path, answer.status, answer.body]).toEqual([path, 401, { message: '401 Unauthorized' }]);
    }
  });

  test('answers what is no path, or no route, in its own shape', async () => {
    const broken = await get('/projects/%E0%A4', server.adminToken);
    expect([broken.status, broken.headers.get('content-type')]).toEqual([
      400,
      expect.stringContaining('application/json'),
    ]);
    expect(broken.body).toHaveProperty('message');
    const unknown = await get('/nothing', server.adminToken, { accept: 'text/html' });
    expect([unknown.status, unknown.body]).toEqual([404, { error: '404 Not Found' }]);
  });

  test('counts what is written against the rate of its token, also where the token is in the body', async () => {
    await using limited = await startTestServer({ database: name, rateLimit: 2 });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) {
      const body = `private_token=${limited.adminToken}`;
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await ask(limited, 'POST /api/v4/projects/1/environments', { token: null, headers, body });
      statuses.push(answer.status);
      if (answer.status === 429) expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    }
    expect(statuses).toEqual([400, 400, 429]);
  });
});
