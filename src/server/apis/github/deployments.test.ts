import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askGitHub } from '../../../../test/github/checked-answers.ts';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { group, join, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Deployment {
  readonly id: number;
  readonly url: string;
  readonly environment: string;
  readonly [name: string]: unknown;
}

interface Refusal {
  readonly message: string;
  readonly errors?: readonly unknown[];
}

const sha = 'a91957a858320c0e17f3a0eca7cfacbff50ea29a';
const asked = { ref: 'main', required_contexts: [] };
const nested = (levels: number): object => (levels === 0 ? {} : { in: nested(levels - 1) });

describe.each(databases)("GitHub's deployments on $name", ({ name }) => {
  let server: TestServer;
  let repository: `/repos/${string}`;
  let count = 0;
  let now = Date.parse('2026-06-03T12:00:00.500Z');
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
    repository = await newRepository();
  });
  afterAll(() => server.stop());

  /** One of its own for each test that counts or orders. */
  async function newRepository(): Promise<`/repos/${string}`> {
    count += 1;
    await privateProject(server, `acme/widget-${count}`);
    return `/repos/acme/widget-${count}`;
  }
  const create = (body: unknown, at = repository) => {
    now += 1000;
    return askGitHub<Deployment & Refusal>(server, `POST ${at}/deployments`, { body });
  };
  const list = (query: string, at = repository) => askGitHub<Deployment[]>(server, `GET ${at}/deployments${query}`);
  const get = (id: number, at = repository) => askGitHub<Deployment>(server, `GET ${at}/deployments/${id}`);
  const tell = (id: number, state: string, at = repository) => {
    now += 1000;
    return askGitHub(server, `POST ${at}/deployments/${id}/statuses`, { body: { state } });
  };

  test('a deployment is asked for with every field, and shown as GitHub shows it', async () => {
    const made = await create({
      ...asked,
      ref: 'refs/heads/main',
      sha,
      task: 'deploy:migrations',
      auto_merge: false,
      payload: { replicas: 3, deep: { list: [1, null] } },
      environment: 'review/shown',
      description: 'For the fair',
      transient_environment: true,
      production_environment: true,
      unknown: 'ignored',
    });
    expect(made.status).toBe(201);
    const url = `${server.url}${repository}/deployments/${made.body.id}`;
    expect(made.headers.get('location')).toBe(url);
    expect(made.body).toMatchObject({
      url,
      statuses_url: `${url}/statuses`,
      repository_url: `${server.url}${repository}`,
      node_id: Buffer.from(`010:Deployment${made.body.id}`).toString('base64'),
      sha,
      ref: 'refs/heads/main',
      task: 'deploy:migrations',
      environment: 'review/shown',
      original_environment: 'review/shown',
      description: 'For the fair',
      payload: { replicas: 3, deep: { list: [1, null] } },
      transient_environment: true,
      production_environment: true,
      creator: { login: 'shiplog-admin', type: 'User' },
      created_at: new Date(now).toISOString().replace('.500Z', 'Z'),
    });
    expect((await get(made.body.id)).body).toEqual(made.body);
    expect((await list('?environment=review/shown')).body).toEqual([made.body]);
  });

  test('what is not told is what GitHub takes it for', async () => {
    const { body } = await create({ ref: 'main' });
    expect(body).toMatchObject({
      ref: 'main',
      sha: 'main',
      task: 'deploy',
      environment: 'production',
      description: null,
      payload: {},
      transient_environment: false,
      production_environment: true,
    });
    expect((await create({ ...asked, environment: 'qa' })).body).toMatchObject({ production_environment: false });
    expect((await create({ ...asked, description: '' })).body).toMatchObject({ description: '' });
  });

  test('a ref that is a commit is its sha, too', async () => {
    expect((await create({ ...asked, ref: sha })).body).toMatchObject({ ref: sha, sha });
  });

  test.each<readonly [string, unknown]>([
    ['an object', { a: 1 }],
    ['a text', 'notjson'],
    ['a text that looks like JSON', '{"a":1}'],
    ['an empty text', ''],
    ['an empty object', {}],
  ])('a payload keeps its type: %s', async (_, payload) => {
    const made = await create({ ...asked, payload });
    expect(made.body['payload']).toEqual(payload);
    expect((await get(made.body.id)).body['payload']).toEqual(payload);
  });

  test.each<readonly [string, object, object]>([
    ['no ref', {}, { field: 'ref', code: 'missing_field' }],
    ['a ref too long', { ref: 'r'.repeat(256) }, { field: 'ref', code: 'custom' }],
    ['a task too long', { ...asked, task: 't'.repeat(256) }, { field: 'task', code: 'custom' }],
    ['an environment too long', { ...asked, environment: 'e'.repeat(256) }, { field: 'environment', code: 'custom' }],
    ['a blank environment', { ...asked, environment: ' ' }, { field: 'environment', code: 'custom' }],
    ['a payload too long', { ...asked, payload: 'p'.repeat(65_536) }, { field: 'payload', code: 'custom' }],
    ['a number as payload', { ...asked, payload: 7 }, { field: 'payload', code: 'custom' }],
    ['a payload nested too deeply', { ...asked, payload: nested(200) }, { field: 'payload', code: 'custom' }],
    ['a list as payload', { ...asked, payload: [1] }, { field: 'payload', code: 'custom' }],
    ['a word as a flag', { ...asked, transient_environment: 'maybe' }, { field: 'transient_environment' }],
    ['contexts that are no list', { ...asked, required_contexts: {} }, { field: 'required_contexts' }],
  ])('a deployment with %s is refused, and leaves nothing', async (_, body, error) => {
    const at = await newRepository();
    const refused = await create(body, at);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toContainEqual(expect.objectContaining({ resource: 'Deployment', ...error }));
    expect((await list('', at)).body).toEqual([]);
  });

  test('a missing ref is told in the words of GitHub', async () => {
    expect((await create({})).body.message).toBe('Invalid request.\n\n"ref" wasn\'t supplied.');
  });

  test('deployments are listed newest first, and filtered by what all of them must be', async () => {
    const at = await newRepository();
    const first = await create({ ...asked, sha, environment: 'qa' }, at);
    const second = await create({ ...asked, ref: 'v2', environment: 'qa', task: 'migrate' }, at);
    const third = await create({ ...asked, environment: 'qa/one' }, at);
    const ids = async (query: string) => (await list(query, at)).body.map(({ id }) => id);
    expect(await ids('')).toEqual([third.body.id, second.body.id, first.body.id]);
    expect(await ids('?environment=qa')).toEqual([second.body.id, first.body.id]);
    expect(await ids('?environment=qa%2Fone')).toEqual([third.body.id]);
    expect(await ids(`?sha=${sha}`)).toEqual([first.body.id]);
    expect(await ids('?ref=v2&task=migrate')).toEqual([second.body.id]);
    expect(await ids('?ref=v2&task=deploy')).toEqual([]);
    expect(await ids('?sha=none&ref=none&task=none&environment=none')).toHaveLength(3);
  });

  test('a filter that no deployment can fit is refused', async () => {
    const refused = await ask<Refusal>(server, `GET ${repository}/deployments?ref=a%00b`, {});
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'ref', code: 'invalid' }] } });
  });

  test('a long list comes in pages that Link to each other', async () => {
    const at = await newRepository();
    for (let made = 0; made < 3; made += 1) await create(asked, at);
    const page = await list('?per_page=2&environment=production', at);
    expect(page.body).toHaveLength(2);
    const next = `${server.url}${at}/deployments?per_page=2&environment=production&page=2`;
    expect(page.headers.get('link')).toBe(`<${next}>; rel="next", <${next}>; rel="last"`);
    const second = await list('?per_page=2&page=2', at);
    expect(second.body).toHaveLength(1);
    expect(second.headers.get('link')).toContain('rel="prev"');
    expect((await list('?per_page=1000', at)).body).toHaveLength(3);
  });

  test('the last page is named of what is not too long to count', async () => {
    const at = await newRepository();
    const namespace = 'acme';
    const service = at.split('/').at(-1) ?? '';
    const told = () => report({ namespace, service, happened_at: new Date(now).toISOString() });
    const link = async () => (await list('?per_page=100', at)).headers.get('link');
    await server.client.recordBatch(Array.from({ length: 500 }, told));
    expect(await link()).toContain('page=5>; rel="last"');
    await server.client.record(told());
    expect(await link()).toMatch(/page=2>; rel="next"$/);
  });

  test('a sha is found in whatever case', async () => {
    const at = await newRepository();
    await create({ ...asked, sha: sha.toUpperCase() }, at);
    await create({ ...asked, sha }, at);
    await create({ ...asked, sha: sha.replace('a', 'b') }, at);
    for (const written of [sha, sha.toUpperCase()]) expect((await list(`?sha=${written}`, at)).body).toHaveLength(2);
  });

  test('lengths are counted in characters', async () => {
    expect((await create({ ...asked, ref: '🚀'.repeat(255) })).status).toBe(201);
    const refused = await create({ ...asked, ref: '🚀'.repeat(256) });
    expect(refused.body.errors).toMatchObject([{ field: 'ref', message: expect.stringContaining('maximum is 255') }]);
  });

  test.each([
    ['NUL', 'a\u0000b'],
    ['half of a surrogate pair', 'a\ud800'],
  ])('a ref with %s is refused with what is wrong', async (_, ref) => {
    const refused = await create({ ...asked, ref });
    expect(refused.status).toBe(422);
    const message = 'ref has what is no character: NUL, or half of a surrogate pair';
    expect(refused.body.errors).toMatchObject([{ field: 'ref', message }]);
  });

  test('a number that JSON cannot write again is refused', async () => {
    const body = '{"ref": "main", "required_contexts": [], "payload": {"deep": [1, 1e400]}}';
    const refused = await create(body);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([{ message: 'payload has a number that is too large.' }]);
    expect((await create('{"ref": 1e400}')).status).toBe(422);
  });

  test('a form tells of a payload field by field', async () => {
    const send = (body: string) =>
      ask<Deployment>(server, `POST ${repository}/deployments`, {
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    const made = await send('ref=main&payload[a]=1&payload[b][c][]=2&payload[b][c][]=3');
    expect(made.body['payload']).toEqual({ a: '1', b: { c: ['2', '3'] } });
    expect((await send(`ref=main&payload${'[a]'.repeat(8)}=1`)).status).toBe(400);
  });

  test('an answer that has not changed is not sent again', async () => {
    const { body } = await create(asked);
    const first = await get(body.id);
    const again = await ask(server, `GET ${repository}/deployments/${body.id}`, {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
    expect(again.text).toBe('');
  });

  test('a deployment that is in use stays, unless it is the only one', async () => {
    const at = await newRepository();
    const old = (await create(asked, at)).body.id;
    const active = (await create(asked, at)).body.id;
    await tell(active, 'success', at);
    const refused = await askGitHub<Refusal>(server, `DELETE ${at}/deployments/${active}`);
    const text = 'We cannot delete an active deployment unless it is the only deployment in a given environment.';
    expect(refused).toMatchObject({ status: 422, body: { message: text, errors: [text] } });
    expect((await askGitHub(server, `DELETE ${at}/deployments/${old}`)).status).toBe(204);
    expect((await get(old, at)).status).toBe(404);
    expect((await askGitHub(server, `DELETE ${at}/deployments/${active}`)).status).toBe(204);
    expect((await list('', at)).body).toEqual([]);
  });

  test('a status that is no success makes a deployment one that may be deleted', async () => {
    const at = await newRepository();
    await create(asked, at);
    const { id } = (await create(asked, at)).body;
    await tell(id, 'success', at);
    await tell(id, 'inactive', at);
    expect((await askGitHub(server, `DELETE ${at}/deployments/${id}`)).status).toBe(204);
  });

  test.each(['999999', 'NaN', '1e3', '-1', '99999999999999999999'])('there is no deployment %s', async (id) => {
    expect(await askGitHub(server, `GET ${repository}/deployments/${id}`)).toMatchObject({
      status: 404,
      body: { message: 'Not Found', status: '404' },
    });
    expect((await askGitHub(server, `DELETE ${repository}/deployments/${id}`)).status).toBe(404);
  });

  test('what another tool reported is shown here, and what was asked for here is shown there', async () => {
    const at = await newRepository();
    const service = at.split('/').at(-1) ?? '';
    const reported = report({ namespace: 'acme', service, environment: 'qa', version: '1.2.3', status: 'in-progress' });
    await server.client.record({ ...reported, happened_at: new Date(now).toISOString() });
    const [seen] = (await list('', at)).body;
    expect(seen).toMatchObject({ ref: '1.2.3', sha: '1.2.3', task: 'deploy', payload: {}, environment: 'qa' });
    const { id } = (await create({ ...asked, sha, environment: 'production' }, at)).body;
    await tell(id, 'in_progress', at);
    const gitlab = await ask(server, `GET /api/v4/projects/acme%2F${service}/deployments/${id}`);
    expect(gitlab.body).toMatchObject({ id, status: 'running', sha, ref: 'main', environment: { name: 'production' } });
    const native = await ask<{ items: object[] }>(
      server,
      `GET /api/deployments?service=${service}&environment=production`,
    );
    expect(native.body.items[0]).toMatchObject({ status: 'in-progress', sha, ref: 'main' });
  });

  test('while a project is frozen, nothing is asked for', async () => {
    const at = await newRepository();
    const project = `/api/v4/projects/${encodeURIComponent(at.replace('/repos/', ''))}` as const;
    await ask(server, `POST ${project}/freeze_periods`, {
      body: { freeze_start: '0 0 * * *', freeze_end: '59 23 * * *' },
    });
    const refused = await create(asked, at);
    expect(refused.status).toBe(409);
    expect(refused.body.errors).toEqual([
      { resource: 'Deployment', field: 'environment', code: 'custom', message: refused.body.message },
    ]);
    expect(refused.body.message).toMatch(/^Frozen until /);
    expect((await list('', at)).body).toEqual([]);
  });

  test('where approvals are needed, it is answered at once and waits', async () => {
    const at = await newRepository();
    const project = `/api/v4/projects/${encodeURIComponent(at.replace('/repos/', ''))}` as const;
    await ask(server, `POST ${project}/protected_environments`, {
      body: {
        name: 'production',
        deploy_access_levels: [{ access_level: 30 }],
        approval_rules: [{ access_level: 40, required_approvals: 1 }],
      },
    });
    const made = await create(asked, at);
    expect(made.status).toBe(201);
    const waiting = await ask(server, `GET ${project}/deployments/${made.body.id}`);
    expect(waiting.body).toMatchObject({ status: 'blocked', pending_approval_count: 1 });
    expect((await askGitHub(server, `GET ${at}/deployments/${made.body.id}/statuses`)).body).toEqual([]);
  });

  test('whoever may not know of a repository finds none', async () => {
    await group(server, 'secret');
    await privateProject(server, 'secret/plans');
    const { id } = (await create(asked, '/repos/secret/plans')).body;
    const outsider = await person(server, `outsider-${name}`);
    const path = '/repos/secret/plans/deployments';
    for (const request of [`GET ${path}`, `POST ${path}`, `GET ${path}/${id}`, `DELETE ${path}/${id}`] as const) {
      const body = request.startsWith('POST') ? asked : undefined;
      const answer = await askGitHub(server, request, { token: outsider.token, body });
      expect(answer, request).toMatchObject({ status: 404, body: { message: 'Not Found' } });
      const nobody = await askGitHub(server, request, { token: null, body });
      expect(nobody, request).toMatchObject({ status: 401, body: { message: 'Requires authentication' } });
      const wrong = await askGitHub(server, request, { token: 'wrong', body });
      expect(wrong, request).toMatchObject({ status: 401, body: { message: 'Bad credentials' } });
    }
  });

  test('whoever may only read does not ask for a deployment, nor delete one, and whoever may deploy does both', async () => {
    const at = await newRepository();
    const { id } = (await create(asked, at)).body;
    const project = at.replace('/repos/', '');
    const [reader, developer] = [await person(server, `reader-${name}`), await person(server, `dev-${name}`)];
    await join(server, 'project', project, reader, 'reporter');
    await join(server, 'project', project, developer, 'developer');
    const tryTo = (method: 'POST' | 'DELETE', { token }: { readonly token: string }) =>
      method === 'POST'
        ? askGitHub(server, `POST ${at}/deployments`, { token, body: asked })
        : askGitHub(server, `DELETE ${at}/deployments/${id}`, { token });
    const noPush = { status: 403, body: { message: 'Must have push access to repository' } };
    expect((await askGitHub(server, `GET ${at}/deployments/${id}`, { token: reader.token })).status).toBe(200);
    expect(await tryTo('POST', reader)).toMatchObject(noPush);
    expect(await tryTo('DELETE', reader)).toMatchObject(noPush);
    expect((await list('', at)).body).toHaveLength(1);
    expect((await tryTo('POST', developer)).status).toBe(201);
    expect((await tryTo('DELETE', developer)).status).toBe(204);
  });

  test('a token that may only report asks for deployments and tells of them, and deletes none', async () => {
    const at = await newRepository();
    const project = at.replace('/repos/', '');
    const recorder = await person(server, `recorder-${name}`, { scopes: ['record'] });
    await join(server, 'project', project, recorder, 'maintainer');
    const { token } = recorder;
    const made = await askGitHub<Deployment>(server, `POST ${at}/deployments`, { token, body: asked });
    expect(made.status).toBe(201);
    const path = `${at}/deployments/${made.body.id}` as const;
    const told = await askGitHub(server, `POST ${path}/statuses`, { token, body: { state: 'success' } });
    expect(told.status).toBe(201);
    expect((await askGitHub(server, `DELETE ${path}`, { token })).status).toBe(403);
  });

  test('a branch that the policy of an environment leaves out is not deployed there', async () => {
    const at = await newRepository();
    await ask(server, `PUT ${at}/environments/production`, {
      body: { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } },
    });
    await ask(server, `POST ${at}/environments/production/deployment-branch-policies`, { body: { name: 'release/*' } });
    const refused = await create({ ...asked, ref: 'refs/heads/main' }, at);
    expect(refused.status).toBe(409);
    expect(refused.body.errors).toEqual([
      { resource: 'Deployment', field: 'environment', code: 'custom', message: refused.body.message },
    ]);
    expect((await list('', at)).body).toEqual([]);
    expect((await create({ ...asked, ref: 'refs/heads/release/1' }, at)).status).toBe(201);
    expect((await create({ ...asked, environment: 'qa' }, at)).status).toBe(201);
  });
});
