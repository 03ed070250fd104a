import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../../../test/support/databases.ts';
import { gitHubRules } from '../../../test/support/github-rules.ts';
import { gitLabRules } from '../../../test/support/gitlab-rules.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';
import type { Scope } from '../../contract/access.ts';
import { createApp } from '../app.ts';
import type { AccessRule } from '../principal.ts';

/** What each route asks of its caller. A new route is added here by whoever adds it, after a thought. */
const rules: Readonly<Record<string, AccessRule>> = {
  'POST /api/deployments': 'record',
  'POST /api/deployments/batch': 'record',
  'GET /api/deployments': 'read',
  'GET /api/deployments/:id': 'read',
  'GET /api/deployments/:id/changes': 'read',
  'GET /api/deployments/diff': 'read',
  'GET /api/deployments/by-number/:number': 'read',
  'GET /api/deployments/by-number/:number/events': 'read',
  'GET /api/deployments/by-number/:number/lineage': 'read',
  'GET /api/lineage': 'read',
  'GET /api/changes': 'read',
  'GET /api/changes/waiting': 'read',
  'GET /api/changes/:number': 'read',
  'GET /api/where': 'read',
  'GET /api/behind': 'read',
  'GET /api/approvals': 'read',
  'GET /api/approvals/:deployment': 'read',
  'POST /api/approvals/:deployment': 'write',
  'GET /api/protected-environments': 'read',
  'POST /api/protected-environments': 'write',
  'GET /api/protected-environments/:name': 'read',
  'PATCH /api/protected-environments/:name': 'write',
  'DELETE /api/protected-environments/:name': 'write',
  'GET /api/freeze-periods': 'read',
  'GET /api/freeze-periods/frozen': 'read',
  'GET /api/freeze-periods/preview': 'read',
  'POST /api/freeze-periods': 'write',
  'PATCH /api/freeze-periods/:id': 'write',
  'DELETE /api/freeze-periods/:id': 'write',
  'GET /api/gate': 'read',
  'GET /api/incoming': 'read',
  'GET /api/incoming/:id': 'read',
  'POST /api/incoming/:id/replay': 'write',
  'GET /api/incoming/secrets': 'read',
  'POST /api/incoming/secrets': 'write',
  'DELETE /api/incoming/secrets/:id': 'write',
  'POST /webhooks/github': 'public',
  'POST /webhooks/gitlab': 'public',
  'GET /api/hooks': 'write',
  'POST /api/hooks': 'write',
  'GET /api/hooks/:id': 'write',
  'PATCH /api/hooks/:id': 'write',
  'DELETE /api/hooks/:id': 'write',
  'POST /api/hooks/:id/test': 'write',
  'GET /api/hooks/:id/deliveries': 'write',
  'GET /api/hooks/:id/deliveries/:delivery': 'write',
  'POST /api/hooks/:id/deliveries/:delivery/redeliver': 'write',
  'GET /api/projects': 'read',
  'GET /api/project': 'read',
  'PATCH /api/project': 'write',
  'DELETE /api/project': 'write',
  'GET /api/project/environments': 'read',
  'POST /api/project/environments': 'write',
  'PATCH /api/project/environments/:id': 'write',
  'POST /api/project/environments/:id/stop': 'write',
  'DELETE /api/project/environments/:id': 'write',
  'GET /api/project/audit': 'read',
  'GET /api/group/audit': 'read',
  'GET /api/audit': 'admin',
  'GET /api/repository': 'read',
  'PUT /api/repository': 'write',
  'DELETE /api/repository': 'write',
  'POST /api/repository/fetch': 'write',
  'GET /api/retention': 'admin',
  'PATCH /api/retention': 'admin',
  'GET /api/matrix': 'read',
  'GET /api/services': 'read',
  'GET /api/environments': 'read',
  'GET /api/events/stream': 'read',
  'GET /api/fetcher/state/:adapter': 'record-all',
  'PUT /api/fetcher/state/:adapter': 'record-all',
  'GET /api/session': 'public',
  'POST /api/session': 'public',
  'DELETE /api/session': 'public',
  'PUT /api/session/password': 'signed-in',
  'GET /api/tokens': 'write',
  'POST /api/tokens': 'write',
  'DELETE /api/tokens/:id': 'write',
  'POST /api/tokens/:id/rotate': 'write',
  'GET /api/profile': 'signed-in',
  'PATCH /api/profile': 'write',
  'GET /api/sessions': 'write',
  'DELETE /api/sessions/:id': 'write',
  'GET /api/users': 'read',
  'POST /api/users': 'admin',
  'PATCH /api/users/:username': 'admin',
  'DELETE /api/users/:username': 'admin',
  'POST /api/users/:username/password-reset': 'admin',
  'POST /api/users/:username/block': 'admin',
  'POST /api/users/:username/unblock': 'admin',
  'GET /api/groups': 'read',
  'POST /api/groups': 'write',
  'GET /api/group': 'read',
  'PATCH /api/group': 'write',
  'DELETE /api/group': 'write',
  'GET /api/members': 'read',
  'POST /api/members': 'write',
  'PATCH /api/members/:username': 'write',
  'DELETE /api/members/:username': 'write',
  'GET /api/version': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'public',
  'GET /openapi.json': 'public',
  ...gitHubRules,
  ...gitLabRules,
};

/** Let in by a signature of the body, which no token stands for. */
const isSigned = (route: string) => route.startsWith('POST /webhooks/');

