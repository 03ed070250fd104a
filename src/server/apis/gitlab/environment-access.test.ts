import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { dayMs, iso, newProject } from '../../../../test/support/gitlab-environments.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

describe.each(databases)("GitLab's environments on $name", ({ name: database }) => {
  let server: TestServer;
  const now = Date.UTC(2026, 4, 1);
  beforeAll(async () => {
    server = await startTestServer({ database, clock: () => now });
  });
  afterAll(() => server.stop());

  async function tokenOf(level: number | 'read' | 'record', path: string): Promise<string> {
    if (typeof level === 'string') {
      const scopes = [level === 'read' ? ('read_api' as const) : ('record' as const)];
      return (await server.client.createToken({ name: 'walks', scopes })).token ?? '';
    }
    const made = await ask<{ token: string }>(
      server,
      `POST /api/v4/projects/${encodeURIComponent(path) as ''}/access_tokens`,
      {
        body: { name: 'walks', scopes: ['api'], access_level: level, expires_at: iso(now + 30 * dayMs).slice(0, 10) },
      },
    );
    return made.body.token;
  }

  describe('are closed', () => {
    const requests = [
      ['GET ', 20, 200],
      ['GET /:id', 20, 200],
      ['POST ', 30, 201],
      ['PUT /:id', 30, 200],
      ['POST /:id/stop', 30, 200],
      ['DELETE /:id', 40, 204],
      ['POST /stop_stale?before=2026-01-01', 40, 200],
      ['DELETE /review_apps', 40, 200],
    ] as const;
    const bodyOf = (request: string) =>
      request.startsWith('GET') ? undefined : request === 'POST ' ? { name: 'new' } : {};

    test.each([20, 30, 40])('to what the access level %i may not do', async (level) => {
      const { send, stopped, path, url } = await newProject(server, now);
      await ask(server, `PUT /api/v4${url as ''}`, { body: { visibility: 'private' } });
      const token = await tokenOf(level, path);
      const id = await stopped('qa');
      for (const [request, needed, status] of requests) {
        const answer = await send(request.replace(':id', String(id)), bodyOf(request), token);
        expect([request, answer.status]).toEqual([request, level < needed ? 403 : status]);
        if (level < needed) expect(answer.body).toEqual({ message: '403 Forbidden' });
      }
    });

    test.each(['nobody', 'a token of another project', 'a token that reads', 'a token that records'])(
      'to %s',
      async (who) => {
        const { send, stopped } = await newProject(server, now);
        const other = await newProject(server, now);
        const tokens: Record<string, () => Promise<string> | null> = {
          nobody: () => null,
          'a token of another project': () => tokenOf(40, other.path),
          'a token that reads': () => tokenOf('read', ''),
          'a token that records': () => tokenOf('record', ''),
        };
        const token = (await tokens[who]?.()) ?? null;
        const id = await stopped('qa');
        for (const [request] of requests) {
          const answer = await send(request.replace(':id', String(id)), bodyOf(request), token);
          const mayRead = who === 'a token that reads' && request.startsWith('GET');
          const expected = who === 'nobody' ? 401 : who === 'a token of another project' ? 404 : mayRead ? 200 : 403;
          expect([request, answer.status]).toEqual([request, expected]);
          if (expected === 404) expect(answer.body).toEqual({ message: '404 Project Not Found' });
        }
      },
    );

    test('to who asks in another project, or for what is none', async () => {
      const { stopped } = await newProject(server, now);
      const id = await stopped('qa');
      const { send } = await newProject(server, now);
      for (const request of ['GET /:id', 'PUT /:id', 'DELETE /:id', 'POST /:id/stop']) {
        for (const [asked, status, body] of [
          [id, 404, { message: '404 Not found' }],
          [999_999, 404, { message: '404 Not found' }],
          ['abc', 400, { error: 'environment_id is invalid' }],
        ] as const) {
          const answer = await send(request.replace(':id', String(asked)), bodyOf(request));
          expect([request, answer.status, answer.body]).toEqual([request, status, body]);
        }
      }
    });
  });
});
