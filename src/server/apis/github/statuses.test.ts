import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askGitHub } from '../../../../test/github/checked-answers.ts';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { join, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Status {
  readonly id: number;
  readonly state: string;
  readonly errors?: readonly unknown[];
  readonly [name: string]: unknown;
}

/** GitHub's state, and what the native and GitLab's API call it. */
const states = [
  ['pending', 'pending', 'created'],
  ['queued', 'queued', 'created'],
  ['in_progress', 'in-progress', 'running'],
  ['success', 'success', 'success'],
  ['failure', 'failure', 'failed'],
  ['error', 'failure', 'failed'],
  ['inactive', 'inactive', 'success'],
] as const;

describe.each(databases)("GitHub's deployment statuses on $name", ({ name }) => {
  let server: TestServer;
  let repository: `/repos/${string}`;
  let deployment: number;
  let count = 0;
  let now = Date.parse('2026-06-03T12:00:00Z');
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
    repository = await newRepository();
    deployment = await deploy('qa');
  });
  afterAll(() => server.stop());

  async function newRepository(): Promise<`/repos/${string}`> {
    count += 1;
    await privateProject(server, `acme/statuses-${count}`);
    return `/repos/acme/statuses-${count}`;
  }
  async function deploy(environment: string, more: object = {}, at = repository): Promise<number> {
    now += 1000;
    const body = { ref: 'main', required_contexts: [], environment, ...more };
    return (await askGitHub<{ id: number }>(server, `POST ${at}/deployments`, { body })).body.id;
  }
  const tell = (id: number, body: object, at = repository) => {
    now += 1000;
    return askGitHub<Status>(server, `POST ${at}/deployments/${id}/statuses`, { body });
  };
  const list = (id: number, at = repository, query = '') =>
    askGitHub<Status[]>(server, `GET ${at}/deployments/${id}/statuses${query}`);
  const statesOf = async (id: number, at = repository) => (await list(id, at)).body.map(({ state }) => state);

  test('a status is told with every field, and shown as GitHub shows it', async () => {
    const id = await deploy('qa');
    expect((await list(id)).body).toEqual([]);
    const made = await tell(id, {
      id: 0,
      state: 'in_progress',
      log_url: 'https://ci.example.com/log/7',
      description: 'Half way',
      environment: 'qa',
      environment_url: 'https://qa.example.com',
      auto_inactive: false,
    });
    expect(made.status).toBe(201);
    const base = `${server.url}${repository}/deployments/${id}`;
    expect(made.headers.get('location')).toBe(`${base}/statuses/${made.body.id}`);
    expect(made.body).toMatchObject({
      url: `${base}/statuses/${made.body.id}`,
      node_id: Buffer.from(`016:DeploymentStatus${made.body.id}`).toString('base64'),
      state: 'in_progress',
      creator: { login: 'shiplog-admin' },
      description: 'Half way',
      environment: 'qa',
      environment_url: 'https://qa.example.com',
      log_url: 'https://ci.example.com/log/7',
      target_url: 'https://ci.example.com/log/7',
      deployment_url: base,
      repository_url: `${server.url}${repository}`,
      created_at: new Date(now).toISOString().replace('.000Z', 'Z'),
    });
    expect((await list(id)).body).toEqual([made.body]);
    expect((await askGitHub(server, `GET ${repository}/deployments/${id}/statuses/${made.body.id}`)).body).toEqual(
      made.body,
    );
  });

  test.each(states)('the state %s comes back as it was told', async (state, native, gitlab) => {
    const at = await newRepository();
    const service = at.split('/').at(-1) ?? '';
    const id = await deploy('qa', {}, at);
    expect((await tell(id, { state }, at)).body.state).toBe(state);
    expect(await statesOf(id, at)).toEqual([state]);
    const shown = await ask(server, `GET /api/v4/projects/acme%2F${service}/deployments/${id}`);
    expect(shown.body).toMatchObject({ id, status: gitlab });
    const events = await ask<{ items: object[] }>(server, `GET /api/deployments?service=${service}`);
    expect(events.body.items[0]).toMatchObject({ status: native });
  });

  test('all states may follow each other, and the newest is told first', async () => {
    const id = await deploy('qa');
    const order = ['success', 'in_progress', 'error', 'queued', 'inactive', 'pending', 'failure'];
    for (const state of order) await tell(id, { state });
    expect(await statesOf(id)).toEqual(order.toReversed());
    const page = await list(id, repository, '?per_page=3&page=2');
    expect(page.body.map(({ state }) => state)).toEqual(['queued', 'error', 'in_progress']);
    expect(page.headers.get('link')).toContain('page=3>; rel="next"');
  });

  test.each<readonly [string, object, string]>([
    ['its own name', { log_url: 'https://l' }, 'https://l'],
    ['its older name', { target_url: 'https://t' }, 'https://t'],
    ['both names', { log_url: 'https://l', target_url: 'https://t' }, 'https://l'],
    ['its own name empty', { log_url: '', target_url: 'https://t' }, 'https://t'],
    ['no name', {}, ''],
  ])('the address of the log is told by %s', async (_, body, expected) => {
    const id = await deploy('qa');
    const { body: made } = await tell(id, { state: 'success', ...body });
    expect(made).toMatchObject({ log_url: expected, target_url: expected, description: '', environment_url: '' });
  });

  test.each<readonly [what: string, body: object, field: string, message: string]>([
    ['no state', {}, 'state', ''],
    ['an unknown state', { state: 'waiting' }, 'state', ''],
    [
      'a description of 141 characters',
      { state: 'success', description: 'd'.repeat(141) },
      'description',
      'description is too long (maximum is 140 characters)',
    ],
    [
      'an environment_url of another scheme',
      { state: 'success', environment_url: 'javascript:alert(1)' },
      'environment_url',
      'environment_url must use http(s) scheme',
    ],
    ['a log_url of another scheme', { state: 'success', log_url: 'ftp://l' }, 'log_url', ''],
    ['a word as a flag', { state: 'success', auto_inactive: 'maybe' }, 'auto_inactive', ''],
  ])('a status with %s is refused', async (_, body, field, message) => {
    const refused = await tell(deployment, body);
    expect(refused.status).toBe(422);
    const told = message === '' ? {} : { message };
    expect(refused.body.errors).toContainEqual(
      expect.objectContaining({ resource: 'DeploymentStatus', field, ...told }),
    );
    expect(await statesOf(deployment)).toEqual([]);
  });

  test('a description of 140 characters is taken', async () => {
    const id = await deploy('qa');
    expect((await tell(id, { state: 'success', description: 'd'.repeat(140) })).status).toBe(201);
  });

  test('a success makes earlier ones of its environment inactive', async () => {
    const at = await newRepository();
    const [old, failed, elsewhere] = [
      await deploy('qa', {}, at),
      await deploy('qa', {}, at),
      await deploy('qa-2', {}, at),
    ];
    await tell(old, { state: 'success' }, at);
    await tell(failed, { state: 'failure' }, at);
    await tell(elsewhere, { state: 'success' }, at);
    const next = await deploy('qa', {}, at);
    await tell(next, { state: 'success' }, at);
    expect(await statesOf(old, at)).toEqual(['inactive', 'success']);
    expect(await statesOf(failed, at)).toEqual(['failure']);
    expect(await statesOf(elsewhere, at)).toEqual(['success']);
    expect(await statesOf(next, at)).toEqual(['success']);
  });

  test.each<readonly [string, object, object]>([
    ['where it does not want to', {}, { auto_inactive: false }],
    ['of production', { production_environment: true }, {}],
    ['that go away by themselves', { transient_environment: true }, {}],
  ])('a success leaves earlier ones active %s', async (_, more, told) => {
    const at = await newRepository();
    const old = await deploy('stage', more, at);
    await tell(old, { state: 'success' }, at);
    await tell(await deploy('stage', {}, at), { state: 'success', ...told }, at);
    expect(await statesOf(old, at)).toEqual(['success']);
  });

  test('a status that names another environment does not move its deployment', async () => {
    const id = await deploy('qa');
    expect((await tell(id, { state: 'success', environment: 'main' })).body).toMatchObject({ environment: 'main' });
    const shown = await askGitHub(server, `GET ${repository}/deployments/${id}`);
    expect(shown.body).toMatchObject({ environment: 'qa', original_environment: 'qa' });
  });

  test('a status that names no environment has that of the one before it', async () => {
    const id = await deploy('qa');
    await tell(id, { state: 'queued' });
    await tell(id, { state: 'in_progress', environment: 'elsewhere' });
    await tell(id, { state: 'success' });
    expect((await list(id)).body.map(({ environment }) => environment)).toEqual(['elsewhere', 'elsewhere', 'qa']);
  });

  test.each(['NaN', '999999', '', '-1'])('there are no statuses of a deployment %s', async (id) => {
    const body = { state: 'success' };
    const answer = await ask<Status>(server, `POST ${repository}/deployments/${id}/statuses`, { body });
    expect(answer).toMatchObject({ status: 404, body: { message: 'Not Found' } });
  });

  test('a status is found below its own deployment only', async () => {
    const [one, other] = [await deploy('qa'), await deploy('qa')];
    const { id } = (await tell(one, { state: 'queued' })).body;
    const path = `${repository}/deployments` as const;
    expect((await askGitHub(server, `GET ${path}/${one}/statuses/${id}`)).status).toBe(200);
    expect((await askGitHub(server, `GET ${path}/${other}/statuses/${id}`)).status).toBe(404);
    expect((await askGitHub(server, `GET ${path}/${one}/statuses/NaN`)).status).toBe(404);
  });

  test('only whoever may deploy tells of statuses', async () => {
    const id = await deploy('qa');
    const path = `${repository}/deployments/${id}/statuses` as const;
    const [developer, reader, outsider] = [
      await person(server, `dev-${name}`),
      await person(server, `reads-${name}`),
      await person(server, `out-${name}`),
    ];
    const project = repository.replace('/repos/', '');
    await join(server, 'project', project, developer, 'developer');
    await join(server, 'project', project, reader, 'reporter');
    const body = { state: 'pending' };
    const as = (token: string | null) => askGitHub(server, `POST ${path}`, { token, body });
    expect(await as(developer.token)).toMatchObject({ status: 201, body: { creator: { login: developer.username } } });
    expect(await as(reader.token)).toMatchObject({
      status: 403,
      body: { message: 'Must have push access to repository' },
    });
    expect(await as(outsider.token)).toMatchObject({ status: 404, body: { message: 'Not Found' } });
    expect(await as(null)).toMatchObject({ status: 401 });
    expect(await statesOf(id)).toEqual(['pending']);
    expect((await askGitHub(server, `GET ${path}`, { token: outsider.token })).status).toBe(404);
  });
});
