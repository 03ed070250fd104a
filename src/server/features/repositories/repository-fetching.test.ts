import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { report } from '../../../../test/support/factories.ts';
import {
  commitsOf,
  createDatabase,
  project,
  scene,
  secret,
  stateOf,
} from '../../../../test/support/repository-scene.ts';
import { startTestServer } from '../../../../test/support/server.ts';
import type { Repository } from '../../../contract/repositories.ts';
import { RepositoryFetchStore } from './repository-fetch-store.ts';

describe('a repository', () => {
  test('in an allowed folder is read: its commits, its default branch, without the contents of files', async () => {
    await using all = await scene();
    const first = await all.remote.commit('Begin', { files: { 'README.md': 'the contents of a file' } });
    const second = await all.remote.commit('Go on');
    await all.remote.tag('v1.0.0', second);
    expect(await all.connect({ url: all.remote.path })).toMatchObject({
      error: null,
      failures: 0,
      default_branch: 'main',
      commit_count: 2,
      shallow: false,
      fetched_at: expect.any(String),
    });
    expect(await commitsOf(all.server)).toEqual([first, second]);
    const blob = await all.remote.git('rev-parse', 'main:README.md');
    const mirror = join(all.server.config.dataDir, 'repositories/1.git');
    expect(await all.remote.git('-C', mirror, 'rev-list', '--objects', '--all', '--missing=print')).toContain(
      `?${blob}`,
    );
  });

  test('whose fetch was cut short before its default branch was known has it after the next one', async () => {
    await using all = await scene();
    await all.remote.commit('Begin');
    await all.connect({ url: all.remote.path });
    await rm(join(all.server.config.dataDir, 'repositories/1.git/shiplog-head'));
    expect((await all.fetch()).default_branch).toBe('main');
  });

  test('in a folder that was removed says so', async () => {
    await using all = await scene();
    await all.remote.commit('Begin');
    await all.connect({ url: all.remote.path });
    await rm(all.remote.path, { recursive: true });
    expect((await all.fetch()).error).toBe('The folder is not there any more.');
  });

  test('that a dead node was at is taken up by another within half a minute', async () => {
    await using database = await createDatabase();
    await using all = await scene({ database });
    await all.remote.commit('Begin');
    await all.server.client.setRepository(project, { url: all.remote.path });
    await all.server.context.repositoryWork.fetcher.runOnce();
    await all.server.client.fetchRepository(project);
    const asked = new Promise((resolve) => {
      all.http.instead = resolve;
    });
    await all.server.client.setRepository(project, { url: all.byHttp });
    await asked;
    all.http.instead = undefined;
    await using other = await startTestServer({
      database,
      clock: () => Date.now() + 31_000,
      webhookAllowedHosts: ['127.0.0.1'],
      adminToken: all.server.adminToken,
    });
    await other.context.repositoryWork.fetcher.runOnce();
    expect(await stateOf(other)).toMatchObject({ commit_count: 1, error: null, fetched_at: expect.any(String) });
  });

  test('behind http and a password is read, with the right one only', async () => {
    await using all = await scene();
    await all.remote.commit('Begin');
    all.http.credentials = { username: 'mia', password: secret };
    const wrong = await all.connect({ url: all.byHttp, username: 'mia', secret: 'wrong' });
    expect(wrong).toMatchObject({ error: 'The remote refused the credentials.', failures: 1, commit_count: 0 });
    const right = await all.connect({ url: all.byHttp, username: 'mia', secret });
    expect(right).toMatchObject({ error: null, commit_count: 1, has_secret: true });
    expect(JSON.stringify(right)).not.toContain(secret);
  });

  test('is asked at the address that its name was resolved to', async () => {
    await using all = await scene();
    await all.remote.commit('Begin');
    const url = `http://git.test:${all.http.port}/repository.git`;
    expect(await all.connect({ url })).toMatchObject({ error: null, commit_count: 1 });
  });

  test('that has nothing new costs one request', async () => {
    await using all = await scene();
    await all.remote.commit('Begin');
    await all.connect({ url: all.byHttp });
    const before = all.http.requests.length;
    expect(await all.fetch()).toMatchObject({ error: null, commit_count: 1 });
    expect(all.http.requests.slice(before).filter((request) => request.startsWith('GET'))).toHaveLength(1);
  });

  test('keeps what a force push takes away', async () => {
    await using all = await scene();
    const first = await all.remote.commit('Begin');
    const gone = await all.remote.commit('Regret');
    await all.connect({ url: all.remote.path });
    const other = await all.remote.commit('Instead', { parents: [first] });
    expect(await all.fetch()).toMatchObject({ commit_count: 3 });
    expect(await commitsOf(all.server)).toEqual([first, gone, other]);
  });

  test('has a deployed commit fetched that no branch contains', async () => {
    await using all = await scene();
    const first = await all.remote.commit('Begin');
    const loose = await all.remote.commit('On a branch that is gone', { branch: 'gone' });
    await all.remote.removeBranch('gone');
    await all.server.client.record(report({ service: project, sha: loose.toUpperCase() }));
    await all.server.client.record(report({ service: project, sha: 'f'.repeat(40) }));
    // However many that no remote could give by these names came after it.
    for (let n = 0; n < 25; n += 1) await all.server.client.record(report({ service: project, sha: `abc${1000 + n}` }));
    expect(await all.connect({ url: all.byHttp })).toMatchObject({ error: null, commit_count: 2 });
    expect(await commitsOf(all.server)).toEqual([first, loose]);
    const fetches = all.server.context.database.read.selectFrom('repositories').select('id');
    const [{ id } = { id: 0 }] = await fetches.execute();
    const store = new RepositoryFetchStore(all.server.context.database);
    const [unknown, ...others] = await store.unknownCommits(id, 500);
    expect([unknown?.sha, others]).toEqual(['f'.repeat(40), []]);
    expect(await store.unknownCommits(id, 500, unknown?.newest)).toEqual([]);
  });

  test('whose history is cut off says so', async () => {
    await using all = await scene();
    await all.remote.commit('Begin');
    await all.remote.commit('Go on');
    const path = join(all.remote.folder, 'shallow.git');
    await all.remote.git('clone', '--quiet', '--bare', '--depth=1', `file://${all.remote.path}`, path);
    expect(await all.connect({ url: path })).toMatchObject({ error: null, shallow: true, commit_count: 1 });
  });

  test('that cannot be reached is tried again after a minute, then two, and recovers', async () => {
    await using all = await scene();
    await all.remote.commit('Begin');
    all.http.instead = (_, response) => response.writeHead(503).end();
    const { fetcher } = all.server.context.repositoryWork;
    const failed = await all.connect({ url: all.byHttp });
    expect(failed).toMatchObject({ error: 'The remote failed to answer.', failures: 1, fetched_at: null });
    const waitOf = ({ attempted_at, next_fetch_at }: Repository) =>
      Date.parse(next_fetch_at) - Date.parse(attempted_at ?? '');
    expect(waitOf(failed)).toBe(60_000);
    all.pass(30_000);
    await fetcher.runOnce();
    expect(await stateOf(all.server)).toMatchObject({ failures: 1 });
    all.pass(30_000);
    await fetcher.runOnce();
    const again = await stateOf(all.server);
    expect([again.failures, waitOf(again)]).toEqual([2, 120_000]);
    all.http.instead = undefined;
    all.pass(120_000);
    await fetcher.runOnce();
    expect(await stateOf(all.server)).toMatchObject({ error: null, failures: 0, commit_count: 1 });
    expect(all.log.join('\n')).toContain('A repository could not be read');
  });

  test('with refs that look like options is read as any other', async () => {
    await using all = await scene();
    const sha = await all.remote.commit('Begin');
    await all.remote.git('update-ref', 'refs/heads/--help', sha);
    await all.remote.git('update-ref', 'refs/tags/--upload-pack=touch', sha);
    await all.remote.git('update-ref', 'refs/heads/$(touch x)`y`', sha).catch(() => undefined);
    expect(await all.connect({ url: all.remote.path })).toMatchObject({ error: null, commit_count: 1 });
  });

  test('is read with tags of all kinds, and with branches whose names trade places', async () => {
    await using all = await scene();
    const { remote } = all;
    const sha = await remote.commit('Begin', { files: { 'README.md': 'text' }, branch: 'feature' });
    await remote.branch('main', sha);
    const annotate = (...args: string[]) =>
      remote.git('-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', 'tag', '-a', '-m', 'text', ...args);
    await annotate('v1', sha);
    await annotate('v2', 'v1');
    await remote.tag('of-a-file', await remote.git('rev-parse', `${sha}:README.md`));
    await remote.tag('of-a-folder', await remote.git('rev-parse', `${sha}^{tree}`));
    expect(await all.connect({ url: remote.path })).toMatchObject({ error: null, commit_count: 1 });
    const tags = await all.server.context.database.read.selectFrom('repository_tags').selectAll().execute();
    expect(tags.map(({ name, sha: commit }) => [name, commit]).sort()).toEqual([
      ['v1', sha],
      ['v2', sha],
    ]);
    await remote.removeBranch('feature');
    await remote.commit('Go on', { branch: 'feature/a', parents: [sha] });
    expect(await all.fetch()).toMatchObject({ error: null, commit_count: 2 });
  });

  test('is read anew where the database was restored from a backup that knew less of it', async () => {
    await using all = await scene();
    const first = await all.remote.commit('Begin');
    await all.connect({ url: all.remote.path });
    await all.server.context.database.transaction(async (tx) => {
      await tx.deleteFrom('commit_notes').execute();
      await tx.deleteFrom('commits').execute();
      await tx.updateTable('repositories').set({ commit_count: 0, compared_until: 0 }).execute();
    });
    const second = await all.remote.commit('Go on');
    expect(await all.fetch()).toMatchObject({ error: null, commit_count: 2 });
    expect(await commitsOf(all.server)).toEqual([first, second]);
  });

  test('without any commit is read once there is one', async () => {
    await using all = await scene();
    expect(await all.connect({ url: all.remote.path })).toMatchObject({ error: null, commit_count: 0 });
    await all.remote.commit(`Ä${'ö'.repeat(100_000)}`, { author: 'Ünal' });
    expect(await all.fetch()).toMatchObject({ error: null, commit_count: 1, default_branch: 'main' });
  });

  test('that was fetched often is kept in few packs, and stays whole', async () => {
    await using all = await scene();
    const url = all.remote.path;
    await all.remote.commit('0', { files: { 'README.md': 'text' } });
    await all.connect({ url });
    for (let index = 1; index <= 52; index += 1) {
      await all.remote.commit(String(index), { files: { 'README.md': `text ${index}` } });
      expect(await all.fetch()).toMatchObject({ error: null, commit_count: index + 1 });
    }
    const packs = await readdir(join(all.server.config.dataDir, 'repositories/1.git/objects/pack'));
    expect(packs.filter((name) => name.endsWith('.pack')).length).toBeLessThan(10);
  });
});