/** Who uses a server is not for the public, even where reading is; and of nobody there is nothing that they made. */
const aboutPeople = /^GET \/api\/(v4\/(merge_requests$|.*(users|members|access_tokens))|users|members)/;

/** Who asks, and the rules that let them in. */
const callers: readonly (readonly [
  who: string,
  scopes: readonly Scope[] | 'none' | 'wrong',
  allowed: readonly AccessRule[],
  bound: { readonly project?: string },
])[] = [
  ['nobody', 'none', ['public'], {}],
  ['a wrong token', 'wrong', ['public'], {}],
  ['a token that may read', ['read_api'], ['public', 'read', 'signed-in'], {}],
  ['a token that may record', ['record'], ['public', 'record', 'record-all', 'signed-in'], {}],
  ['a token for the api', ['api'], ['public', 'read', 'record', 'record-all', 'write', 'signed-in'], {}],
  ['a token of another project', ['api'], ['public', 'read', 'record', 'write', 'signed-in'], { project: 'other/one' }],
  ['an admin token', ['admin'], ['public', 'read', 'record', 'record-all', 'write', 'admin', 'signed-in'], {}],
];

describe.each(databases)('every route on $name', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());

  async function status(route: string, token: string | undefined, url = server.url): Promise<number> {
    const [method = '', path = ''] = route.split(' ');
    const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
    const named = path.replace(':adapter', 'none').replaceAll(/:\w+/g, '1000000').replace('*', 'none');
    const answer = await fetch(url + named, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(hasBody ? { body: '{}' } : {}),
    });
    await answer.body?.cancel();
    return answer.status;
  }

  async function tokenOf(scopes: readonly Scope[] | 'none' | 'wrong', bound: object = {}): Promise<string | undefined> {
    if (scopes === 'none') return undefined;
    if (scopes === 'wrong') return 'slg_wrong';
    return (await server.client.createToken({ name: 'walk', scopes: [...scopes], ...bound })).token;
  }

  test('declares the rule that is written down for it', async () => {
    const app = await createApp(server.config, server.context, '');
    await app.ready();
    // Without the forms that parts of the path must have.
    const nameOf = (url: string) => url.replaceAll(/\(\^.*?\$\)/g, '').replace(/^\/api\/v3$/, '/api/v3/');
    const declared = app.declaredRoutes.flatMap(({ method, url, config }) =>
      [method].flat().map((verb) => [`${verb} ${nameOf(url)}`, config?.access] as const),
    );
    expect(Object.fromEntries(declared.filter(([route]) => !route.startsWith('HEAD')))).toEqual(rules);
    for (const [route, rule] of declared) expect([route, rule]).toEqual([route, rules[route.replace('HEAD', 'GET')]]);
    await app.close();
  });

  test.each(callers)('lets %s in where its rule says so, and nowhere else', async (_, scopes, allowed, bound) => {
    const walking = await tokenOf(scopes, bound);
    for (const [route, rule] of Object.entries(rules)) {
      // A token that ends itself walks no further.
      const token = route.includes('/self') ? await tokenOf(scopes, bound) : walking;
      const answered = await status(route, token);
      const expected = isSigned(route)
        ? 401
        : allowed.includes(rule)
          ? 'let in'
          : scopes === 'none' || scopes === 'wrong'
            ? 401
            : 403;
      expect([route, answered === 401 || answered === 403 ? answered : 'let in']).toEqual([route, expected]);
      expect(answered).toBeLessThan(500);
    }
  });

  test('never lets a token of one project make tokens or users, whatever its scopes', async () => {
    for (const bound of [{ project: 'acme/shop' }, { group: 'acme' }]) {
      const token = await tokenOf(['api'], bound);
      const body = JSON.stringify({ name: 'escaped', scopes: ['api'] });
      const headers = { 'x-api-key': token ?? '', 'content-type': 'application/json' };
      expect((await fetch(`${server.url}/api/tokens`, { method: 'POST', headers, body })).status).toBe(403);
      expect(await status('POST /api/users', token)).toBe(403);
    }
    expect((await server.client.tokens()).items.map(({ name: token }) => token)).not.toContain('escaped');
  });

  test('that reads is open to everyone with public read, and nothing else is', async () => {
    await using open = await startTestServer({ database: name, publicRead: true });
    for (const [route, rule] of Object.entries(rules)) {
      const answered = await status(route, undefined, open.url);
      const isOpen = (rule === 'public' && !isSigned(route)) || (rule === 'read' && !aboutPeople.test(route));
      expect([route, answered === 401]).toEqual([route, !isOpen]);
    }
    expect(await status('GET /api/matrix', 'slg_wrong', open.url)).toBe(401);
    const { token } = await open.client.createToken({ name: 'only records', scopes: ['record'] });
    expect(await status('GET /api/matrix', token, open.url)).toBe(403);
  });

  test('cannot be added without a rule', async () => {
    const app = await createApp(server.config, server.context, '');
    app.get('/api/planted', async () => 'open to all');
    await expect(app.ready()).rejects.toThrow('GET /api/planted declares no access rule.');
  });

  test.each(['GET /api/nothing', 'GET /nothing', 'POST /api/matrix', 'DELETE /api/deployments', 'PATCH /api/session'])(
    'that does not exist, as %s, is a problem, never a page',
    async (route) => {
      const [method = '', path = ''] = route.split(' ');
      const answer = await fetch(server.url + path, { method });
      expect([404, 405]).toContain(answer.status);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    },
  );
});
