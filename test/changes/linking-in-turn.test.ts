import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LinkQueueStore } from '../../src/server/features/changes/link-queue-store.ts';
import { LinkStore } from '../../src/server/features/changes/link-store.ts';
import { CommitIndexStore } from '../../src/server/features/repositories/commit-index-store.ts';
import { databases } from '../support/databases.ts';
import { makeGitRepository } from '../support/git-repository.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { trackProject } from './tracked-project.ts';

describe.each(databases)('links are made in turn on $name', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name, repositoryPaths: ['/tmp'] });
  });
  afterAll(() => server.stop());

  const projectId = async (project: string) => {
    const projects = server.context.database.read.selectFrom('projects').select('id').where('name', '=', project);
    return (await projects.executeTakeFirstOrThrow()).id;
  };
  test('A commit that is still being read is not known, and what runs is found once it is', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root');
    const landed = await remote.commit('One (#1)');
    const project = await trackProject(server, remote);
    await project.ship({ sha: root, minute: 1 });
    const { database } = server.context;
    const { repository_id: id } = await database.read
      .selectFrom('project_repositories')
      .select('repository_id')
      .where('project_id', '=', await projectId(project.name))
      .executeTakeFirstOrThrow();
    const index = new CommitIndexStore(database);
    const sha = 'ab'.repeat(20);
    const facts = { authored_at: 0, committed_at: 0, author: 'Ann Author', subject: 'Two', notes: [] };
    await index.add(id, [{ ...facts, sha, parentShas: [landed] }]);
    await project.ship({ sha, minute: 2 });
    expect(await project.state(1)).toBe('unknown');
    await index.publish(id);
    await server.context.tracker.onIndexed(id);
    await server.context.tracker.runOnce();
    expect(await project.state(1)).toBe('live');
    expect(await project.links('production')).toEqual(['', '!1']);
  });

  test('A node that is late writes nothing over what another did meanwhile', async () => {
    await using own = await startTestServer({ database: name, repositoryPaths: ['/tmp'] });
    await using remote = await makeGitRepository();
    const [root, one] = [await remote.commit('Root'), await remote.commit('One (#1)')];
    const project = await trackProject(own, remote);
    for (const [minute, sha] of [root, one].entries()) await project.ship({ sha, minute });
    await own.context.tracker.stop();
    const { database } = own.context;
    const [queue, links] = [new LinkQueueStore(database), new LinkStore(database)];
    const marked = database.read.selectFrom('environment_links').select(['project_id', 'environment_id']);
    const { project_id: id, environment_id: production } = await marked
      .orderBy('environment_id', 'desc')
      .executeTakeFirstOrThrow();
    await queue.markProject(id);
    const takeAll = async (now: number) => {
      const taken = [];
      for (let next = await queue.claim(now, now + 1000); next; next = await queue.claim(now, now + 1000))
        taken.push(next);
      return taken.find((environment) => environment.id === production);
    };
    const late = await takeAll(1000);
    await takeAll(2000);
    if (!late) throw new Error('Production was not taken.');
    const before = await links.of(production);
    expect(before.size).toBe(1);
    await links.replace(late, [...before.keys()], []);
    await queue.putOff(late, 9000);
    await queue.settle(late, 1500, { unknown: 7, isNew: true });
    expect(await links.of(production)).toEqual(before);
    const rows = database.read.selectFrom('environment_links').selectAll().where('environment_id', '=', production);
    expect(await rows.executeTakeFirstOrThrow()).toMatchObject({ due: 2, busy_until: 3000, unknown: 0 });
  });

  test('The environment that waits the longest comes first', async () => {
    await using own = await startTestServer({ database: name, repositoryPaths: ['/tmp'] });
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root');
    const project = await trackProject(own, remote);
    for (const environment of ['one', 'two', 'three']) await project.ship({ environment, sha: root });
    await own.context.tracker.stop();
    const { database } = own.context;
    const queue = new LinkQueueStore(database);
    const ids = (await database.read.selectFrom('environment_links').select('environment_id').execute())
      .map((row) => row.environment_id)
      .toSorted((a, b) => a - b);
    for (const [index, id] of ids.entries())
      await database.transaction((tx) =>
        tx
          .updateTable('environment_links')
          .set({ due: 1, busy_until: 0, linked_at: index === 0 ? 900 : index === 1 ? null : 1000 - index })
          .where('environment_id', '=', id)
          .execute(),
      );
    const taken: number[] = [];
    for (let next = await queue.claim(1, 5000); next; next = await queue.claim(1, 5000)) taken.push(next.id);
    const [first, ...others] = ids;
    expect(taken).toEqual([others[0], first, ...others.slice(1).toReversed()]);
  });

  test('Pages are told only where something is new', async () => {
    await using own = await startTestServer({ database: name, repositoryPaths: ['/tmp'] });
    await using remote = await makeGitRepository();
    const [root, one] = [await remote.commit('Root'), await remote.commit('One (#1)')];
    const project = await trackProject(own, remote);
    const told = async () => {
      const queue = new LinkQueueStore(own.context.database);
      return (await queue.changedSince(0)).map(({ changedAt }) => changedAt);
    };
    const atFirst = await told();
    await project.ship({ sha: root, minute: 1 });
    await project.ship({ sha: root, minute: 2 });
    expect(await told()).toEqual(atFirst);
    await project.ship({ sha: one, minute: 3 });
    expect(await told()).toHaveLength(atFirst.length + 1);
  });

  test('Of two stagings the one that has the other is before production, else the one that was deployed last', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root');
    const [ahead = '', aside = '', both = ''] = await remote.write([
      { message: 'Ahead', parents: [root], as: 'ahead', branch: 'main' },
      { message: 'Aside', parents: [root], as: 'aside', branch: 'aside' },
      { message: 'Both', parents: ['ahead', 'aside'], branch: 'both' },
    ]);
    const project = await trackProject(server, remote);
    const namedBefore = async () =>
      (await server.client.behind({ project: project.name })).items.map((lag) => lag.before);
    await project.ship({ sha: root, minute: 1 });
    await project.ship({ environment: 'staging', sha: aside, minute: 2 });
    await project.ship({ environment: 'staging/two', sha: ahead, minute: 3 });
    expect(await namedBefore()).toEqual(['staging/two']);
    await project.ship({ environment: 'staging', sha: aside, minute: 4 });
    expect(await namedBefore()).toEqual(['staging']);
    await project.ship({ environment: 'staging/two', sha: both, minute: 5 });
    await project.ship({ environment: 'staging', sha: aside, minute: 6 });
    expect(await namedBefore()).toEqual(['staging/two']);
  });
});
