import { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { databases } from '../support/databases.ts';
import { join, type Person, person, privateProject } from '../support/people.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { expectDescribed } from './checked-answers.ts';

const repository = { owner: 'acme', repo: 'Widget' };
const project = 'acme/widget';
const sha = '0123456789abcdef0123456789abcdef01234567';

// One story: each test goes on where the one before ended.
describe.each(databases)('octokit, from the first deployment to the last, on $name', ({ name }) => {
  let server: TestServer;
  let receiver: Receiver;
  let developer: Person;
  let octokit: Octokit;
  let deployment: number;
  beforeAll(async () => {
    receiver = await startReceiver();
    server = await startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'] });
    await privateProject(server, project);
    developer = await person(server, 'dev');
    await join(server, 'project', project, developer, 'developer');
    octokit = octokitOf('/api/v3');
  });
  afterAll(async () => {
    await server.stop();
    await receiver[Symbol.asyncDispose]();
  });

  /** Holds every answer against GitHub's description of it, but for the resources of which none is kept here. */
  function octokitOf(base: string, auth: string | undefined = developer.token): Octokit {
    const silent = { debug: noop, info: noop, warn: noop, error: noop };
    const made = new Octokit({ baseUrl: `${server.url}${base}`, log: silent, ...(auth ? { auth } : {}) });
    made.hook.after('request', ({ status, data }, { method, url }) => {
      const path = new URL(url, server.url).pathname.replace('//', '/');
      if (/\/(deployments|statuses|commits)/.test(path)) expectDescribed(method, path, status, data);
    });
    return made;
  }

  test('asks for a deployment and follows it to its end', async () => {
    const made = await octokit.repos.createDeployment({
      ...repository,
      ref: 'main',
      required_contexts: [],
      payload: { x: 1 },
    });
    if (made.status !== 201) throw new Error('A deployment is made.');
    expect(made.data).toMatchObject({ ref: 'main', payload: { x: 1 }, creator: { login: developer.username } });
    deployment = made.data.id;
    for (const state of ['queued', 'in_progress', 'success'] as const) {
      const told = await octokit.repos.createDeploymentStatus({
        ...repository,
        deployment_id: deployment,
        state,
        log_url: 'https://ci.example.com/7',
      });
      expect(told.data).toMatchObject({ state, log_url: 'https://ci.example.com/7' });
      const followed = await octokit.request(`GET ${told.headers.location}`);
      expect(followed.data).toEqual(told.data);
    }
    const statuses = await octokit.repos.listDeploymentStatuses({ ...repository, deployment_id: deployment });
    expect(statuses.data.map(({ state }) => state)).toEqual(['success', 'in_progress', 'queued']);
    const shown = await octokit.repos.getDeployment({ ...repository, deployment_id: deployment });
    expect(shown.data).toMatchObject({ id: deployment, original_environment: 'production' });
  });

  test.each(['', '/', '/api/v3', '/api/v3/'])('walks all pages below the address "%s"', async (base) => {
    const walker = octokitOf(base);
    const environment = `walk${base}/one`;
    const made: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const { data } = await walker.repos.createDeployment({
        ...repository,
        ref: `v${count}`,
        environment,
        required_contexts: [],
      });
      if ('id' in data) made.unshift(data.id);
    }
    const listed = await walker.paginate(walker.repos.listDeployments, { ...repository, environment, per_page: 2 });
    expect(listed.map(({ id }) => id)).toEqual(made);
  });

  test('hears why a deployment is refused, and a refusal leaves nothing however often it is tried', async () => {
    await ask(server, `POST /api/v4/projects/${encodeURIComponent(project)}/hooks`, {
      body: { url: receiver.url, deployment_events: true },
    });
    await octokit.repos.createCommitStatus({ ...repository, sha, state: 'failure', context: 'ci' });
    const wanted = { ...repository, ref: 'refused', environment: 'refused' };
    // As often as octokit's retry plugin asks again after an answer of 409.
    for (let tried = 0; tried < 4; tried += 1) {
      const refused = octokit.request('POST /repos/{owner}/{repo}/deployments', { ...wanted, sha });
      await expect(refused).rejects.toMatchObject({
        status: 409,
        message: expect.stringMatching(
          /^Conflict: Commit status checks failed for refused\..*"field":"required_contexts"/,
        ),
      });
    }
    const { data } = await octokit.repos.listDeployments({ ...repository, environment: 'refused' });
    expect(data).toEqual([]);
    await octokit.repos.createCommitStatus({ ...repository, sha, state: 'success', context: 'CI' });
    const made = await octokit.request('POST /repos/{owner}/{repo}/deployments', { ...wanted, sha });
    if (made.status !== 201) throw new Error('A deployment is made.');
    await octokit.repos.createDeploymentStatus({
      ...repository,
      deployment_id: Number(made.data.id),
      state: 'in_progress',
    });
    await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
    expect(receiver.received.map(({ json }) => json['deployment_id'])).toEqual(
      receiver.received.map(() => made.data.id),
    );
  });

  test('reads what checks say of a commit', async () => {
    const combined = await octokit.repos.getCombinedStatusForRef({ ...repository, ref: 'refused' });
    expect(combined.data).toMatchObject({ state: 'success', sha, total_count: 1 });
    const all = await octokit.repos.listCommitStatusesForRef({ ...repository, ref: sha });
    expect(all.data.map(({ state }) => state)).toEqual(['success', 'failure']);
    const runs = await octokit.checks.listForRef({ ...repository, ref: sha });
    expect(runs.data).toEqual({ total_count: 0, check_runs: [] });
  });

  test('is told what is wrong with a field, and that nothing has changed', async () => {
    const tooLong = {
      ...repository,
      deployment_id: deployment,
      state: 'success',
      description: 'd'.repeat(141),
    } as const;
    await expect(octokit.repos.createDeploymentStatus(tooLong)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('description is too long (maximum is 140 characters)'),
    });
    const shown = await octokit.repos.getDeployment({ ...repository, deployment_id: deployment });
    const again = octokit.repos.getDeployment({
      ...repository,
      deployment_id: deployment,
      headers: { 'if-none-match': shown.headers.etag },
    });
    await expect(again).rejects.toMatchObject({ status: 304 });
  });

  test('deletes a deployment', async () => {
    const { data } = await octokit.repos.createDeployment({ ...repository, ref: 'main', required_contexts: [] });
    if (!('id' in data)) throw new Error('A deployment is made.');
    const own = { ...repository, deployment_id: data.id };
    const active = { ...repository, deployment_id: deployment };
    await expect(octokit.repos.deleteDeployment(active)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('We cannot delete an active deployment'),
    });
    expect((await octokit.repos.deleteDeployment(own)).status).toBe(204);
    await expect(octokit.repos.getDeployment({ ...repository, deployment_id: data.id })).rejects.toMatchObject({
      status: 404,
    });
  });

  test('is kept out with a wrong token, without one, and from what is none of its business', async () => {
    const missing = { owner: 'acme', repo: 'other' };
    await expect(octokit.repos.listDeployments(missing)).rejects.toMatchObject({ status: 404 });
    await expect(octokitOf('', 'wrong').repos.listDeployments(repository)).rejects.toMatchObject({ status: 401 });
    await expect(octokitOf('', '').repos.listDeployments(repository)).rejects.toMatchObject({ status: 401 });
    const outsider = octokitOf('', (await person(server, 'outsider')).token);
    await expect(outsider.repos.listDeployments(repository)).rejects.toMatchObject({ status: 404 });
  });
});

function noop(): void {}
