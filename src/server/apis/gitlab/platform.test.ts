import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { echo, form, type SendOptions, startPlatform } from '../../../../test/support/gitlab-platform.ts';
import { forbidden, invalid, levelTooLow, notFound, ShiplogFault } from '../../errors.ts';
import { badRequest, message } from './answers.ts';
import { pageOf, pageParameters, paginate } from './pagination.ts';
import { choice, text } from './parameters.ts';
import { type GitLabRoute, route } from './route.ts';

const faults: Readonly<Record<string, () => Error>> = {
  project: () => notFound('Project'),
  deployment: () => notFound('deployment'),
  level: levelTooLow,
  reason: () => forbidden('Frozen until Monday'),
  model: () =>
    invalid([
      { pointer: '/name', message: 'is too long' },
      { pointer: '/name', message: 'is odd' },
      { pointer: '/tier', message: 'is unknown' },
    ]),
  conflict: () => new ShiplogFault('conflict', 'Member already exists'),
  busy: () => new ShiplogFault('database_unavailable', 'Try again.', { retryAfterMs: 1500 }),
  bug: () => new Error('the password is hunter2'),
  rule: () => badRequest('Invalid Date'),
  own: () => message(400, { base: ['no'] }),
};

const routes: readonly GitLabRoute[] = [
  echo('/text', { value: text() }),
  echo('/name', { name: text({ required: true }) }),
  route({
    method: 'GET',
    url: '/projects/:id/items',
    access: 'read',
    parameters: { order_by: choice(['id'], { fallback: 'id' }), ...pageParameters },
    handler: async (call) => {
      const page = pageOf(call);
      const items = Array.from({ length: 45 }, (_, index) => index).slice(page.offset, page.offset + page.limit);
      return paginate(call, page, { items, total: 45 });
    },
  }),
  route({
    method: 'GET',
    url: '/uncounted',
    access: 'read',
    parameters: pageParameters,
    handler: async (call) => paginate(call, pageOf(call), { items: [1], hasNext: true }),
  }),
  route({ method: 'GET', url: '/admin', access: 'admin', handler: async () => null }),
  route({
    method: 'GET',
    url: '/fault/:name',
    access: 'read',
    handler: async ({ path }) => {
      throw faults[path['name'] ?? '']?.();
    },
  }),
];

