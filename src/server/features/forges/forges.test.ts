import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { type GitRepository, makeGitRepository } from '../../../../test/support/git-repository.ts';
import { fromGitHub, secret } from '../../../../test/support/incoming.ts';
import { githubMerged, githubPull, githubPullRequest } from '../../../../test/support/incoming-changes.ts';
import { type Receiver, startReceiver } from '../../../../test/support/receiver.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

const project = 'shop/checkout';
const token = 'the-token-of-the-forge';
const noon = Date.parse('2026-06-01T12:00:00Z');

/** A merge request as GitLab's API shows it. */
const gitlabShown = (iid: number, told: object = {}) => ({
  id: 1000 + iid,
  iid,
  project_id: 3,
  title: `Title of ${iid}`,
  description: 'Described',
  state: 'merged',
  created_at: '2026-05-01T10:00:00.000Z',
  updated_at: '2026-05-02T10:00:00.000Z',
  merged_at: '2026-05-02T10:00:00.000Z',
  closed_at: null,
  merge_user: { id: 2, username: 'ann', name: 'Ann' },
  target_branch: 'main',
  source_branch: 'feature',
  author: { id: 1, username: 'maya', name: 'Maya M' },
  labels: ['fast'],
  draft: false,
  sha: 'a'.repeat(40),
  merge_commit_sha: null,
  squash_commit_sha: 'b'.repeat(40),
  web_url: `https://gitlab.example/shop/checkout/-/merge_requests/${iid}`,
  ...told,
});

