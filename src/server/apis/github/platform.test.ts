import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askGitHub } from '../../../../test/github/checked-answers.ts';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Refusal {
  readonly message: string;
  readonly documentation_url: string;
  readonly status: string;
  readonly errors?: readonly unknown[];
}

const now = Date.parse('2026-06-03T12:00:00.500Z');
const nobody = { token: null } as const;

describe.each(databases)("what all of GitHub's API has in common, on $name", ({ name }) => {
  let server: TestServer;
  let reader: Person;
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
    await privateProject(server, 'Acme/Widget');
    reader = await person(server, 'reader');
    await join(server, 'project', 'Acme/Widget', reader, 'reporter');
  });
  afterAll(() => server.stop());

  test.each([
    ['/repos/acme/widget', ''],
    ['//repos/acme/widget', ''],
    ['/api/v3/repos/acme/widget', '/api/v3'],
    ['/api/v3//repos/ACME/WIDGET', '/api/v3'],
    ['//api/v3/repos/Acme/Widget?x=//', '/api/v3'],
  ])('the API answers at %s, and its links lead to where it was reached', async (path, base) => {
    const { status, body } = await ask<{ url: string }>(server, `GET ${path as '/'}`);
    expect([status, body.url]).toEqual([200, `${server.url}${base}/repos/Acme/Widget`]);
  });

  test.each([
    '/repos/acme/widget/deployments//statuses',
    '/repos/acme//widget',
    '/repos//acme/widget',
    '/repos/acme/widget/',
    '/api/v3/nothing',
    '/api/v3/repos/acme',
    '/repos/acme/widget/branches',
    '/repos/acme/wid%00get',
    '/repos/1/2',
    '/repos/a%2Fb%2Fc/widget',
  ] as const)('what is not there, as %s, is not found, as GitHub says it', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      const { status, body, headers } = await ask<Refusal>(server, `${method} ${path}`);
      expect([status, body]).toEqual([
        404,
        { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' },
      ]);
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    }
  });

  test('pages and the other APIs stay where they are', async () => {
    expect((await ask(server, 'GET /api/matrix')).status).toBe(200);
    expect((await ask(server, 'GET /api/v4/version')).status).toBe(200);
    expect((await ask(server, 'GET /reposit')).headers.get('content-type')).toContain('application/problem+json');
  });

  test.each([
    ['token', (token: string) => `token ${token}`],
    ['bearer', (token: string) => `bearer ${token}`],
    ['Bearer', (token: string) => `Bearer ${token}`],
    ['a password', (token: string) => `Basic ${Buffer.from(`someone:${token}`).toString('base64')}`],
    ['a user name', (token: string) => `Basic ${Buffer.from(`${token}:`).toString('base64')}`],
  ])('a token is taken as %s', async (_, write) => {
    const headers = { authorization: write(reader.token) };
    const { status, body } = await ask<{ login: string }>(server, 'GET /user', { ...nobody, headers });
    expect([status, body.login]).toEqual([200, 'reader']);
  });

  test('who calls without a token, or with a wrong one, is told so', async () => {
    const without = await askGitHub(server, 'GET /user', nobody);
    expect([without.status, without.body['message']]).toEqual([401, 'Requires authentication']);
    const wrong = await askGitHub(server, 'GET /user', { token: 'ghp_wrong' });
    expect([wrong.status, wrong.body['message']]).toEqual([401, 'Bad credentials']);
  });

  test('a token whose scope is too small is told what it lacks', async () => {
    const narrow = await person(server, 'narrow', { scopes: ['read_api'] });
    await join(server, 'project', 'Acme/Widget', narrow, 'maintainer');
    const request = 'PUT /repos/acme/widget/environments/production';
    const { status, body } = await askGitHub(server, request, { token: narrow.token, body: {} });
    expect(status).toBe(403);
    expect(body['message']).toMatch(/^Resource not accessible by personal access token\. .*write/);
  });

  test('a repository that the caller may not see is not found', async () => {
    const stranger = await person(server, 'stranger');
    const { status, body } = await askGitHub(server, 'GET /repos/acme/widget', { token: stranger.token });
    expect([status, body['message']]).toEqual([404, 'Not Found']);
    expect((await askGitHub(server, 'GET /repos/acme/widget', { token: reader.token })).status).toBe(200);
  });

  test.each([
    ['{"ref":', 400, 'Problems parsing JSON'],
    ['["main"]', 400, 'Body should be a JSON object'],
    ['"main"', 400, 'Body should be a JSON object'],
    ['{}', 422, 'Invalid request.\n\n"ref" wasn\'t supplied.'],
    ['', 422, 'Invalid request.\n\n"ref" wasn\'t supplied.'],
  ])('the body %s is answered with %i', async (body, status, text) => {
    const answer = await askGitHub(server, 'POST /repos/acme/widget/deployments', {
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.status, answer.body['message']]).toEqual([status, text]);
  });

  test('a body that is too large is told so', async () => {
    const body = { ref: 'main', payload: 'x'.repeat(1024 * 1024) };
    const answer = await askGitHub(server, 'POST /repos/acme/widget/deployments', { body });
    expect([answer.status, answer.body['message']]).toEqual([413, 'The body is too large.']);
  });

  test('all that is wrong with a body is told at once', async () => {
    const body = { ref: 'main', auto_merge: 'perhaps', description: 7, required_contexts: 3, task: 'x'.repeat(256) };
    const answer = await askGitHub<Refusal>(server, 'POST /repos/acme/widget/deployments', { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ message: 'Validation Failed' });
    const fields = (answer.body.errors as { field: string; resource: string; code: string }[]).map(
      ({ resource, field, code }) => `${resource} ${field} ${code}`,
    );
    expect(fields.sort()).toEqual(
      ['auto_merge', 'required_contexts', 'task'].map((field) => `Deployment ${field} custom`),
    );
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/vnd.github+json', undefined])(
    'JSON is read whatever its sender calls it: %s',
    async (type) => {
      const body = Buffer.from(JSON.stringify({ ref: '' }));
      const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
      const answer = await ask<Refusal>(server, 'POST /repos/acme/widget/deployments', { body, headers });
      expect([answer.status, answer.body.errors]).toEqual([
        422,
        [{ resource: 'Deployment', field: 'ref', code: 'missing_field' }],
      ]);
    },
  );

  test('a form is read as one', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = 'name=main&type=tag';
    await ask(server, 'PUT /repos/acme/widget/environments/form', { body: { deployment_branch_policy: custom } });
    const answer = await ask<{ name: string; type: string }>(
      server,
      'POST /repos/acme/widget/environments/form/deployment-branch-policies',
      { body, headers },
    );
    expect(answer.body).toMatchObject({ name: 'main', type: 'tag' });
  });

  test.each([
    ['application/vnd.github.v3+json', 'github.v3; format=json'],
    ['application/vnd.github+json', 'github.v3; format=json'],
    ['', 'github.v3; format=json'],
    ['*/*', 'github.v3; format=json'],
    ['text/html', 'github.v3; format=json'],
    [
      'application/vnd.github.flash-preview+json,application/vnd.github.ant-man-preview+json',
      'github.flash-preview.ant-man-preview; format=json',
    ],
  ])('whatever a client accepts, as %s, it gets JSON', async (accept, mediaType) => {
    const headers = { accept, 'content-type': 'application/json', 'x-github-api-version': '2022-11-28' };
    const answer = await askGitHub(server, 'GET /repos/acme/widget', { headers });
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-github-media-type': mediaType,
      'x-github-api-version-selected': '2022-11-28',
      'x-github-request-id': expect.stringMatching(/\w/),
      'x-oauth-scopes': expect.stringContaining('repo'),
      'x-ratelimit-reset': String(Date.parse('2026-06-03T13:00:00Z') / 1000),
    });
    expect(answer.headers.get('deprecation')).toBeNull();
  });

  test('a version of the API that is not served is refused', async () => {
    const { status } = await askGitHub(server, 'GET /user', { headers: { 'x-github-api-version': '2021-01-01' } });
    expect(status).toBe(400);
  });

  test('what a client has already is not sent again', async () => {
    const first = await askGitHub(server, 'GET /repos/acme/widget');
    const etag = first.headers.get('etag') ?? '';
    for (const known of [etag, etag.replace('W/', ''), `"other", ${etag}`]) {
      const again = await ask(server, 'GET /repos/acme/widget', { headers: { 'if-none-match': known } });
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect((await ask(server, 'GET /repos/acme/widget', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    const head = await ask(server, 'HEAD /repos/acme/widget');
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', etag]);
    const other = await askGitHub(server, 'GET /user', { headers: { 'if-none-match': etag } });
    expect(other.status).toBe(200);
  });

  test('the root tells signed-in clients where to go on', async () => {
    for (const path of ['/api/v3', '/api/v3/'] as const) {
      const { status, body } = await ask<Record<string, string>>(server, `GET ${path}`);
      expect([status, body['current_user_url']]).toEqual([200, `${server.url}/api/v3/user`]);
      expect((await ask(server, `GET ${path}`, nobody)).status).toBe(401);
    }
    expect((await ask<Record<string, unknown>>(server, 'GET /api/v3/meta')).body).toHaveProperty('installed_version');
    expect((await askGitHub(server, 'GET /rate_limit')).body).toHaveProperty('rate.remaining', 1_000_000);
    expect((await askGitHub(server, 'GET /user')).body).toHaveProperty('type', 'Bot');
  });

  test('whoever writes too much is told to wait, in the words that clients wait at', async () => {
    await using busy = await startTestServer({ database: name, rateLimit: 2 });
    await privateProject(busy, 'acme/widget');
    const put = () => askGitHub(busy, 'PUT /repos/acme/widget/environments/production', { body: {} });
    const rates = [await put(), await put()].map(({ status, headers }) => [
      status,
      headers.get('x-ratelimit-limit'),
      headers.get('x-ratelimit-remaining'),
      headers.get('x-ratelimit-used'),
    ]);
    expect(rates).toEqual([
      [200, '2', '1', '1'],
      [200, '2', '0', '2'],
    ]);
    const third = await put();
    expect([third.status, third.headers.get('x-ratelimit-remaining')]).toEqual([429, '0']);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    const reset = Number(third.headers.get('x-ratelimit-reset')) * 1000;
    expect(Math.abs(reset - Date.now())).toBeLessThan(90_000);
    expect(third.body['message']).toContain('secondary rate limit');
    expect((await askGitHub(busy, 'GET /repos/acme/widget')).status).toBe(200);
  });
});

const custom = { protected_branches: false, custom_branch_policies: true } as const;
