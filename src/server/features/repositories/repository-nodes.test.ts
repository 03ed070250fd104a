import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { databases, type TestDatabase } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { serveGit } from '../../../../test/support/git-over-http.ts';
import { makeGitRepository } from '../../../../test/support/git-repository.ts';
import { startTestServer } from '../../../../test/support/server.ts';

const project = 'checkout';
const shared = {
  adminToken: 'admin-of-all-nodes',
  secretKey: 'one secret key for all nodes',
  webhookAllowedHosts: ['127.0.0.1'],
};

describe.each(databases)('a repository that several nodes read on $name', ({ create }) => {
  /** Nodes with one database, and a folder of data each. */
  async function nodes(database: TestDatabase) {
    const folder = await mkdtemp(join(tmpdir(), 'shiplog-node-'));
    const servers = await Promise.all(
      ['a', 'b'].map((name) =>
        startTestServer({ ...shared, database, dataDir: databaseFolder(database, folder, name) }),
      ),
    );
    return {
      servers,
      async [Symbol.asyncDispose]() {
        for (const server of servers) await server.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  }

  test('is fetched by one of them at a time, and by another that has no copy without being indexed twice', async () => {
    await using database = await create();
    await using remote = await makeGitRepository();
    await using http = await serveGit(remote.folder);
    const first = await remote.commit('Begin');
    await using all = await nodes(database);
    const [one, other] = all.servers;
    if (!one || !other) throw new Error('There are two.');
    const commits = async () => {
      const rows = await one.context.database.read.selectFrom('commits').select(['n', 'sha']).orderBy('n').execute();
      return rows.map(({ n, sha }) => [n, sha]);
    };
    await one.client.record(report({ service: project }));
    await one.client.setRepository(project, { url: `${http.url}/repository.git`, secret: 'of-the-remote' });
    await Promise.all(all.servers.map(({ context }) => context.repositoryWork.fetcher.runOnce()));
    // A node may still be at it whose own look found nothing due.
    await expect.poll(async () => (await one.client.repository(project)).repository?.fetched_at).not.toBeNull();
    expect(await commits()).toEqual([[0, first]]);
    const asked = http.requests.filter((request) => request.startsWith('GET')).length;
    // What is there, its commits, and the default branch.
    expect(asked).toBe(3);

    const second = await remote.commit('Go on');
    for (const { client, context } of all.servers) {
      await client.fetchRepository(project);
      await context.repositoryWork.fetcher.runOnce();
    }
    await expect.poll(async () => (await one.client.repository(project)).repository?.commit_count).toBe(2);
    expect(await commits()).toEqual([
      [0, first],
      [1, second],
    ]);
    expect((await one.client.repository(project)).repository).toMatchObject({ error: null, failures: 0 });
  });
});

/** Nodes share the file of SQLite, which lies in the folder of data. */
function databaseFolder(database: TestDatabase, folder: string, name: string): string {
  return database.databaseUrl === undefined ? database.dataDir : join(folder, name);
}