describe('mirrors', () => {
  test('hold no private key that a server which was killed has left behind', async () => {
    await using all = await scene();
    await all.remote.commit('Begin');
    await all.connect({ url: all.remote.path });
    const key = join(all.server.config.dataDir, 'repositories/1.git/ssh-key');
    await writeFile(key, 'a private key');
    all.server.context.repositoryWork.start();
    await expect(readFile(key)).rejects.toThrow('ENOENT');
  });

  test('are made anew when they are damaged', async () => {
    await using all = await scene();
    await all.remote.commit('Begin');
    await all.connect({ url: all.remote.path });
    const folder = join(all.server.config.dataDir, 'repositories/1.git');
    await writeFile(join(folder, 'config'), 'no configuration');
    expect((await all.fetch()).failures).toBe(1);
    expect(await all.fetch()).toMatchObject({ error: null, commit_count: 1 });
  });

  test('are two where two projects read one remote by other credentials, and one where they read it by the same', async () => {
    await using all = await scene();
    await all.remote.commit('Begin');
    const { client, context } = all.server;
    const url = all.byHttp;
    for (const [service, password] of Object.entries({ checkout: secret, search: 'other', billing: secret })) {
      await client.record(report({ service }));
      await client.setRepository(service, { url, username: 'mia', secret: password });
      await context.repositoryWork.fetcher.runOnce();
    }
    expect(await context.database.read.selectFrom('repositories').select('id').execute()).toHaveLength(2);
    const names = await readdir(join(all.server.config.dataDir, 'repositories'));
    expect(names.filter((name) => name.endsWith('.git')).sort()).toEqual(['1.git', '2.git']);
  });
});
