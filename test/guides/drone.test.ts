import { createHmac, timingSafeEqual } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ask } from '../support/ask.ts';
import { databases } from '../support/databases.ts';
import { type Received, type Receiver, startReceiver } from '../support/receiver.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { follow } from './follow.ts';
import { fenceWith } from './read-guide.ts';
import { Terminal } from './terminal.ts';

const sha = 'a91957a858320c0e17f3a0eca7cfacbff50ea29a';
const at = '/repos/shop/checkout/deployments';
const signer = 'the signer of shop/checkout';
const build = 'https://drone.example.com/shop/checkout/7';

interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly environment: string;
}

interface DroneStep {
  readonly name: string;
  readonly image: string;
  readonly commands?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
}

const pipeline = parse(fenceWith('drone', 'yaml', 'kind: pipeline'));
const step = (name: string): DroneStep => pipeline.steps.find((candidate: DroneStep) => candidate.name === name);

/** Whether Drone takes an event for one of GitHub's: it looks at this signature first. */
function isSigned({ headers, body }: Received): boolean {
  const sent = Buffer.from(String(headers['x-hub-signature-256']));
  const expected = Buffer.from(`sha256=${createHmac('sha256', signer).update(body).digest('hex')}`);
  return sent.length === expected.length && timingSafeEqual(sent, expected);
}

describe.each(databases)('the guide to Drone CI on $name', ({ name }) => {
  let server: TestServer;
  let drone: Receiver;
  let token: string;
  beforeAll(async () => {
    server = await startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'] });
    drone = await startReceiver();
    const settings = { HOOK_URL: `${drone.url}/hook`, HOOK_SECRET: signer };
    await follow('drone', server, settings, async (_, printed) => {
      token = printed;
    });
    expect(token).toMatch(/^slg_\w+$/);
  });
  afterAll(async () => {
    await drone[Symbol.asyncDispose]();
    await server.stop();
  });

  const promotions = () => drone.received.filter(({ headers }) => headers['x-github-event'] === 'deployment');
  const deploymentOf = ({ json }: Received) => json['deployment'] as Deployment; // GitHub's event has one
  const statusesOf = async ({ id }: Deployment) =>
    (await ask<{ state: string }[]>(server, `GET ${at}/${id}/statuses`)).body;

  /** The pipeline, as Drone runs it for an event. */
  async function run(event: Received, outcome: 'success' | 'failure'): Promise<void> {
    const { id, sha: commit, environment } = deploymentOf(event);
    expect(pipeline.trigger.target).toContain(environment);
    await using shell = new Terminal({
      SHIPLOG_URL: server.url,
      SHIPLOG_TOKEN: token,
      DRONE_REPO: 'shop/checkout',
      DRONE_DEPLOY_ID: String(id),
      DRONE_BUILD_LINK: build,
    });
    for (const command of step('start').commands ?? []) {
      const { output, errors, exitCode } = await shell.run(command);
      expect(exitCode, `${output}\n${errors}`).toBe(0);
    }
    await droneStatus(step(outcome), commit);
  }

  /** What cedrichopf/drone-status sends; it looks at no answer. */
  async function droneStatus({ image, settings = {} }: DroneStep, commit: string) {
    expect(image).toBe('cedrichopf/drone-status');
    expect(settings['endpoint']).toBe('https://shiplog.example.com');
    const answer = await fetch(`${server.url}/repos/shop/checkout/statuses/${commit}`, {
      method: 'POST',
      headers: {
        authorization: `token ${token}`,
        accept: '*/*',
        'content-type': 'application/json',
        'user-agent': 'python-requests/2.24.0',
      },
      body: JSON.stringify({
        state: settings['state'],
        target_url: build,
        description: settings['description'],
        context: settings['context'],
      }),
    });
    expect(answer.status, await answer.text()).toBe(201);
  }

  test('the event promotes the commit, and the pipeline tells how it goes', async () => {
    await expect.poll(promotions).toHaveLength(1);
    const [event] = promotions();
    if (!event) throw new Error('The event was just seen.');
    expect(event.path).toBe('/hook');
    expect(isSigned(event)).toBe(true);
    // What Drone makes its build of.
    expect(event.json).toMatchObject({
      deployment: { id: expect.any(Number), sha, ref: 'main', task: 'deploy', environment: 'production', payload: {} },
      repository: {
        id: expect.any(Number),
        name: 'checkout',
        owner: { login: 'shop' },
        default_branch: expect.any(String),
        private: true,
        html_url: expect.any(String),
        clone_url: expect.any(String),
        ssh_url: expect.any(String),
      },
      sender: { login: expect.any(String), avatar_url: expect.any(String) },
    });

    await run(event, 'success');
    expect(await statusesOf(deploymentOf(event))).toMatchObject([
      { state: 'success', log_url: build, description: 'deployed' },
      { state: 'in_progress', log_url: build },
    ]);
    const slot = (await server.client.matrix()).rows[0]?.slots['production'];
    expect(slot?.current).toMatchObject({
      namespace: 'shop',
      service: 'checkout',
      sha,
      status: 'success',
      run_url: build,
    });
  });

  test('what fails is told too, and the commit can be deployed again', async () => {
    for (const outcome of ['failure', 'success'] as const) {
      const before = promotions().length;
      const body = { ref: 'main', sha, environment: 'production', required_contexts: [] };
      const asked = await ask<Deployment>(server, `POST ${at}`, { body });
      expect(asked.status, asked.text).toBe(201);
      await expect.poll(() => promotions().length).toBe(before + 1);
      const event = promotions().at(-1);
      if (!event) throw new Error('The event was just seen.');
      await run(event, outcome);
      expect(await statusesOf(asked.body)).toMatchObject([{ state: outcome }, { state: 'in_progress' }]);
    }
  });
});
