import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { makeGitRepository } from '../../../../test/support/git-repository.ts';
import { fromGitHub, fromGitLab, secret } from '../../../../test/support/incoming.ts';
import { githubMerged, githubPullRequest, gitlabMergeRequestHook } from '../../../../test/support/incoming-changes.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

const project = 'shop/checkout';

describe.each(databases)('a webhook about a change on $name', ({ name }) => {
  let server: TestServer;
  let number = 0;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    await server.client.record(report({ namespace: 'shop', service: 'checkout' }));
    for (const source of ['github', 'gitlab'] as const)
      await server.client.createIncomingSecret(project, { source, secret });
  });
  beforeEach(() => {
    number += 1;
  });
  afterAll(() => server.stop());

  const applied = () => server.context.incoming.applier.runOnce();
  const known = async () => {
    const url = `/api/v4/projects/shop%2Fcheckout/merge_requests/${number}` as const;
    return (await ask<Record<string, unknown>>(server, `GET ${url}`)).body;
  };
  const githubTells = async (told: object, action?: string) => {
    const body = githubPullRequest(number, { ...told }, action);
    const { id } = (await fromGitHub(server, { event: 'pull_request', body })).body;
    await applied();
    return id;
  };
  const gitlabTells = async (told: object, user?: object) => {
    const body = gitlabMergeRequestHook(number, { ...told }, user && { ...user });
    const { id } = (await fromGitLab(server, { event: 'Merge Request Hook', body })).body;
    await applied();
    return id;
  };

  test('of GitHub makes it known, without the commit of a merge that was only tried', async () => {
    const id = await githubTells({});
    expect(await server.client.incomingDelivery(id)).toMatchObject({ state: 'applied', reason: null });
    expect(await known()).toMatchObject({
      title: 'Update the README with new information.',
      description: 'This is a pretty simple change that we need to pull into main.',
      state: 'opened',
      author: { username: 'octocat' },
      source_branch: 'changes',
      target_branch: 'main',
      sha: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
      merge_commit_sha: null,
      labels: ['bug'],
      draft: false,
      created_at: '2026-05-15T15:20:33.000Z',
      web_url: `https://github.example/shop/checkout/pull/${number}`,
    });
  });

  test('of GitHub that it was merged tells when, by whom and as which commit', async () => {
    await githubTells({});
    await githubTells(githubMerged, 'closed');
    expect(await known()).toMatchObject({
      state: 'merged',
      merged_at: '2026-05-16T10:00:00.000Z',
      merged_by: { username: 'hubot' },
      merge_commit_sha: githubMerged.merge_commit_sha,
    });
  });

  test('of moments far ahead is taken for one of now', async () => {
    await githubTells({ updated_at: '2199-01-01T00:00:00Z' });
    expect(Date.parse(String((await known())['updated_at']))).toBeLessThan(Date.now() + 60_000);
  });

  test('with a number that no change can have is refused with the reason', async () => {
    const body = githubPullRequest(2_147_483_648);
    const { id } = (await fromGitHub(server, { event: 'pull_request', body })).body;
    await applied();
    expect(await server.client.incomingDelivery(id)).toMatchObject({
      state: 'failed',
      reason: '/pull_request/number must be from 1 to 2147483647',
    });
  });

  test('that comes late changes nothing back', async () => {
    await githubTells({ ...githubMerged, title: 'The last title' }, 'closed');
    await githubTells({ title: 'An earlier title' }, 'edited');
    expect(await known()).toMatchObject({ state: 'merged', title: 'The last title' });
    // Of the same second: GitHub tells of what was merged, and of a label before that.
    await githubTells({ updated_at: githubMerged.updated_at }, 'labeled');
    expect(await known()).toMatchObject({ state: 'merged' });
  });

  test('of GitHub follows it as it is closed, opened again and made a draft', async () => {
    const closed = { state: 'closed', closed_at: '2026-05-15T16:00:00Z', updated_at: '2026-05-15T16:00:00Z' };
    await githubTells(closed, 'closed');
    expect(await known()).toMatchObject({ state: 'closed', closed_at: '2026-05-15T16:00:00.000Z', merged_at: null });
    await githubTells({ updated_at: '2026-05-15T17:00:00Z', draft: true }, 'reopened');
    expect(await known()).toMatchObject({ state: 'opened', closed_at: null, draft: true });
  });

  test.each(['2013-12-03T17:23:34Z', '2013-12-03 17:23:34 UTC'])(
    'of GitLab with the time %s makes it known',
    async (at) => {
      await gitlabTells({ created_at: at, updated_at: at });
      expect(await known()).toMatchObject({
        title: 'MS-Viewport',
        description: null,
        state: 'opened',
        author: { username: 'maya', name: 'Maya M' },
        source_branch: 'ms-viewport',
        sha: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
        labels: ['API'],
        created_at: '2013-12-03T17:23:34.000Z',
        web_url: `https://gitlab.example/shop/checkout/-/merge_requests/${number}`,
      });
    },
  );

  test('of GitLab that somebody else merged it leaves its author alone', async () => {
    await gitlabTells({});
    const merge_commit_sha = 'b'.repeat(40);
    const merged = { state: 'merged', action: 'merge', updated_at: '2013-12-04 10:00:00 UTC', merge_commit_sha };
    await gitlabTells(merged, { id: 7, name: 'Ann', username: 'ann' });
    expect(await known()).toMatchObject({
      state: 'merged',
      author: { username: 'maya' },
      merged_by: { username: 'ann' },
      merged_at: '2013-12-04T10:00:00.000Z',
      merge_commit_sha,
    });
  });

  test('that was kept before such were understood is applied when it is replayed', async () => {
    const id = await githubTells({});
    await server.context.database.transaction((tx) =>
      tx.updateTable('incoming_deliveries').set({ state: 'kept' }).where('id', '=', id).execute(),
    );
    await githubTells(githubMerged, 'closed');
    await server.client.replayIncoming(id);
    await applied();
    expect(await server.client.incomingDelivery(id)).toMatchObject({ state: 'applied' });
    expect(await known()).toMatchObject({ state: 'merged' });
  });

  test.each([
    ['no number', { number: null }, '/pull_request/number must be a whole number'],
    ['another state', { state: 'lost' }, '/pull_request/state must be one of open, closed'],
    ['no time', { updated_at: 'today' }, '/pull_request/updated_at must be a date and time'],
  ])('with %s stays with its reason', async (_, wrong, reason) => {
    const id = await githubTells(wrong);
    expect(await server.client.incomingDelivery(id)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining(reason),
    });
  });

  test.each(['github', 'gitlab'] as const)(
    'of %s that something was pushed has the repository fetched',
    async (source) => {
      await using repository = await makeGitRepository();
      await using other = await startTestServer({ database: name, repositoryPaths: [repository.folder] });
      await repository.commit('Begin');
      await other.client.record(report({ namespace: 'shop', service: 'checkout' }));
      await other.client.createIncomingSecret(project, { source, secret });
      await other.client.setRepository(project, { url: repository.path });
      await other.context.repositoryWork.fetcher.runOnce();
      await repository.commit('Pushed (#12)');
      const body = {
        object_kind: 'push',
        repository: { full_name: project },
        project: { path_with_namespace: project },
      };
      const sent =
        source === 'github' ? await fromGitHub(other, { event: 'push', body }) : await fromGitLab(other, { body });
      await other.context.incoming.applier.runOnce();
      expect(await other.client.incomingDelivery(sent.body.id)).toMatchObject({ event: 'push', state: 'applied' });
      const pushed = () => ask(other, 'GET /api/v4/projects/shop%2Fcheckout/merge_requests/12');
      await expect.poll(async () => (await pushed()).status).toBe(200);
    },
  );

  test('that is not proven changes nothing', async () => {
    const body = githubPullRequest(number);
    const { status } = await fromGitHub(server, { event: 'pull_request', body, secret: 'not-the-secret-of-it' });
    await applied();
    expect([status, await known()]).toEqual([401, { message: '404 Not found' }]);
  });
});