describe('the platform of the GitLab API', () => {
  let platform: Awaited<ReturnType<typeof startPlatform>>;
  beforeAll(async () => {
    platform = await startPlatform(routes);
  });
  afterAll(() => platform.close());
  const send: typeof platform.send = (...request) => platform.send(...request);

  describe('refuses', () => {
    test('JSON that is none', async () => {
      const { status, json } = await send('POST /name', {
        payload: '{"name":',
        headers: { 'content-type': 'application/json' },
      });
      expect(status).toBe(400);
      expect(json.error).toMatch(/^\nProblem:\n {2}message body does not match declared format/);
    });

    test('a form with parts that is none', async () => {
      const { status, json } = await send('POST /name', {
        payload: 'name=x',
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
      });
      expect([status, json]).toEqual([400, { error: expect.stringContaining('multipart/form-data') }]);
      expect(json.error).not.toMatch(/json/i);
    });

    test('a body of another type', async () => {
      const { status, json } = await send('POST /name', { payload: 'x', headers: { 'content-type': 'text/plain' } });
      expect([status, json]).toEqual([415, { error: "The provided content-type 'text/plain' is not supported." }]);
    });

    test.each([{}, form, { 'content-type': 'multipart/form-data; boundary=b' }])(
      'a body that is too large',
      async (headers) => {
        const { status } = await send('POST /name', {
          payload: `"${'x'.repeat(30_000)}"`,
          headers: { 'content-type': 'application/json', ...headers },
        });
        expect(status).toBe(413);
      },
    );

    test('a path with signs that no name has', async () => {
      const { status, json } = await send('GET /projects/a%00b/items');
      expect([status, json]).toEqual([400, { message: '400 Bad request - The path has signs that no name has' }]);
    });

    test('an unknown route, and a verb that a path does not know', async () => {
      for (const request of ['GET /nothing', 'PATCH /name', 'GET /name'] as const) {
        const { status, json } = await send(request);
        expect([request, status, json]).toEqual([request, 404, { error: '404 Not Found' }]);
      }
    });

    test.each([
      ['project', 404, { message: '404 Project Not Found' }],
      ['deployment', 404, { message: '404 Not found' }],
      ['level', 403, { message: '403 Forbidden' }],
      ['reason', 403, { message: '403 Forbidden - Frozen until Monday' }],
      ['model', 400, { message: { name: ['is too long', 'is odd'], tier: ['is unknown'] } }],
      ['conflict', 409, { message: 'Member already exists' }],
      ['busy', 503, { message: '503 Service Unavailable - Try again.' }],
      ['bug', 500, { message: '500 Internal Server Error' }],
      ['rule', 400, { message: '400 Bad request - Invalid Date' }],
      ['own', 400, { message: { base: ['no'] } }],
    ])('by the rule of a feature: %s', async (name, status, body) => {
      const answer = await send(`GET /fault/${name}`);
      expect([answer.status, answer.json]).toEqual([status, body]);
      if (name === 'busy') expect(answer.headers['retry-after']).toBe('2');
    });
  });

  describe('knows its caller', () => {
    const none = { 'private-token': undefined };

    test.each([
      ['by a parameter of the query', '?private_token=api-token', {}],
      ['by an OAuth parameter', '?access_token=api-token', {}],
      ['by a job parameter', '?job_token=api-token', {}],
      ['by a JSON body', '', { payload: { value: 'x', private_token: 'api-token' } }],
      ['by a form', '', { payload: 'value=x&private_token=api-token', headers: form }],
      ['by an OAuth parameter in a form', '', { payload: 'access_token=api-token', headers: form }],
    ])('%s', async (_, query, options: SendOptions) => {
      const { status, json } = await send(`POST /text${query}`, {
        ...options,
        headers: { ...none, ...options.headers },
      });
      expect([status, json.who]).toEqual([200, 'ann']);
    });

    test.each([
      ['nobody', none, 401, { message: '401 Unauthorized' }],
      ['a wrong token', { 'private-token': 'wrong' }, 401, { message: '401 Unauthorized' }],
      [
        'an expired token',
        { 'private-token': 'old-token' },
        401,
        { error: 'invalid_token', error_description: expect.stringContaining('expired') },
      ],
      [
        'a revoked token',
        { 'private-token': 'dead-token' },
        401,
        { error: 'invalid_token', error_description: expect.stringContaining('revoked') },
      ],
      [
        'a token that only reads',
        { 'private-token': 'read-token' },
        403,
        { error: 'insufficient_scope', error_description: expect.any(String), scope: 'api' },
      ],
    ])('and lets %s write nothing', async (_, headers, status, body) => {
      for (const payload of [undefined, { value: 'x' }]) {
        const answer = await send('POST /text', { headers, ...(payload ? { payload } : {}) });
        expect([answer.status, answer.json]).toEqual([status, body]);
      }
    });

    test('before it reads the body, where the token came first', async () => {
      const headers = { 'private-token': 'wrong', 'content-type': 'application/json' };
      expect((await send('POST /text', { headers, payload: '{' })).status).toBe(401);
    });

    test('and lets a wrong token in a body write nothing', async () => {
      const wrong = await send('POST /text', { headers: none, payload: { private_token: 'wrong' } });
      expect([wrong.status, wrong.json]).toEqual([401, { message: '401 Unauthorized' }]);
      const nobody = await send('POST /text', { headers: none, payload: { private_token: { a: 1 } } });
      expect(nobody.status).toBe(401);
    });

    test('and has nobody but administrators at what is theirs', async () => {
      expect((await send('GET /admin')).json).toEqual({ message: '403 Forbidden' });
      expect((await send('GET /admin', { headers: { 'private-token': 'admin-token' } })).status).toBe(200);
    });

    test.each([
      ['a header', '', { headers: { sudo: 'ann' } }],
      ['a parameter', '?sudo=ann', {}],
      ['a body', '', { payload: { sudo: 'ann' } }],
    ])('as whom an administrator names in %s', async (_, query, options: SendOptions) => {
      const headers = { 'private-token': 'admin-token', ...options.headers };
      expect((await send(`POST /text${query}`, { ...options, headers })).json.who).toBe('ann');
      const denied = await send(`POST /text${query}`, options);
      expect([denied.status, denied.json]).toEqual([403, { message: '403 Forbidden - Must be admin to use sudo' }]);
    });

    test('with no more than that somebody may do', async () => {
      const headers = { 'private-token': 'admin-token' };
      expect((await send('GET /admin', { headers: { ...headers, sudo: 'ann' } })).status).toBe(403);
      expect((await send('POST /text', { headers: { ...headers, sudo: 'rita' } })).status).toBe(403);
      expect((await send('POST /text?sudo=a%00b', { headers })).status).toBe(404);
      const unknown = await send('POST /text', { headers: { ...headers, sudo: 'zoe' } });
      expect([unknown.status, unknown.json]).toEqual([
        404,
        { message: "404 User with ID or username 'zoe' Not Found" },
      ]);
    });
  });

  describe('answers a list', () => {
    const pageHeaders = ['x-page', 'x-per-page', 'x-prev-page', 'x-next-page', 'x-total', 'x-total-pages'];
    const items = async (query: string) => {
      const { json, headers } = await send(`GET /projects/a%2Fb/items${query}`);
      return { json, headers, page: pageHeaders.map((name) => headers[name]) };
    };

    test.each([
      ['', 20, ['1', '20', '', '2', '45', '3']],
      ['?page=2', 20, ['2', '20', '1', '3', '45', '3']],
      ['?page=3', 5, ['3', '20', '2', '', '45', '3']],
      ['?page=9', 0, ['9', '20', '8', '', '45', '3']],
      ['?page=0', 20, ['1', '20', '', '2', '45', '3']],
      ['?page=-4', 20, ['1', '20', '', '2', '45', '3']],
      ['?per_page=500', 45, ['1', '100', '', '', '45', '1']],
      ['?per_page=-1', 20, ['1', '20', '', '2', '45', '3']],
      ['?page=&per_page=', 20, ['1', '20', '', '2', '45', '3']],
      ['?page=9007199254740991&per_page=1', 0, ['1000000000', '1', '999999999', '', '45', '45']],
    ])('for %s of %i items with its page in the headers', async (query, length, page) => {
      const answer = await items(query);
      expect([answer.json.length, answer.page]).toEqual([length, page]);
    });

    test('with links to the other pages that repeat all that was asked, and no token', async () => {
      const { headers } = await items('?page=2&per_page=10&extra[]=x%20y&private_token=secret');
      const link = (page: number, relation: string) =>
        `<https://ship.example/api/v4/projects/a%2Fb/items?extra%5B%5D=x%20y&id=a%2Fb&order_by=id&page=${page}&per_page=10>; rel="${relation}"`;
      expect(headers.link).toBe([link(1, 'prev'), link(3, 'next'), link(1, 'first'), link(5, 'last')].join(', '));
    });

    test('whose length nobody counted without its last page', async () => {
      const { headers } = await send('GET /uncounted?page=2');
      expect([headers['x-next-page'], headers['x-prev-page'], headers['x-total'], headers['x-total-pages']]).toEqual([
        '3',
        '1',
        undefined,
        undefined,
      ]);
      expect(String(headers.link).match(/rel="\w+"/g)).toEqual(['rel="prev"', 'rel="next"', 'rel="first"']);
    });

    test.each([
      ['?per_page=0', 'per_page has a value not allowed'],
      ['?page=x', 'page is invalid'],
      ['?order_by=ID', 'order_by does not have a valid value'],
    ])('with %s not at all', async (query, error) => {
      expect((await items(query)).json).toEqual({ error });
    });
  });

  test.each(['GET /projects/1/items', 'GET /fault/project', 'GET /nothing', 'POST /name'] as const)(
    'answers %s as plain JSON with GitLab’s headers',
    async (request) => {
      const { headers } = await send(request);
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        vary: 'Origin',
        'x-frame-options': 'SAMEORIGIN',
        'x-request-id': expect.stringMatching(/\w/),
        'x-runtime': expect.stringMatching(/^\d+\.\d{6}$/),
      });
    },
  );
});
