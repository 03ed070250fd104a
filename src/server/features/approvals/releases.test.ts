import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approvalScene, developers, pathOf } from '../../../../test/support/approval-scene.ts';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { fromGitLab, gitlabDeployment, secret } from '../../../../test/support/incoming.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

type Scene = Awaited<ReturnType<typeof approvalScene>>;

const noon = Date.parse('2026-06-03T12:00:00Z');
const lunch = { freeze_start: '0 11 * * *', freeze_end: '0 13 * * *' } as const;

describe.each(databases)('a deployment that waits on $name', ({ name }) => {
  let clock = () => noon;
  let server: TestServer;
  let scene: Scene;
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => clock() });
    scene = await approvalScene(server);
  });
  afterAll(() => server.stop());

  const asMaintainer = (request: string, body?: object) =>
    scene.send<{ id: number }>(request, scene.people.mia.token, body);
  async function approvedInAFreeze() {
    const project = await scene.newProject();
    await scene.protect(project, { approval_rules: developers });
    const { id } = await scene.deploy(project);
    const { body: period } = await asMaintainer(`POST ${project}/freeze_periods`, lunch);
    await scene.approve(project, id, scene.people.ann);
    expect((await scene.show(project, id)).status).toBe('blocked');
    return { project, id, period: `${project}/freeze_periods/${period.id}` };
  }

  test('runs as soon as the freeze that holds it back is deleted', async () => {
    const { project, id, period } = await approvedInAFreeze();
    expect((await asMaintainer(`DELETE ${period}`)).status).toBe(204);
    expect((await scene.show(project, id)).status).toBe('running');
  });

  test('runs as soon as the freeze is moved away from now, and not before', async () => {
    const { project, id, period } = await approvedInAFreeze();
    await asMaintainer(`PUT ${period}`, { freeze_end: '0 14 * * *' });
    expect((await scene.show(project, id)).status).toBe('blocked');
    await asMaintainer(`PUT ${period}`, { freeze_start: '30 12 * * *' });
    expect((await scene.show(project, id)).status).toBe('running');
  });

  test('runs at the end of the freeze', async () => {
    const { project, id } = await approvedInAFreeze();
    const began = Date.now();
    clock = () => Date.parse('2026-06-03T12:59:59.500Z') + Date.now() - began;
    try {
      await server.context.releases.job.run(clock());
      expect((await scene.show(project, id)).status).toBe('blocked');
      await expect.poll(async () => (await scene.show(project, id)).status, { interval: 50 }).toBe('running');
    } finally {
      clock = () => noon;
    }
  });

  test('runs as soon as its environment asks for no more approvals than it has', async () => {
    const project = await scene.newProject();
    const url = `${project}/protected_environments/production`;
    await scene.protect(project, { approval_rules: [{ access_level: 30, required_approvals: 2 }] });
    const { id } = await scene.deploy(project);
    await scene.approve(project, id, scene.people.ann);
    const [rule] = (await scene.show(project, id)).approval_summary.rules;
    const approval_rules = [{ id: rule?.['id'], required_approvals: 1 }];
    expect((await asMaintainer(`PUT ${url}`, { approval_rules })).status).toBe(200);
    expect((await scene.show(project, id)).status).toBe('running');
  });

  test('runs as soon as it is not protected any more, however much has begun to wait since', async () => {
    const project = await scene.newProject();
    await scene.protect(project, { approval_rules: developers });
    const { id } = await scene.deploy(project);
    const service = pathOf(project).split('/')[1] ?? '';
    const told = { namespace: 'gated', service, environment: 'staging', status: 'waiting', version: '1.0.0' } as const;
    const at = new Date(noon).toISOString();
    await server.client.recordBatch(Array.from({ length: 1000 }, () => report({ ...told, happened_at: at })));
    await asMaintainer(`DELETE ${project}/protected_environments/production`);
    expect((await scene.show(project, id)).status).toBe('running');
  });

  test('is found once all that has gone on since is forgotten', async () => {
    const project = await scene.newProject();
    await scene.protect(project, { approval_rules: developers });
    const [first, second] = [await scene.deploy(project), await scene.deploy(project)];
    await scene.approve(project, first.id, scene.people.ann);
    await server.context.releases.job.run(noon);
    const inbox = await ask<{ items: { deployment: { deployment_number: number } }[] }>(server, 'GET /api/approvals', {
      token: scene.people.ann.token,
    });
    expect(inbox.body.items.map(({ deployment }) => deployment.deployment_number)).toContain(second.id);
    await asMaintainer(`DELETE ${project}/protected_environments/production`);
    expect((await scene.show(project, second.id)).status).toBe('running');
  });

  test('for a tool that is asked by GitHub’s API is handed to it', async () => {
    const project = await scene.newProject();
    await scene.protect(project, { approval_rules: developers });
    const body = { ref: 'main', required_contexts: [] };
    const { token } = scene.people.dan;
    const repository = `/api/v3/repos/${pathOf(project)}` as const;
    const asked = await ask<{ id: number }>(server, `POST ${repository}/deployments`, { token, body });
    expect((await scene.show(project, asked.body.id)).status).toBe('blocked');
    await asMaintainer(`DELETE ${project}/protected_environments/production`);
    expect((await scene.show(project, asked.body.id)).status).toBe('created');
  });

  test('in GitLab, as its webhook tells, goes on waiting', async () => {
    const project = await scene.newProject();
    await server.client.createIncomingSecret(pathOf(project), { source: 'gitlab', secret });
    const of = { project: { id: 30, name: 'p', path_with_namespace: pathOf(project) } };
    await fromGitLab(server, { body: gitlabDeployment(77, 'blocked', of) });
    await server.context.incoming.applier.runOnce();
    await server.context.releases.job.run(noon);
    const { items } = await server.client.deployments({ deployment_id: 'gitlab-77' });
    expect(items.map(({ status }) => status)).toEqual(['waiting']);
  });

  test('of another project is not looked at when a rule changes', async () => {
    const { project, id } = await approvedInAFreeze();
    const { period } = await approvedInAFreeze();
    await asMaintainer(`DELETE ${period}`);
    expect((await scene.show(project, id)).status).toBe('blocked');
  });

  test('goes on waiting when somebody who may not changes a rule', async () => {
    const { project, id, period } = await approvedInAFreeze();
    expect((await scene.send(`DELETE ${period}`, scene.people.ann.token)).status).toBe(403);
    expect((await scene.show(project, id)).status).toBe('blocked');
  });
});
