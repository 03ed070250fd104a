import { describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { join, person, privateProject } from '../../../../test/support/people.ts';
import { startReceiver } from '../../../../test/support/receiver.ts';
import { startTestServer } from '../../../../test/support/server.ts';

const at = '/api/v4/projects/bank%2Fvault' as const;

describe.each(databases)('approvals told to hooks on $name', ({ name }) => {
  async function scene() {
    const receiver = await startReceiver();
    const server = await startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'] });
    await privateProject(server, 'bank/vault');
    const [developer, reviewer] = [await person(server, 'dev'), await person(server, 'reviewer')];
    for (const user of [developer, reviewer]) await join(server, 'project', 'bank/vault', user, 'developer');
    const rules = { deploy_access_levels: [{ access_level: 30 }], approval_rules: [{ user_id: reviewer.id }] };
    await ask(server, `POST ${at}/protected_environments`, { body: { name: 'production', ...rules } });
    await ask(server, `POST ${at}/hooks`, { body: { url: receiver.url, deployment_events: true } });
    return {
      reviewer,
      deploy: async (status: string) => {
        const body = { environment: 'production', sha: 'abc', ref: 'main', tag: false, status };
        const { token } = developer;
        return (await ask<{ id: number }>(server, `POST ${at}/deployments`, { token, body })).body.id;
      },
      judge: (id: number, status: string) => {
        const body = { status, comment: 'as agreed' };
        return ask(server, `POST ${at}/deployments/${id}/approval`, { token: reviewer.token, body });
      },
      told: async () => {
        await server.context.dispatcher.runOnce();
        return receiver.received.map(({ json }) => json);
      },
      async [Symbol.asyncDispose]() {
        await server.stop();
        await receiver[Symbol.asyncDispose]();
      },
    };
  }

  test('say who approved and what for, and the deployment runs', async () => {
    await using stage = await scene();
    const id = await stage.deploy('running');
    expect(await stage.told()).toEqual([]);
    expect((await stage.judge(id, 'approved')).status).toBe(201);
    const told = await stage.told();
    expect(told.map(({ status }) => status).sort()).toEqual(['approved', 'running']);
    expect(told.find(({ status }) => status === 'approved')).toMatchObject({
      object_kind: 'deployment',
      deployment_id: id,
      environment: 'production',
      approval: { status: 'approved', comment: 'as agreed' },
      approver: { id: stage.reviewer.id, username: 'reviewer', email: '[REDACTED]' },
    });
  });

  test('say who rejected, and the deployment has failed', async () => {
    await using stage = await scene();
    const id = await stage.deploy('running');
    await stage.judge(id, 'rejected');
    const told = await stage.told();
    expect(told.map(({ status }) => status).sort()).toEqual(['failed', 'rejected']);
  });

  test('that were missing are told after the deployment that went without them', async () => {
    await using stage = await scene();
    const id = await stage.deploy('success');
    const told = await stage.told();
    expect(told.map(({ status, deployment_id }) => [status, deployment_id])).toEqual([
      ['success', id],
      ['unapproved', id],
    ]);
  });
});
