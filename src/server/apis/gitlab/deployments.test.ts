import { Gitlab } from '@gitbeaker/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Shown {
  readonly id: number;
  readonly iid: number;
  readonly status: string;
  readonly environment: { readonly id: number; readonly name: string };
  readonly [name: string]: unknown;
}

const sha = 'a91957a858320c0e17f3a0eca7cfacbff50ea29a';
const base = { environment: 'production', sha, ref: 'main', tag: false, status: 'success' };
const missing = (name: string) => `${name} is missing, ${name} is empty`;
const badStatus = 'status does not have a valid value';

describe.each(databases)("GitLab's deployments on $name", ({ name }) => {
  let server: TestServer;
  let project: string;
  let count = 0;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    project = await newProject();
  });
  afterAll(() => server.stop());

  /** A project of its own for each test that counts or orders. */
  async function newProject(): Promise<string> {
    count += 1;
    await server.client.record(report({ namespace: 'shop', service: `api-${count}`, environment: 'old' }));
    return `/api/v4/projects/${encodeURIComponent(`shop/api-${count}`)}`;
  }
  const create = (body: object, at = project) => ask<Shown>(server, `POST ${at as '/'}/deployments`, { body });
  const update = (id: number, body: object) => ask<Shown>(server, `PUT ${project as '/'}/deployments/${id}`, { body });
  const get = (path: string, at = project) => ask<Shown>(server, `GET ${at as '/'}/deployments${path}`);

  test('a deployment is made, and shown as GitLab shows it', async () => {
    const made = await create({ ...base, environment: 'review/shown' });
    expect(made.status).toBe(201);
    expect(made.headers.get('content-type')).toBe('application/json');
    expect(made.body).toMatchObject({
      ref: 'main',
      sha,
      status: 'success',
      deployable: null,
      user: { username: 'shiplog-admin' },
      environment: { name: 'review/shown', slug: 'review-shown-20unp0', external_url: null },
      pending_approval_count: 0,
      approvals: [],
      approval_summary: { rules: [] },
    });
    expect(made.body['created_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(made.body).not.toHaveProperty('tag');
    expect(made.body).not.toHaveProperty('finished_at');
    expect((await get(`/${made.body.id}`)).body).toEqual(made.body);
    const listed = (await get('?environment=review/shown')).body as unknown as Shown[];
    expect(listed).toHaveLength(1);
    expect(listed[0]).not.toHaveProperty('approvals');
  });

  test.each<readonly [string, object, string]>([
    [
      'nothing',
      {},
      `${missing('environment')}, ${missing('sha')}, ${missing('ref')}, tag is missing, status is missing, ${badStatus}`,
    ],
    ['a blank environment', { ...base, environment: ' ' }, 'environment is empty'],
    ['an empty sha', { ...base, sha: '' }, 'sha is empty'],
    ['no ref', { ...base, ref: null }, 'ref is empty'],
    ['a strange tag', { ...base, tag: 'banana' }, 'tag is invalid'],
    ['tag null', { ...base, tag: null }, 'tag is invalid'],
    ['an empty tag', { ...base, tag: '' }, 'tag is invalid'],
    ['the status created', { ...base, status: 'created' }, badStatus],
    ['the status blocked', { ...base, status: 'blocked' }, badStatus],
    ['the status in another case', { ...base, status: 'SUCCESS' }, badStatus],
    ['a list as sha', { ...base, sha: ['a'] }, 'sha is invalid'],
  ])('%s is refused with the text of GitLab, and leaves nothing behind', async (_, body, error) => {
    const at = await newProject();
    const answer = await create({ ...body }, at);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error });
    expect((await get('', at)).body).toHaveLength(1);
  });

  test('an environment whose name cannot be one is refused, and not made', async () => {
    const long = await create({ ...base, environment: 'e'.repeat(256) });
    expect(long.body).toMatchObject({ message: { name: ['is too long (maximum is 255 characters)'] } });
    const odd = await create({ ...base, environment: 'prod!' });
    expect(odd.status).toBe(400);
    expect(JSON.stringify(odd.body)).toContain(
      "can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', and spaces",
    );
    const names = await server.context.database.read.selectFrom('environments').select('name').execute();
    expect(names.map((row) => row.name)).not.toContain('prod!');
  });

  test('parameters come by query, form and JSON, and are coerced', async () => {
    const query = new URLSearchParams({ ...base, tag: 'no', environment: 'by-query' });
    expect((await ask<Shown>(server, `POST ${project as '/'}/deployments?${query}`)).status).toBe(201);
    const form = await ask<Shown>(server, `POST ${project as '/'}/deployments`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...base, tag: '0', environment: 'by-form' }).toString(),
    });
    expect(form.status).toBe(201);
    expect((await create({ ...base, sha: 12345, tag: 'TRUE', environment: 'by-json' })).body['sha']).toBe('12345');
  });

  test('the same success told again is the one that is there; a rollback, or another status, is not', async () => {
    const at = await newProject();
    const first = await create(base, at);
    expect((await create(base, at)).body.id).toBe(first.body.id);
    const other = await create({ ...base, sha: 'b'.repeat(40) }, at);
    expect(other.body.id).not.toBe(first.body.id);
    const back = await create(base, at);
    expect([first.body.id, other.body.id]).not.toContain(back.body.id);
    const running = [
      await create({ ...base, status: 'running' }, at),
      await create({ ...base, status: 'running' }, at),
    ];
    expect(running[0]?.body.id).not.toBe(running[1]?.body.id);
    expect(running.map(({ body }) => body.iid)).toEqual([5, 6]);
  });

  test('a success that has failed since is no success: to tell it again makes another', async () => {
    const at = await newProject();
    const first = await create(base, at);
    const failed = await ask(server, `PUT ${at as '/'}/deployments/${first.body.id}`, { body: { status: 'failed' } });
    expect(failed.status).toBe(200);
    const again = await create(base, at);
    expect(again.body).toMatchObject({ status: 'success' });
    expect(again.body.id).not.toBe(first.body.id);
    expect((await ask(server, `DELETE ${at as '/'}/deployments/${first.body.id}`)).status).toBe(204);
  });

  test('two that tell the same success at once make one deployment', async () => {
    const at = await newProject();
    const answers = await Promise.all(Array.from({ length: 5 }, () => create(base, at)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  test('a status is repeated where it has the same word, whoever told it', async () => {
    const { deployment_number } = await server.client.record(
      report({ namespace: 'shop', service: 'api-1', environment: 'foreign', status: 'rejected' }),
    );
    expect((await update(deployment_number, { status: 'failed' })).body).toMatchObject({ status: 'failed' });
    expect((await server.client.deployments({ environment: 'foreign' })).items).toHaveLength(1);
  });

  const words = ['running', 'success', 'failed', 'canceled'] as const;
  const finished = ['success', 'failed', 'canceled'];
  test.each(words.flatMap((from) => words.map((to) => [from, to] as const)))('from %s to %s', async (from, to) => {
    const { body } = await create({ ...base, environment: `${from}-${to}`, status: from });
    const positions = () => server.context.database.read.selectFrom('events').select('position').execute();
    const before = (await positions()).length;
    const answer = await update(body.id, { status: to });
    const refused = to === 'running' && finished.includes(from);
    expect(answer.status).toBe(refused ? 400 : 200);
    if (refused) expect(answer.body).toEqual({ message: { status: ['cannot transition via "run"'] } });
    expect((await get(`/${body.id}`)).body.status).toBe(refused ? from : to);
    expect((await positions()).length - before).toBe(refused || from === to ? 0 : 1);
  });

  test('an update needs a status, and a deployment of this project', async () => {
    const { body } = await create({ ...base, environment: 'updated' });
    expect((await update(body.id, {})).body).toEqual({ error: `status is missing, ${badStatus}` });
    expect((await update(body.id, { status: 'blocked' })).body).toEqual({ error: badStatus });
    const elsewhere = await newProject();
    const paths = [
      `${project}/deployments/999999`,
      `${project}/deployments/abc`,
      `${elsewhere}/deployments/${body.id}`,
    ];
    for (const path of paths) {
      const answer = await ask(server, `PUT ${path as '/'}`, { body: { status: 'failed' } });
      expect([answer.status, answer.body]).toEqual([404, { message: '404 Not found' }]);
    }
  });

  test('an id that is none is told from one that is not there', async () => {
    expect((await get('/abc')).body).toEqual({ error: 'deployment_id is invalid' });
    expect((await get('/1234567')).body).toEqual({ message: '404 Not found' });
    const none = await ask(server, 'GET /api/v4/projects/no%2Fsuch/deployments');
    expect([none.status, none.body]).toEqual([404, { message: '404 Project Not Found' }]);
  });

  test('a deployment is deleted, but not while it runs or is what runs there', async () => {
    const at = await newProject();
    const [old, current, running] = [
      await create(base, at),
      await create({ ...base, sha: 'b'.repeat(40) }, at),
      await create({ ...base, environment: 'staging', status: 'running' }, at),
    ].map(({ body }) => body.id);
    const remove = (id: unknown) =>
      ask<{ message: string }>(server, `DELETE ${at as '/'}/deployments/${id}`, { body: {} });
    expect((await remove(running)).body.message).toContain('Cannot destroy running deployment');
    expect((await remove(current)).body.message).toContain('Deployment currently deployed to environment');
    expect((await remove('abc')).body).toEqual({ error: 'deployment_id is invalid' });
    const headers = { 'if-unmodified-since': 'Mon, 01 Jan 2024 00:00:00 GMT' };
    const changed = await ask<object>(server, `DELETE ${at as '/'}/deployments/${old}`, { headers });
    expect([changed.status, changed.body]).toEqual([412, { message: '412 Precondition Failed' }]);
    const gone = await remove(old);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await remove(old)).status).toBe(404);
    expect((await get(`/${old}`, at)).status).toBe(404);
    const left = (await get('?environment=production', at)).body as unknown as Shown[];
    expect(left.map(({ id }) => id)).toEqual([current]);
  });

  test('only a plain number is the id of a deployment that is updated', async () => {
    const { id } = (await create({ ...base, environment: 'by-id', status: 'running' })).body;
    for (const one of [`0x${id.toString(16)}`, `${id}e0`, `%2B${id}`, `${id}.0`]) {
      const answer = await ask(server, `PUT ${project as '/'}/deployments/${one}`, { body: { status: 'success' } });
      expect([one, answer.status, answer.body]).toEqual([one, 404, { message: '404 Not found' }]);
    }
    expect((await get(`/${id}`)).body.status).toBe('running');
  });

  test('merge requests of a deployment are an empty list, of any id', async () => {
    const answer = await get('/4711/merge_requests');
    expect([answer.status, answer.body, answer.headers.get('x-total')]).toEqual([200, [], '0']);
  });

  test('what GitLab has no word for may be said too', async () => {
    const { body } = await create({
      ...base,
      environment: 'extras',
      version: 'v1.2.3',
      run_url: 'https://ci.example/1',
      description: 'Fixes the till',
      kind: 'hotfix',
      happened_at: '2026-05-30T10:00:00Z',
    });
    expect(body).toMatchObject({ version: 'v1.2.3', run_url: 'https://ci.example/1', kind: 'hotfix' });
    const { items } = await server.client.deployments({ environment: 'extras' });
    expect(items).toMatchObject([{ happened_at: '2026-05-30T10:00:00Z', version: 'v1.2.3', status: 'success' }]);
    const script = await create({ ...base, environment: 'extras', run_url: 'javascript:alert(1)' });
    expect(script.status).toBe(400);
  });

  test.each(['', ' ', '<no value>'])('what a template renders as %j, having no value, is not said', async (blank) => {
    const said = { version: blank, run_url: blank, description: blank, happened_at: blank, kind: blank };
    const { status, body } = await create({ ...base, ...said, environment: `blank ${blank.length}` });
    expect([status, body]).toMatchObject([201, { version: null, run_url: null, description: null, kind: null }]);
    const started = await create({ ...base, version: '1.0', status: 'running', environment: `blank ${blank.length}` });
    const ended = await ask<Shown>(server, `PUT ${project as '/'}/deployments/${started.body.id}`, {
      body: { ...said, status: 'success' },
    });
    expect([ended.status, ended.body]).toMatchObject([200, { status: 'success', version: '1.0' }]);
  });

  test('a slash at the end of a path says nothing', async () => {
    const { body } = await create({ ...base, environment: 'slashed' });
    for (const path of ['/deployments/', `/deployments/${body.id}/`, '/', '/deployments/?per_page=1']) {
      expect([path, (await ask(server, `GET ${`${project}${path}` as '/'}`)).status]).toEqual([path, 200]);
    }
    expect((await ask(server, `POST ${project as '/'}/deployments/`, { body: base })).status).toBe(201);
    expect((await ask(server, `GET ${project as '/'}%2F`)).status).toBe(404);
  });

  test('a project that came from an event without a namespace is found by its one name', async () => {
    await server.client.record(report({ service: 'lonely', namespace: undefined as never }));
    expect((await get('', '/api/v4/projects/lonely')).body).toHaveLength(1);
  });

  test('gitbeaker makes, moves, lists and deletes them', async () => {
    const at = await newProject();
    const id = decodeURIComponent(at.slice('/api/v4/projects/'.length));
    const { Deployments } = new Gitlab({ host: server.url, token: server.adminToken });
    const made = await Deployments.create(id, 'production', sha, 'main', false, { status: 'running' });
    expect(made).toMatchObject({ status: 'running', sha });
    expect(await Deployments.edit(id, made.id, 'success')).toMatchObject({ status: 'success' });
    for (const each of ['1', '2', '3'])
      await Deployments.create(id, 'production', each, 'main', false, { status: 'success' });
    const all = await Deployments.all(id, { environment: 'production', perPage: 2 });
    expect(all.map(({ sha: shown }) => shown)).toEqual([sha, '1', '2', '3']);
    expect(await Deployments.show(id, made.id)).toMatchObject({ id: made.id });
    await Deployments.remove(id, made.id);
    await expect(Deployments.show(id, made.id)).rejects.toThrow(/404 Not found/);
  });
});
