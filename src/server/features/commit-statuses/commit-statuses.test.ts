import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askGitHub } from '../../../../test/github/checked-answers.ts';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { join, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { loadConfig } from '../../config.ts';

interface CommitStatus {
  readonly id: number;
  readonly state: string;
  readonly context: string;
  readonly errors?: readonly { readonly contexts?: readonly object[] }[];
  readonly message?: string;
  readonly [name: string]: unknown;
}

interface Combined {
  readonly state: string;
  readonly sha: string;
  readonly total_count: number;
  readonly statuses: readonly CommitStatus[];
}

const sha = '0123456789abcdef0123456789abcdef01234567';
const short = sha.slice(0, 16);

describe.each(databases)('commit statuses on $name', ({ name }) => {
  let server: TestServer;
  let repository: `/repos/${string}`;
  let count = 0;
  let now = Date.parse('2026-06-03T12:00:00Z');
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
  });
  afterAll(() => server.stop());

  /** Each test has a repository of its own. */
  async function newRepository(): Promise<void> {
    count += 1;
    await privateProject(server, `acme/checked-${count}`);
    repository = `/repos/acme/checked-${count}`;
  }
  const tell = (state: string, context?: string, of = sha, more: object = {}) => {
    now += 1000;
    const body = { state, ...(context === undefined ? {} : { context }), ...more };
    return askGitHub<CommitStatus>(server, `POST ${repository}/statuses/${of}`, { body });
  };
  const list = (ref: string, query = '') =>
    askGitHub<CommitStatus[]>(server, `GET ${repository}/commits/${ref}/statuses${query}`);
  const combined = async (ref: string, query = '') =>
    (await askGitHub<Combined>(server, `GET ${repository}/commits/${ref}/status${query}`)).body;
  const deploy = (body: object) => {
    now += 1000;
    return askGitHub<CommitStatus>(server, `POST ${repository}/deployments`, { body: { ref: 'main', ...body } });
  };
  const statesOf = async (id: number) => {
    const { body } = await askGitHub<CommitStatus[]>(server, `GET ${repository}/deployments/${id}/statuses`);
    return body.map(({ state }) => state);
  };

  test('a status is told of a commit, and listed with the newest first', async () => {
    await newRepository();
    const made = await tell('success', 'ci/test', sha, { target_url: 'https://ci/7', description: 'All green' });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`${server.url}${repository}/statuses/${sha}`);
    expect(made.body).toMatchObject({
      url: `${server.url}${repository}/statuses/${sha}`,
      state: 'success',
      context: 'ci/test',
      target_url: 'https://ci/7',
      description: 'All green',
      creator: { login: 'shiplog-admin' },
    });
    const bare = await tell('pending');
    expect(bare.body).toMatchObject({ context: 'default', target_url: null, description: null });
    expect((await list(sha)).body).toEqual([bare.body, made.body]);
    // GitHub does not describe this older address any more, and still serves it.
    const older = await ask<CommitStatus[]>(server, `GET ${repository}/statuses/${sha}`);
    expect(older.body).toEqual([bare.body, made.body]);
    const page = await list(sha, '?per_page=1');
    expect(page.body).toEqual([bare.body]);
    expect(page.headers.get('link')).toContain('rel="next"');
  });

  test('a sha may be abbreviated, when it is told and when it is asked for', async () => {
    await newRepository();
    await tell('success', 'by whole', sha);
    await tell('success', 'by part', short);
    await tell('success', 'of another', 'fedcba98');
    const contexts = async (ref: string) => (await list(ref)).body.map(({ context }) => context);
    expect(await contexts(sha)).toEqual(['by part', 'by whole']);
    expect(await contexts(sha.slice(0, 7))).toEqual(['by part', 'by whole']);
    expect(await contexts(sha.toUpperCase())).toEqual(['by part', 'by whole']);
    expect(await contexts('fedcba98')).toEqual(['of another']);
    expect(await contexts('main')).toEqual([]);
  });

  test('a branch stands for the commit that was last deployed from it', async () => {
    await newRepository();
    await tell('success', 'ci');
    await deploy({ sha, ref: 'refs/heads/feature/x', required_contexts: [] });
    expect((await list('feature%2Fx')).body).toHaveLength(1);
    expect((await combined('heads%2Ffeature%2Fx')).sha).toBe(sha);
    expect((await list('feature')).body).toEqual([]);
  });

  test.each<readonly [string, readonly (readonly [string, string])[]]>([
    ['pending', []],
    [
      'pending',
      [
        ['a', 'success'],
        ['b', 'pending'],
      ],
    ],
    [
      'success',
      [
        ['a', 'failure'],
        ['b', 'success'],
        ['A', 'success'],
      ],
    ],
    [
      'failure',
      [
        ['a', 'success'],
        ['b', 'error'],
        ['c', 'pending'],
      ],
    ],
  ])('all checks together are %s after %j', async (expected, told) => {
    await newRepository();
    for (const [context, state] of told) await tell(state, context);
    const all = await combined(sha);
    expect(all).toMatchObject({ state: expected, sha });
    expect(all.total_count).toBe(new Set(told.map(([context]) => context.toLowerCase())).size);
    expect((await combined(sha, '?per_page=1')).statuses).toHaveLength(Math.min(1, told.length));
  });

  test('no check runs are kept', async () => {
    await newRepository();
    const { body } = await askGitHub(server, `GET ${repository}/commits/${sha}/check-runs`);
    expect(body).toEqual({ total_count: 0, check_runs: [] });
  });

  test.each<readonly [string, object, string]>([
    ['an unknown state', { state: 'in_progress' }, 'state'],
    ['no state', {}, 'state'],
    ['a description too long', { state: 'success', description: 'd'.repeat(141) }, 'description'],
    ['an address of another scheme', { state: 'success', target_url: 'javascript:alert(1)' }, 'target_url'],
    ['a context too long', { state: 'success', context: 'c'.repeat(256) }, 'context'],
  ])('a status with %s is refused', async (_, body, field) => {
    await newRepository();
    const refused = await askGitHub<CommitStatus>(server, `POST ${repository}/statuses/${sha}`, { body });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toContainEqual(expect.objectContaining({ field }));
    expect((await list(sha)).body).toEqual([]);
  });

  test('a commit has at most 1000 statuses of one context', async () => {
    await newRepository();
    const path = `${repository}/statuses/${sha}` as const;
    const one = (context: string) =>
      askGitHub<CommitStatus>(server, `POST ${path}`, { body: { state: 'success', context } });
    for (let told = 0; told < 1000; told += 50) await Promise.all(Array.from({ length: 50 }, () => one('CI')));
    expect((await one('ci')).status).toBe(422);
    expect((await one('another')).status).toBe(201);
  }, 60_000);

  test('a deployment asks for all contexts of its commit, unless it names them', async () => {
    await newRepository();
    await tell('success', 'ci');
    await tell('pending', 'lint');
    const refused = await deploy({ sha });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      message: 'Conflict: Commit status checks failed for main.',
      status: '409',
      errors: [{ resource: 'Deployment', field: 'required_contexts', code: 'invalid' }],
    });
    expect(refused.body.errors?.[0]?.contexts).toEqual(
      expect.arrayContaining([
        { context: 'ci', state: 'success' },
        { context: 'lint', state: 'pending' },
      ]),
    );
    expect((await deploy({ sha, required_contexts: ['CI'] })).status).toBe(201);
    expect((await deploy({ sha, required_contexts: [] })).status).toBe(201);
    expect((await deploy({ sha: 'fedcba9876' })).status).toBe(201);
    await tell('success', 'lint', short);
    expect((await deploy({ sha })).status).toBe(201);
  });

  test.each(['main', 'refs/heads/main', 'heads/main'])(
    'a check of a branch counts however the deployment writes it: %s',
    async (ref) => {
      await newRepository();
      await tell('failure', 'ci', 'main');
      expect((await deploy({ ref })).status).toBe(409);
      await tell('success', 'ci', encodeURIComponent('refs/heads/main'));
      expect((await deploy({ ref })).status).toBe(201);
    },
  );

  test('a context that nothing was told of is missing', async () => {
    await newRepository();
    await tell('success', 'ci');
    const refused = await deploy({ sha, required_contexts: ['ci', 'e2e'] });
    expect(refused.status).toBe(409);
    expect(refused.body.errors?.[0]?.contexts).toEqual([
      { context: 'ci', state: 'success' },
      { context: 'e2e', state: 'missing' },
    ]);
  });

  test('a refused deployment leaves nothing, however often it is tried', async () => {
    await newRepository();
    await tell('failure', 'ci');
    for (let tried = 0; tried < 4; tried += 1) expect((await deploy({ sha })).status).toBe(409);
    expect((await askGitHub(server, `GET ${repository}/deployments`)).body).toEqual([]);
    const { body } = await askGitHub<unknown[]>(server, `GET ${repository}/deployments?sha=${sha}`);
    expect(body).toEqual([]);
  });

  test('a context for deployments moves the newest one of its commit that is not over', async () => {
    await newRepository();
    const made = async (environment: string) => (await deploy({ sha, environment, required_contexts: [] })).body.id;
    const [older, newer, stage] = [await made('production'), await made('production'), await made('stage')];
    await tell('pending', 'deploy/production', short, { target_url: 'https://drone/7', description: 'On it' });
    const { body } = await askGitHub<CommitStatus[]>(server, `GET ${repository}/deployments/${newer}/statuses`);
    expect(body).toMatchObject([{ state: 'pending', log_url: 'https://drone/7', description: 'On it' }]);
    await tell('success', 'Deploy/production');
    expect(await statesOf(newer)).toEqual(['success', 'pending']);
    await tell('error', 'deploy');
    expect(await statesOf(stage)).toEqual(['error']);
    await tell('success', 'deploy/elsewhere');
    await tell('success', 'deploy/production', 'fedcba98');
    await tell('success', 'build');
    expect(await statesOf(older)).toEqual([]);
    await tell('failure', 'deploy');
    expect(await statesOf(older)).toEqual(['failure']);
    expect((await tell('failure', 'deploy')).status).toBe(201);
    expect(await statesOf(older)).toEqual(['failure']);
  });

  test('only whoever may deploy tells, and whoever may not know of a repository finds none', async () => {
    await newRepository();
    const [reader, outsider] = [await person(server, `reads-${name}`), await person(server, `out-${name}`)];
    await join(server, 'project', repository.replace('/repos/', ''), reader, 'reporter');
    const path = `${repository}/statuses/${sha}` as const;
    const as = (token: string | null) =>
      askGitHub(server, `POST ${path}`, { token, body: { state: 'success', context: 'ci' } });
    expect(await as(reader.token)).toMatchObject({ status: 403 });
    expect(await as(outsider.token)).toMatchObject({ status: 404, body: { message: 'Not Found' } });
    expect(await as(null)).toMatchObject({ status: 401 });
    expect((await list(sha)).body).toEqual([]);
    for (const read of ['statuses', 'status', 'check-runs']) {
      const hidden = `GET ${repository}/commits/${sha}/${read}` as const;
      expect((await askGitHub(server, hidden, { token: outsider.token })).status).toBe(404);
      expect((await askGitHub(server, hidden, { token: reader.token })).status).toBe(200);
    }
  });
});

