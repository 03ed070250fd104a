import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { databases, type TestDatabase } from '../support/databases.ts';
import { report } from '../support/factories.ts';
import { makeGitRepository } from '../support/git-repository.ts';
import { join, person, privateProject } from '../support/people.ts';
import { RawStream } from '../support/raw-stream.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { existingProject } from './tracked-project.ts';

describe.each(databases)('news of changes on $name', ({ create }) => {
  let database: TestDatabase;
  let server: TestServer;
  let other: TestServer;
  beforeAll(async () => {
    database = await create();
    const settings = { database, repositoryPaths: ['/tmp'], adminToken: 'administrator-of-both' };
    server = await startTestServer(settings);
    other = await startTestServer({ ...settings, dataDir: database.dataDir });
  });
  afterAll(async () => {
    await other.stop();
    await server.stop();
    await database.drop();
  });

  test('come to open pages of whoever sees the project, on whichever server they are, and to nobody else', async () => {
    await using remote = await makeGitRepository();
    const [root, one] = [await remote.commit('Root'), await remote.commit('One (#1)')];
    await privateProject(server, 'bank/vault');
    const project = existingProject(server, 'bank%2Fvault');
    const [member, stranger] = [await person(server, 'member'), await person(server, 'stranger')];
    await join(server, 'project', 'bank/vault', member, 'reporter');
    const connected = await ask(server, 'PUT /api/repository?project=bank%2Fvault', { body: { url: remote.path } });
    expect(connected.status).toBe(200);
    await project.settle();

    using here = await RawStream.open(`${server.url}/api/events/stream`, { 'x-api-key': member.token });
    using there = await RawStream.open(`${other.url}/api/events/stream`, { 'x-api-key': member.token });
    using outside = await RawStream.open(`${server.url}/api/events/stream`, { 'x-api-key': stranger.token });
    for (const sha of [root, one]) await server.client.record(report({ namespace: 'bank', service: 'vault', sha }));
    await project.settle();
    for (const stream of [here, there]) {
      await expect
        .poll(() => stream.frames.find(({ event }) => event === 'changes')?.data)
        .toEqual({
          project: 'bank/vault',
        });
    }
    expect(outside.frames).toEqual([]);
    expect((await ask(server, 'GET /api/changes/1?project=bank%2Fvault', { token: member.token })).status).toBe(200);
    expect((await ask(server, 'GET /api/changes/1?project=bank%2Fvault', { token: stranger.token })).status).toBe(404);
  });

  test('are linked by another server where the one that recorded them ended before it could', async () => {
    await using remote = await makeGitRepository();
    const [root, one] = [await remote.commit('Root'), await remote.commit('One (#1)')];
    const project = existingProject(server, 'left-behind');
    await project.ship({ environment: 'staging', minute: 0 });
    const connected = await ask(server, 'PUT /api/repository?project=left-behind', { body: { url: remote.path } });
    expect(connected.status).toBe(200);
    await project.settle();
    await server.context.tracker.stop();
    for (const sha of [root, one]) await server.client.record(report({ service: 'left-behind', sha }));
    await expect.poll(() => project.links('production')).toEqual(['', '!1']);
  });
});
