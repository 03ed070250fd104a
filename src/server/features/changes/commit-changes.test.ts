import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { type GitRepository, makeGitRepository } from '../../../../test/support/git-repository.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

describe.each(databases)('changes that commits tell of on $name', ({ name }) => {
  let server: TestServer;
  let repository: GitRepository;
  beforeEach(async () => {
    repository = await makeGitRepository();
    server = await startTestServer({ database: name, repositoryPaths: [tmpdir()] });
    for (const service of ['api', 'web']) await server.client.record(report({ service }));
  });
  afterEach(async () => {
    await server.stop();
    await repository[Symbol.asyncDispose]();
  });

  const fetch = () => server.context.repositoryWork.fetcher.runOnce();
  const connect = async (service: string, path = '', url = repository.path) => {
    await server.client.setRepository(service, { url, path });
    await fetch();
  };
  const changes = async (service: string) =>
    (
      await ask<Record<string, unknown>[]>(
        server,
        `GET /api/v4/projects/${service}/merge_requests?order_by=title&sort=asc`,
      )
    ).body;
  const numbers = async (service: string) => (await changes(service)).map(({ iid }) => iid);

  test('are known with nothing but a repository: who made them, what they were called and when they landed', async () => {
    const [, , merge, squash] = await repository.write([
      { message: 'Begin', as: 'root', files: { a: '1' }, branch: 'main' },
      { message: 'Work', as: 'work', parents: ['root'], author: 'Maya M', files: { b: '1' } },
      {
        message: 'Merge pull request #7 from maya/basket\n\nAdd a basket',
        as: 'merge',
        parents: ['root', 'work'],
        committedAt: '2026-02-03T10:00:00Z',
        branch: 'main',
      },
      { message: 'Make it fast (#8)', parents: ['merge'], author: 'Ann', files: { c: '1' }, branch: 'main' },
    ]);
    await connect('api');
    expect(await changes('api')).toMatchObject([
      {
        iid: 7,
        title: 'Add a basket',
        state: 'merged',
        author: { username: null, name: 'Maya M' },
        source_branch: 'basket',
        merged_at: '2026-02-03T10:00:00.000Z',
        merge_commit_sha: merge,
        squash_commit_sha: null,
      },
      { iid: 8, title: 'Make it fast', author: { name: 'Ann' }, merge_commit_sha: null, squash_commit_sha: squash },
    ]);
  });

  test('come one after the other, and stay as the first commit told of them', async () => {
    await repository.commit('First (#1)');
    await connect('api');
    await repository.commit('Second (#2)');
    await repository.commit('Once more (#1)');
    await server.client.fetchRepository('api');
    await fetch();
    expect((await changes('api')).map(({ title }) => title)).toEqual(['First', 'Second']);
  });

  test('are those of the folder that a project is limited to, by what a merge merges', async () => {
    await repository.write([
      { message: 'Begin', as: 'root', files: { 'api/a': '1', 'web/a': '1' }, branch: 'main' },
      { message: 'In web', as: 'web', parents: ['root'], files: { 'web/a': '2' } },
      { message: 'In api (#2)', as: 'two', parents: ['root'], files: { 'api/a': '2' }, branch: 'main' },
      {
        message: "Merge branch 'web' into 'main'\n\nIn web\n\nSee merge request all!1",
        as: 'one',
        parents: ['two', 'web'],
      },
      { message: 'In both (#3)', parents: ['one'], files: { 'api/a': '3', 'web/a': '3' }, branch: 'main' },
    ]);
    await connect('api', 'api');
    await connect('web', 'web');
    expect([await numbers('api'), await numbers('web')]).toEqual([
      [2, 3],
      [3, 1],
    ]);
  });

  test('are told no more when their repository is another, but for what a tool told', async () => {
    await using other = await makeGitRepository();
    await other.commit('Elsewhere (#9)');
    await ask(server, 'POST /api/v4/projects/api/merge_requests', {
      body: { iid: 5, title: 'As the tool calls it', source_branch: 'feature', target_branch: 'main' },
    });
    await repository.commit('Only a commit (#4)');
    await repository.commit('As the commit calls it (#5)', { author: 'Ann' });
    const sha = await repository.commit('Go on');
    await server.client.setRepository('api', { url: repository.path, links_first: true });
    await fetch();
    await server.client.record(report({ service: 'api', sha }));
    await server.context.tracker.runOnce();
    const links = server.context.database.read.selectFrom('change_deployments').select('change_id');
    expect(await links.execute()).not.toEqual([]);
    await connect('api', '', other.path);
    await server.context.tracker.runOnce();
    expect(await numbers('api')).toEqual([5, 9]);
    expect((await changes('api'))[0]).toMatchObject({
      title: 'As the tool calls it',
      squash_commit_sha: null,
      author: null,
    });
    expect(await links.execute()).toEqual([]);
    await server.client.removeRepository('api');
    expect(await numbers('api')).toEqual([5]);
    // What was looked through before is looked through again.
    await connect('api', '', repository.path);
    expect(await numbers('api')).toEqual([5, 4]);
  });

  test('are merged where a merge commit lands what a tool told as opened before', async () => {
    const told = { source_branch: 'feature', target_branch: 'main', state: 'opened' };
    for (const [iid, updated_at] of [
      [6, '2026-02-01T10:00:00Z'],
      [7, '2026-02-05T10:00:00Z'],
    ] as const)
      await ask(server, 'POST /api/v4/projects/api/merge_requests', {
        body: { ...told, iid, title: `T${iid}`, updated_at },
      });
    await repository.write([
      { message: 'Begin', as: 'root', files: { a: '1' }, branch: 'main' },
      { message: 'Work', as: 'work', parents: ['root'], files: { b: '1' } },
      ...[6, 7].map((number) => ({
        message: `Merge pull request #${number} from maya/basket`,
        as: `merge${number}`,
        parents: [number === 6 ? 'root' : 'merge6', 'work'],
        committedAt: '2026-02-03T10:00:00Z',
        branch: 'main',
      })),
    ]);
    await connect('api');
    expect(await changes('api')).toMatchObject([
      { iid: 6, state: 'merged', merged_at: '2026-02-03T10:00:00.000Z' },
      // The tool has told of it since.
      { iid: 7, state: 'opened' },
    ]);
    await server.client.removeRepository('api');
    expect(await changes('api')).toMatchObject([{ state: 'opened', merge_commit_sha: null }, { state: 'opened' }]);
  });

  test('stay merged by whoever tells it, however late its clock is, until somebody opens them again', async () => {
    const url = 'POST /api/v4/projects/api/merge_requests' as const;
    const told = { iid: 3, title: 'T', source_branch: 'feature', target_branch: 'main' };
    const merged = { ...told, state: 'merged', merged_at: '2026-02-01T10:00:00Z', updated_at: '2026-02-01T10:00:00Z' };
    await ask(server, url, { body: { ...told, state: 'opened', updated_at: '2026-02-01T10:00:30Z' } });
    await ask(server, url, { body: merged });
    expect(await changes('api')).toMatchObject([{ state: 'merged', merged_at: '2026-02-01T10:00:00.000Z' }]);
    await ask(server, url, { body: { ...told, state: 'opened', updated_at: '2026-02-01T10:01:00Z' } });
    await ask(server, url, { body: merged });
    expect(await changes('api')).toMatchObject([{ state: 'opened' }]);
  });

  test('are linked where another tier has their environment take part', async () => {
    const sha = await repository.commit('First (#1)');
    await server.client.setRepository('api', { url: repository.path, links_first: true, tracked: 'gitlab' });
    await fetch();
    await server.client.record(report({ service: 'api', sha, environment: 'qa/one' }));
    await server.context.tracker.runOnce();
    const links = server.context.database.read.selectFrom('change_deployments').select('change_id');
    expect(await links.execute()).toEqual([]);
    const environments = await ask<{ id: number; name: string }[]>(server, 'GET /api/v4/projects/api/environments');
    const { id } = environments.body.find(({ name: called }) => called === 'qa/one') ?? { id: 0 };
    await ask(server, `PUT /api/v4/projects/api/environments/${id}`, { body: { tier: 'staging' } });
    await server.context.tracker.runOnce();
    expect(await links.execute()).toHaveLength(1);
  });

  test('say nothing that a tool has told otherwise, and fill in what it has not', async () => {
    const told = { iid: 5, title: 'As the tool calls it', source_branch: 'feature', target_branch: 'main' };
    await ask(server, 'POST /api/v4/projects/api/merge_requests', { body: { ...told, author_username: 'maya' } });
    const sha = await repository.commit('As the commit calls it (#5)');
    await connect('api');
    expect(await changes('api')).toMatchObject([
      { title: 'As the tool calls it', author: { username: 'maya' }, squash_commit_sha: sha },
    ]);
  });
});