describe('SHIPLOG_DEPLOY_CONTEXTS', () => {
  const contextsOf = (text: string) => loadConfig({}, { SHIPLOG_DEPLOY_CONTEXTS: text }).deployContexts;

  test('says which contexts stand for deployments', async () => {
    expect(contextsOf('')).toEqual(['deploy', 'deploy/{environment}']);
    expect(contextsOf('cd/{environment}/done, ship')).toEqual(['cd/{environment}/done', 'ship']);
    expect(contextsOf('off')).toEqual([]);
    expect(() => contextsOf('a,,b')).toThrow(/^SHIPLOG_DEPLOY_CONTEXTS: expected contexts/);
    await using server = await startTestServer({ deployContexts: contextsOf('cd/{environment}/done') });
    await privateProject(server, 'acme/own');
    const body = { ref: 'main', sha, required_contexts: [], environment: 'qa/One' };
    const made = await askGitHub<CommitStatus>(server, 'POST /repos/acme/own/deployments', { body });
    for (const context of ['deploy/qa/One', 'CD/qa/One/done']) {
      await askGitHub(server, `POST /repos/acme/own/statuses/${sha}`, { body: { state: 'success', context } });
    }
    const told = await askGitHub<CommitStatus[]>(server, `GET /repos/acme/own/deployments/${made.body.id}/statuses`);
    expect(told.body.map(({ state }) => state)).toEqual(['success']);
  });
});
