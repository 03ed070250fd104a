import { describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { databases } from '../support/databases.ts';
import { privateProject } from '../support/people.ts';
import { startTestServer } from '../support/server.ts';

const body = { environment: 'production', sha: 'abc', ref: 'main', tag: false, status: 'success' };

describe.each(databases)('two nodes on $name', ({ create }) => {
  test('put a deployment where its project is, although another node has just renamed it', async () => {
    await using database = await create();
    await using a = await startTestServer({ database });
    await using b = await startTestServer({ database, adminToken: a.adminToken });
    const { id } = await privateProject(a, 'bank/vault');
    const deploy = (sha: string) =>
      ask<{ id: number }>(a, `POST /api/v4/projects/${id}/deployments`, { body: { ...body, sha } });
    expect((await deploy('before')).status).toBe(201);
    expect((await ask(b, `PUT /api/v4/projects/${id}`, { body: { path: 'safe' } })).status).toBe(200);
    expect((await deploy('after')).status).toBe(201);
    const { items } = await b.client.deployments();
    expect(items.map(({ service, sha }) => `${service} ${sha}`).sort()).toEqual(['safe after', 'safe before']);
    const projects = await ask<{ path: string; visibility: string }[]>(b, 'GET /api/v4/projects');
    expect(projects.body).toMatchObject([{ path: 'safe', visibility: 'private' }]);
  });

  test('put none where its project was, when another node has just deleted it', async () => {
    await using database = await create();
    await using a = await startTestServer({ database });
    await using b = await startTestServer({ database, adminToken: a.adminToken });
    const { id } = await privateProject(a, 'bank/vault');
    const deploy = () => ask(a, `POST /api/v4/projects/${id}/deployments`, { body });
    expect((await deploy()).status).toBe(201);
    expect((await ask(b, `DELETE /api/v4/projects/${id}`)).status).toBe(202);
    expect((await deploy()).status).toBe(404);
    expect((await ask<unknown[]>(b, 'GET /api/v4/projects')).body).toEqual([]);
  });
});
