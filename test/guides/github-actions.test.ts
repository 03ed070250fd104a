import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { databases } from '../support/databases.ts';
import { freePort } from '../support/free-port.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import {
  ActionFailed,
  deploymentAction,
  deploymentStatus,
  expand,
  type Runner,
  stepsOfWorkflow,
  type WorkflowStep,
} from './chrnorm-actions.ts';
import { follow } from './follow.ts';
import { ProgramFolder } from './guide-program.ts';
import { fenceWith } from './read-guide.ts';
import { Terminal } from './terminal.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';
const at = '/repos/shop/checkout/deployments';
const secret = 'between us';
const run = 'https://github.com/shop/checkout/actions/runs/4711';

interface Shown {
  readonly id: number;
  readonly [name: string]: unknown;
}

function missing(): never {
  throw new Error('It was just seen.');
}

test('the two actions are played as they were recorded', async () => {
  const recorded: readonly { readonly name: string; readonly request: { readonly body?: string } }[] = JSON.parse(
    readFileSync(new URL('../fixtures/github/requests.json', import.meta.url), 'utf8'),
  );
  const defaults = recorded.filter(({ name }) => /^(A1|S3):/.test(name)).map(({ request }) => request.body);
  await using receiver = await startReceiver();
  receiver.answer = (response) => void response.end('{"id":1001}');
  const inputs = { 'github-base-url': receiver.url, token: 'tok' };
  const runner = { repository: 'acme/widget', sha, ref: 'refs/heads/main', values: {} };
  await deploymentAction(inputs, runner);
  await deploymentStatus({ ...inputs, 'deployment-id': '42', state: 'success' }, runner);
  expect(receiver.received.map(({ body }) => body)).toEqual(defaults);
});