describe.each(databases)('changes of a forge on $name', ({ name }) => {
  let server: TestServer;
  let forge: Receiver;
  let repository: GitRepository;
  let now = noon;
  beforeEach(async () => {
    now = noon;
    forge = await startReceiver();
    repository = await makeGitRepository();
    await repository.commit('Begin');
    server = await startTestServer({
      database: name,
      clock: () => now,
      webhookAllowedHosts: ['127.0.0.1'],
      repositoryPaths: [repository.folder],
    });
    await server.client.record(
      report({ namespace: 'shop', service: 'checkout', happened_at: new Date(noon).toISOString() }),
    );
  });
  afterEach(async () => {
    await server.stop();
    await repository[Symbol.asyncDispose]();
    await forge[Symbol.asyncDispose]();
  });

  const json = (response: ServerResponse, body: unknown, headers: Record<string, string> = {}, status = 200) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  /** Connects it; reading begins at once. */
  const connect = async (kind: 'github' | 'gitlab', more: object = {}) => {
    await server.client.setRepository(project, {
      url: repository.path,
      forge: { kind, url: forge.url, project, token },
      ...more,
    });
    await server.context.forges.idle();
  };
  const read = () => server.context.forges.runOnce();
  const error = async () => (await server.client.repository(project)).repository?.forge?.error;
  const changes = async () =>
    (await ask<Record<string, unknown>[]>(server, `GET /api/v4/projects/shop%2Fcheckout/merge_requests`)).body;
  const numbers = async () => (await changes()).map(({ iid }) => iid).sort();

  test('of GitHub are read page by page, with the token, from the last one updated on', async () => {
    const next = `<${forge.url}/repos/shop/checkout/pulls?page=2>; rel="next", <${forge.url}/x>; rel="last"`;
    forge.answer = (response, { path }) =>
      path.includes('page=2')
        ? json(response, [githubPull(1, { ...githubMerged, updated_at: '2026-05-16T10:00:00Z' })])
        : json(response, [githubPull(2, { updated_at: '2026-05-20T10:00:00Z' })], { link: next });
    await connect('github');
    expect(await changes()).toMatchObject([
      { iid: 1, state: 'merged', merge_commit_sha: githubMerged.merge_commit_sha, merged_by: { username: 'hubot' } },
      { iid: 2, state: 'opened', author: { username: 'octocat' } },
    ]);
    expect(forge.received.map(({ path }) => path)).toEqual([
      '/repos/shop/checkout/pulls?state=all&sort=updated&direction=desc&per_page=50',
      '/repos/shop/checkout/pulls?page=2',
    ]);
    expect(forge.received[0]?.headers).toMatchObject({ authorization: `Bearer ${token}` });
    expect(await error()).toBeNull();
    // The second time the first page goes back far enough.
    forge.answer = (response) => {
      const updated = [githubPull(3, { updated_at: '2026-05-21T10:00:00Z' }), githubPull(1, githubMerged)];
      json(response, updated, { link: next });
    };
    await read();
    expect(forge.received).toHaveLength(3);
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  test('of GitLab are read from the moment on that the last reading came to', async () => {
    forge.answer = (response) => json(response, [gitlabShown(5)]);
    await connect('gitlab');
    expect(await changes()).toMatchObject([
      {
        iid: 5,
        title: 'Title of 5',
        state: 'merged',
        merged_at: '2026-05-02T10:00:00.000Z',
        squash_commit_sha: 'b'.repeat(40),
        sha: 'a'.repeat(40),
        author: { username: 'maya', name: 'Maya M' },
        merged_by: { username: 'ann' },
        labels: ['fast'],
      },
    ]);
    await read();
    expect(forge.received.map(({ path }) => path.replace(/^.*per_page=50/, ''))).toEqual([
      '',
      '&updated_after=2026-05-02T09:59:00.000Z',
    ]);
    expect(forge.received[0]?.path).toContain('/projects/shop%2Fcheckout/merge_requests?scope=all');
  });

  test('of many pages are read in turns, and what is older than 50,000 is left out for good', async () => {
    const pageOf = (path: string) => Number(/[?&]page=(\d+)/.exec(path)?.[1] ?? 1);
    forge.answer = (response, { path }) => {
      const next = `<${forge.url}/repos/shop/checkout/pulls?page=${pageOf(path) + 1}>; rel="next"`;
      json(response, [githubPull(1, { updated_at: '2026-05-20T10:00:00Z' })], { link: next });
    };
    await connect('github');
    expect(forge.received).toHaveLength(1000);
    expect(new Set(forge.received.map(({ path }) => pageOf(path))).size).toBe(1000);
    expect(await error()).toBe('It has more than 50000 changes: the oldest were left out.');
    forge.answer = (response) => json(response, [githubPull(1, { updated_at: '2026-05-01T10:00:00Z' })]);
    await read();
    expect([forge.received.length, await error()]).toEqual([1001, null]);
  });

  test('change nothing that a later webhook has told', async () => {
    await server.client.createIncomingSecret(project, { source: 'github', secret });
    await fromGitHub(server, { event: 'pull_request', body: githubPullRequest(1, githubMerged, 'closed') });
    await server.context.incoming.applier.runOnce();
    forge.answer = (response) => json(response, [githubPull(1)]);
    await connect('github');
    expect(await changes()).toMatchObject([{ iid: 1, state: 'merged' }]);
  });

  test('of a project that is limited to a folder are those that its commits tell of', async () => {
    await repository.write([
      { message: 'Root', as: 'root', files: { 'api/a': '1', 'web/a': '1' }, branch: 'main' },
      { message: 'In the folder (#1)', as: 'one', parents: ['root'], files: { 'api/a': '2' }, branch: 'main' },
      { message: 'Elsewhere (#2)', as: 'two', parents: ['one'], files: { 'web/a': '2' }, branch: 'main' },
    ]);
    forge.answer = (response) =>
      json(
        response,
        [2, 1].map((number) => githubPull(number, githubMerged)),
      );
    await connect('github', { path: 'api' });
    expect(await numbers()).toEqual([]);
    await server.context.repositoryWork.fetcher.runOnce();
    await read();
    expect(await changes()).toMatchObject([{ iid: 1, title: githubPull(1).title, author: { username: 'octocat' } }]);
  });

  test.each([
    ['a token that it does not accept', 401, {}, 'It does not accept the token.'],
    ['a token that may not read', 403, {}, 'The token may not read merge or pull requests.'],
    ['a project that it does not have', 404, {}, 'It has no project shop/checkout, or the token may not read it.'],
    [
      'another address',
      301,
      { location: 'http://127.0.0.1:1/' },
      'It answered 301: the project or the API has another',
    ],
    ['a fault of its own', 500, {}, 'It answered 500.'],
  ])('that cannot be read for %s leave the reason, without the token', async (_, status, headers, reason) => {
    forge.answer = (response) => json(response, { message: token }, headers, status);
    await connect('github');
    expect(await error()).toContain(reason);
    expect(await error()).not.toContain(token);
    expect(forge.received).toHaveLength(1);
  });

  test.each([
    ['retry-after', { 'retry-after': '120' }, 429],
    ['x-ratelimit-reset', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(noon / 1000 + 120) }, 403],
  ])('wait as long as %s says', async (_, headers, status) => {
    forge.answer = (response) => json(response, {}, headers, status);
    await connect('github');
    expect(await error()).toBe('It was asked too often, and answers again at 2026-06-01T12:02:00.000Z.');
    forge.answer = (response) => json(response, [githubPull(1)]);
    now += 119_000;
    await read();
    expect(forge.received).toHaveLength(1);
    now += 2000;
    await read();
    expect([forge.received.length, await error()]).toEqual([2, null]);
  });

  test('are read from no other server than the one that the token is for', async () => {
    const link = '<http://127.0.0.1:1/steal>; rel="next"';
    forge.answer = (response) => json(response, [githubPull(1)], { link });
    await connect('github');
    expect(await error()).toBe('Its next page is on another server.');
    expect(await numbers()).toEqual([1]);
  });

  test.each([
    ['no list', '{"message": "hello"}', 'Its answer is not a list of changes.'],
    ['no JSON', '<html>', 'Its answer is not valid JSON.'],
    ['more than 8 MiB', `[${' '.repeat(9 * 1024 * 1024)}]`, 'The answer is larger than 8388608 bytes.'],
  ])('that are %s leave the reason', async (_, body, reason) => {
    forge.answer = (response) => void response.end(body);
    await connect('gitlab');
    expect(await error()).toContain(reason);
  });

  test('that cannot be understood are counted, and the others are there', async () => {
    forge.answer = (response) => json(response, [gitlabShown(1, { state: 'lost' }), 7, gitlabShown(2)]);
    await connect('gitlab');
    expect(await numbers()).toEqual([2]);
    expect(await error()).toMatch(
      /^2 changes could not be understood: \/iid|^2 changes could not be understood: \/state/,
    );
  });

  test('are not read from an address of this machine that no administrator allows', async () => {
    await using other = await startTestServer({ database: name, repositoryPaths: [repository.folder] });
    await other.client.record(report({ namespace: 'shop', service: 'checkout' }));
    const wanted = { url: repository.path, forge: { kind: 'github' as const, url: forge.url, project, token } };
    await expect(other.client.setRepository(project, wanted)).rejects.toMatchObject({ status: 422 });
    expect(forge.received).toEqual([]);
  });
});
