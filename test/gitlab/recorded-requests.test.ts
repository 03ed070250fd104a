import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { databases } from '../support/databases.ts';
import { privateProject } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

/** A request as a client sends it, and what GitLab, or where we differ this server, answers. */
interface Recorded {
  readonly name: string;
  readonly as: Caller;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  readonly status: number;
  /** An error is it whole; anything else in part. Absent: there is no body. */
  readonly answer?: object;
}

type Caller = 'admin' | 'pipeline' | 'reader' | 'stranger' | 'nobody';

const file = new URL('../fixtures/gitlab-requests.json', import.meta.url);
const recorded: readonly Recorded[] = JSON.parse(readFileSync(file, 'utf8'));

// In their order: the first makes the deployment that later ones mean.
describe.each(databases)('a request recorded from a client of GitLab, on $name', ({ name: database }) => {
  let server: TestServer;
  const tokens: Partial<Record<Caller, string>> = {};
  const known: Record<string, string> = {};
  beforeAll(async () => {
    server = await startTestServer({ database });
    const parent = await ask<{ id: number }>(server, 'POST /api/v4/groups', { body: { name: 'Group', path: 'group' } });
    const sub = { name: 'Sub', path: 'sub', parent_id: parent.body.id };
    const group = await ask<{ id: number }>(server, 'POST /api/v4/groups', { body: sub });
    const body = { path: 'proj', namespace_id: group.body.id };
    const project = await ask<{ id: number }>(server, 'POST /api/v4/projects', { body });
    const other = await privateProject(server, 'group/other');
    const token = async (of: number, scope: string, level = 30) => {
      const wanted = { name: scope, scopes: [scope], access_level: level };
      return (await ask<{ token: string }>(server, `POST /api/v4/projects/${of}/access_tokens`, { body: wanted })).body
        .token;
    };
    tokens.admin = server.adminToken;
    tokens.pipeline = await token(project.body.id, 'api');
    tokens.reader = await token(project.body.id, 'read_api');
    tokens.stranger = await token(other.id, 'api');
    known['project'] = String(project.body.id);
    known['token'] = tokens.pipeline;
  });
  afterAll(() => server.stop());

  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (whole, key: string) => known[key] ?? whole);

  test.each(recorded)('is answered: $name', async ({ as, request, status, answer }) => {
    const token = tokens[as];
    const headers = Object.entries(request.headers ?? {}).map(([key, value]) => [key, filled(value)]);
    const response = await fetch(`${server.url}${filled(request.path)}`, {
      method: request.method,
      headers: { ...Object.fromEntries(headers), ...(token === undefined ? {} : { 'private-token': token }) },
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const text = await response.text();
    expect(response.status, text).toBe(status);
    if (answer === undefined) return expect(text).toBe('');
    expect(response.headers.get('content-type')).toBe('application/json');
    const body = JSON.parse(text);
    if (status < 400) expect(body).toMatchObject(answer);
    else expect(body).toEqual(answer);
    known['deployment'] ??= String(body.id);
  });
});