describe.each(databases)('the guide to GitHub Actions on $name', ({ name }) => {
  let server: TestServer;
  let token: string;
  let folder: ProgramFolder;
  let github: Receiver;
  beforeAll(async () => {
    server = await startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'] });
    folder = new ProgramFolder();
    github = await startReceiver();
    github.answer = (response) => void response.writeHead(204).end();
    const port = String(await freePort());
    folder.save('relay.mjs', fenceWith('github-actions', 'js', 'dispatches'));
    const start = async (_: string, printed: string) => {
      token = printed;
      const settings = { GITHUB_URL: github.url, GITHUB_TOKEN: 'of-github', HOOK_SECRET: secret, PORT: port };
      await folder.start('relay.mjs', settings);
    };
    const hook = { HOOK_URL: `http://127.0.0.1:${port}/hook`, HOOK_SECRET: secret };
    await follow('github-actions', server, hook, start);
    expect(token).toMatch(/^slg_\w+$/);
  });
  afterAll(async () => {
    await folder[Symbol.asyncDispose]();
    await github[Symbol.asyncDispose]();
    await server.stop();
  });

  const runner = (values: Readonly<Record<string, string>>): Runner => ({
    repository: 'shop/checkout',
    sha,
    ref: 'refs/heads/main',
    values: {
      'vars.SHIPLOG_URL': server.url,
      'secrets.SHIPLOG_TOKEN': token,
      'github.server_url': 'https://github.com',
      'github.repository': 'shop/checkout',
      'github.run_id': '4711',
      ...values,
    },
  });
  const ended = (state: string) => ({ "job.status == 'cancelled' && 'error' || job.status": state });
  const newest = async () => (await ask<Shown[]>(server, `GET ${at}?per_page=1`)).body[0];
  const statusesOf = async (deployment: Shown | undefined) =>
    (await ask<Shown[]>(server, `GET ${at}/${deployment?.id ?? 0}/statuses`)).body;

  const freeze = async (start: string, end: string) => {
    const body = { freeze_start: start, freeze_end: end, cron_timezone: 'UTC' };
    return (await ask<Shown>(server, 'POST /api/v4/projects/shop%2Fcheckout/freeze_periods', { body })).body;
  };

  /** The workflow of the guide's first part. */
  async function report(state: string, change: Readonly<Record<string, string>> = {}) {
    const steps = stepsOfWorkflow(fenceWith('github-actions', 'yaml', 'chrnorm/deployment-action@v2'));
    const [first, last] = steps.filter(({ uses }) => uses?.startsWith('chrnorm/'));
    const outputs = await deploymentAction({ ...expand(first?.with ?? {}, runner({})), ...change }, runner({}));
    const values = { 'steps.deployment.outputs.deployment_id': outputs.deployment_id, ...ended(state) };
    await deploymentStatus(expand(last?.with ?? {}, runner(values)), runner(values));
  }

  test('a workflow tells that it starts and how it ended, with a link to its run', async () => {
    await report('success');
    const deployment = await newest();
    expect(deployment).toMatchObject({ sha, ref: 'refs/heads/main', environment: 'production', task: 'deploy' });
    expect(await statusesOf(deployment)).toMatchObject([
      { state: 'success', log_url: run, environment_url: 'https://shop.example.com' },
      { state: 'in_progress', log_url: run },
    ]);
    const { rows } = await server.client.matrix();
    const slot = rows[0]?.slots['production'];
    expect(slot?.current).toMatchObject({
      namespace: 'shop',
      service: 'checkout',
      sha,
      status: 'success',
      run_url: run,
    });
    await report('failure');
    expect(await statusesOf(await newest())).toMatchObject([{ state: 'failure' }, { state: 'in_progress' }]);
    await report('error');
    expect(await statusesOf(await newest())).toMatchObject([{ state: 'error' }, { state: 'in_progress' }]);
  });

  test('what goes wrong fails the step as the guide says', async () => {
    const count = async () => (await ask<Shown[]>(server, `GET ${at}?per_page=100`)).body.length;
    const before = await count();
    await expect(report('success', { token: 'wrong' })).rejects.toThrow(new ActionFailed('Bad credentials'));
    await expect(report('success', { 'required-contexts': 'ci' })).rejects.toThrow(
      'Conflict: Commit status checks failed for',
    );
    const freezes = await Promise.all([freeze('0 0 * * *', '59 23 * * *'), freeze('0 12 * * *', '59 11 * * *')]);
    await expect(report('success')).rejects.toThrow(/^Frozen until /);
    for (const { id } of freezes) await ask(server, `DELETE /api/v4/projects/shop%2Fcheckout/freeze_periods/${id}`);
    expect(await count()).toBe(before);
    const inputs = { 'github-base-url': server.url, token, state: 'success' };
    await expect(deploymentStatus(inputs, runner({}))).rejects.toThrow(new ActionFailed('Not Found'));
    await expect(deploymentStatus({ ...inputs, token: 'wrong', 'deployment-id': '1' }, runner({}))).rejects.toThrow(
      'Bad credentials',
    );
  });

  describe('with the relay', () => {
    const dispatches = () => github.received.filter(({ path }) => path === '/repos/shop/checkout/dispatches');
    /** GitHub's part: the workflow starts with what the relay sent. */
    async function work(payload: Shown, state: string) {
      const steps = stepsOfWorkflow(fenceWith('github-actions', 'yaml', 'repository_dispatch'));
      const values = {
        ...ended(state),
        'github.event.client_payload.id': String(payload.id),
        'github.event.client_payload.sha': String(payload['sha']),
        'github.event.client_payload.environment': String(payload['environment']),
      };
      const of = runner(values);
      const first = steps.find(({ uses }) => uses?.startsWith('chrnorm/'));
      await deploymentStatus(expand(first?.with ?? {}, of), of);
      const last: WorkflowStep | undefined = steps.at(-1);
      await using shell = new Terminal({
        ...expand(last?.env ?? {}, of),
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: 'shop/checkout',
        GITHUB_RUN_ID: '4711',
      });
      const { output, errors, exitCode } = await shell.run(last?.run ?? '');
      expect(exitCode, `${output}\n${errors}`).toBe(0);
    }

    test('GitHub is asked to start the workflow, and the workflow tells how it ended', async () => {
      await expect.poll(dispatches).not.toHaveLength(0);
      const [{ headers, json } = missing()] = dispatches();
      expect(headers.authorization).toBe('Bearer of-github');
      expect(json['event_type']).toBe('shiplog-deployment');
      const payload = json['client_payload'] as Shown; // what relay.mjs makes
      expect(Object.keys(payload).length).toBeLessThanOrEqual(10);
      expect(payload).toMatchObject({ ref: 'main', task: 'deploy', environment: 'production' });
      const { body: deployment } = await ask<Shown>(server, `GET ${at}/${payload.id}`);
      expect(deployment['sha']).toBe(payload['sha']);
      expect(await statusesOf(deployment)).toEqual([]);
      await work(payload, 'success');
      expect(await statusesOf(deployment)).toMatchObject([
        { state: 'success', log_url: run },
        { state: 'in_progress', log_url: run },
      ]);
    });

    test('a workflow that GitHub does not start is asked for again', async () => {
      let refused = 0;
      github.answer = (response, { json }) => {
        const isFirst = (json['client_payload'] as Shown)['environment'] === 'staging' && refused++ === 0; // relay.mjs's
        response.writeHead(isFirst ? 500 : 204).end();
      };
      const body = { ref: 'main', sha, environment: 'staging' };
      const answer = await ask<Shown>(server, `POST ${at}`, { body });
      expect(answer.status, answer.text).toBe(201);
      const asked = () =>
        dispatches().filter(({ json }) => (json['client_payload'] as Shown).id === answer.body.id).length; // relay.mjs's
      await expect.poll(asked).toBe(2);
    });
  });
});
