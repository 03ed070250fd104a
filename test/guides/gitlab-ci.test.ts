import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gitlabSteps } from '../recipes/read-recipe.ts';
import { runJob } from '../recipes/run-job.ts';
import { ask } from '../support/ask.ts';
import { databases } from '../support/databases.ts';
import { freePort } from '../support/free-port.ts';
import { FrontDoor } from '../support/front-door.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { follow } from './follow.ts';
import { fenceWith } from './read-guide.ts';

const sha = 'ffac537e6cbbf934b08745a378932722df287a53';
/** Longer than a version may be. */
const longTag = `release/1.8.2-${'rc.'.repeat(20)}1`;
const at = '/api/v4/projects/shop%2Fcheckout';

interface Shown {
  readonly id: number;
  readonly [name: string]: unknown;
}

describe.each(databases)('the guide to GitLab CI on $name', ({ name }) => {
  let server: TestServer;
  let token: string;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    token = await follow('gitlab-ci', server);
    expect(token).toMatch(/^slg_\w+$/);
  });
  afterAll(() => server.stop());

  const run = (deploy: 'success' | 'failure', shell: 'sh' | 'bash', variables: Readonly<Record<string, string>> = {}) =>
    runJob({
      // Nobody waits ten seconds here.
      steps: gitlabSteps(
        fenceWith('gitlab-ci', 'yaml', 'deploy-production').replaceAll('sleep 10', 'sleep 0.1'),
        shell,
      ),
      deploy,
      environment: {
        SHIPLOG_URL: server.url,
        SHIPLOG_TOKEN: token,
        CI_PROJECT_PATH: 'shop/checkout',
        CI_ENVIRONMENT_NAME: 'production',
        CI_COMMIT_SHA: sha,
        CI_COMMIT_SHORT_SHA: sha.slice(0, 8),
        CI_COMMIT_REF_NAME: 'release/"1.8" & more+',
        CI_JOB_URL: 'https://gitlab.example.com/shop/checkout/-/jobs/4711',
        ...variables,
      },
      status: (outcome) => ({ CI_JOB_STATUS: outcome === 'success' ? 'success' : 'failed' }),
    });
  const newest = async () => {
    const { body } = await ask<Shown[]>(server, `GET ${at}/deployments?sort=desc&per_page=1`);
    return body[0];
  };

  test.each(['sh', 'bash'] as const)('the job in %s reports how it began and how it ended', async (shell) => {
    const good = await run('success', shell);
    expect(good.outcome, good.output).toBe('success');
    expect(await newest()).toMatchObject({
      sha,
      ref: 'release/"1.8" & more+',
      status: 'success',
      version: 'ffac537e',
      run_url: 'https://gitlab.example.com/shop/checkout/-/jobs/4711',
      environment: { name: 'production' },
    });
    const bad = await run('failure', shell, { CI_COMMIT_TAG: longTag, CI_COMMIT_REF_NAME: longTag });
    expect(bad.outcome, bad.output).toBe('failure');
    expect(await newest()).toMatchObject({ ref: longTag, version: longTag.slice(0, 50), status: 'failed' });
    const { items } = await server.client.deployments({ service: 'checkout', limit: '2' });
    expect(items.map(({ status }) => status).sort()).toEqual(['failure', 'in-progress']);
  });

  test('the job waits for the approval, and ends where the deployment is rejected', async () => {
    const body = { name: 'qa', deploy_access_levels: [{ access_level: 30 }], approval_rules: [{ access_level: 40 }] };
    await ask(server, `POST ${at}/protected_environments`, { body });
    for (const [status, outcome] of [
      ['approved', 'success'],
      ['rejected', 'failure'],
    ] as const) {
      const job = run('success', 'sh', { CI_ENVIRONMENT_NAME: 'qa', CI_COMMIT_REF_NAME: status });
      await expect.poll(newest).toMatchObject({ ref: status, status: 'blocked' });
      const waiting = await newest();
      await ask(server, `POST ${at}/deployments/${waiting?.id ?? 0}/approval`, { body: { status } });
      const ended = await job;
      expect(ended.outcome, ended.output).toBe(outcome);
      expect((await newest())?.['status']).toBe(outcome === 'success' ? 'success' : 'failed');
    }
  });

  test('a job that waits goes on where Shiplog was away for a while, and fails where it stays away', async () => {
    for (const outcome of ['success', 'failure'] as const) {
      await using door = new FrontDoor(server.url);
      const job = run('success', 'sh', {
        CI_ENVIRONMENT_NAME: 'qa',
        CI_COMMIT_REF_NAME: outcome,
        SHIPLOG_URL: await door.open(),
      });
      await expect.poll(() => door.counts.reads).toBeGreaterThan(0);
      const { id = 0, ...waiting } = (await newest()) ?? {};
      expect(waiting).toMatchObject({ ref: outcome, status: 'blocked' });
      door.isShut = true;
      await expect.poll(() => door.counts.refused).toBeGreaterThan(1);
      await ask(server, `POST ${at}/deployments/${id}/approval`, { body: { status: 'approved' } });
      door.isShut = outcome === 'failure';
      const ended = await job;
      expect(ended.outcome, ended.output).toBe(outcome);
    }
  });

  test('nothing is deployed where Shiplog is away, and the log says why', async () => {
    const away = await run('success', 'sh', { SHIPLOG_URL: `http://127.0.0.1:${await freePort()}` });
    expect(away.outcome).toBe('failure');
    expect(away.output).toMatch(/connect/i);
    const refused = await run('success', 'sh', { SHIPLOG_TOKEN: 'wrong' });
    expect(refused.outcome).toBe('failure');
    expect(refused.output).toContain('{"message":"401 Unauthorized"}');
  });
});
