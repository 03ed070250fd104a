import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { join, person, privateProject } from '../../../../test/support/people.ts';
import { type Received, startReceiver } from '../../../../test/support/receiver.ts';
import { startTestServer } from '../../../../test/support/server.ts';

const key = Buffer.from('a key of thirty-two bytes, no less').toString('base64');
const secret = `whsec_${key}`;
const project = 'bank/vault';
const gitLabProject = '/api/v4/projects/bank%2Fvault';

/** What the reference implementation of the standard reads from a request; it throws where the signature is wrong. */
function verified({ headers, body }: Received): { type: string; timestamp: string; data: Record<string, unknown> } {
  return new Webhook(secret).verify(body, headers as Record<string, string>) as ReturnType<typeof verified>; // as documented
}

describe.each(databases)('webhooks in the standard shape on $name', ({ name }) => {
  async function scene() {
    const receiver = await startReceiver();
    const server = await startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'] });
    await privateProject(server, project);
    const { id } = await server.client.createHook({ project, url: receiver.url, shape: 'standard', secret });
    return {
      receiver,
      server,
      hook: id,
      told: async () => {
        await server.context.dispatcher.runOnce();
        return receiver.received;
      },
      record: (more: Partial<Parameters<typeof report>[0]>) =>
        server.client.record(report({ namespace: 'bank', service: 'vault', ...more })),
      async [Symbol.asyncDispose]() {
        await server.stop();
        await receiver[Symbol.asyncDispose]();
      },
    };
  }

  test('tell of every status in a word of its own, and are signed as the standard says', async () => {
    await using stage = await scene();
    const words = [
      'pending',
      'waiting',
      'queued',
      'in-progress',
      'success',
      'failure',
      'cancelled',
      'rejected',
    ] as const;
    for (const status of words) await stage.record({ status });
    const told = await stage.told();
    expect(told.map((each) => verified(each).type)).toEqual(
      words.map((word) => `deployment.${word.replace('-', '_')}`),
    );
    expect(told[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'webhook-timestamp': expect.stringMatching(/^\d{10}$/),
    });
    const [first] = told;
    if (!first) throw new Error('Something was told.');
    expect(() => verified({ ...first, body: first.body.replace('pending', 'success') })).toThrow();
  });

  test('say what is deployed, where and by whom', async () => {
    await using stage = await scene();
    const at = '2026-06-01T08:00:00Z';
    await stage.record({ status: 'success', version: '1.2.3', ref: 'main', happened_at: at, actor: 'Jörg' });
    const [first] = await stage.told();
    expect(first && verified(first)).toMatchObject({
      type: 'deployment.success',
      timestamp: expect.stringContaining('2026-06-01T08:00:00'),
      data: {
        project: { path: project },
        environment: { name: 'production', tier: 'production' },
        deployment: { version: '1.2.3', ref: 'main', created_by: { username: 'shiplog-admin' } },
        status: { name: 'success', position: expect.any(Number) },
      },
    });
  });

  test('tell of approvals, and of a deployment that went without one', async () => {
    await using stage = await scene();
    const { server } = stage;
    const reviewer = await person(server, 'reviewer');
    await join(server, 'project', project, reviewer, 'developer');
    const rules = { deploy_access_levels: [{ access_level: 40 }], approval_rules: [{ user_id: reviewer.id }] };
    await ask(server, `POST ${gitLabProject}/protected_environments`, { body: { name: 'production', ...rules } });
    const body = { ref: 'main', required_contexts: [] };
    const asked = await ask<{ id: number }>(server, 'POST /repos/bank/vault/deployments', { body });
    const verdict = { status: 'approved', comment: 'as agreed' };
    const judging = `POST ${gitLabProject}/deployments/${asked.body.id}/approval` as const;
    expect((await ask(server, judging, { token: reviewer.token, body: verdict })).status).toBe(201);
    await stage.record({ status: 'success' });
    const told = (await stage.told()).map(verified);
    expect(told.map(({ type }) => type)).toEqual([
      'deployment.waiting',
      'approval.approved',
      'deployment.pending',
      'deployment.success',
      'deployment.unapproved',
    ]);
    expect(told[1]?.data).toMatchObject({
      approval: { decision: 'approved', comment: 'as agreed', by: { username: 'reviewer' } },
    });
  });

  test('keep their id when they are sent again, and are signed anew', async () => {
    await using stage = await scene();
    const tested = await stage.server.client.testHook(stage.hook);
    await stage.server.client.redeliver(stage.hook, tested.id);
    const [sent, again] = await stage.told();
    expect(again?.headers['webhook-id']).toBe(sent?.headers['webhook-id']);
    expect([sent, again].map((each) => each && verified(each).type)).toEqual(['ping', 'ping']);
  });
});
