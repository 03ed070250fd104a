import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  approvalScene,
  developers,
  type GatedDeployment,
  pathOf,
  refusal,
} from '../../../../test/support/approval-scene.ts';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { group, join, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

type Scene = Awaited<ReturnType<typeof approvalScene>>;

describe.each(databases)('decisions about deployments on $name', ({ name, create }) => {
  let now = Date.parse('2026-06-03T12:00:00Z');
  let server: TestServer;
  let scene: Scene;
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
    scene = await approvalScene(server);
  });
  afterAll(() => server.stop());

  describe('of one user', () => {
    test('stay as they were when they are repeated, even when the deployment has gone on', async () => {
      const project = await scene.newProject();
      await scene.protect(project, { approval_rules: [{ access_level: 30, required_approvals: 2 }] });
      const { id } = await scene.deploy(project);
      const first = await scene.approve(project, id, scene.people.ann, { comment: 'first' });
      now += 1000;
      const again = await scene.approve(project, id, scene.people.ann, { comment: 'second' });
      expect([again.status, again.body]).toEqual([201, first.body]);
      await scene.approve(project, id, scene.people.bob);
      expect((await scene.approve(project, id, scene.people.bob)).status).toBe(201);
      expect((await scene.show(project, id)).approvals).toHaveLength(2);
      expect(
        (await scene.auditOf(project)).filter(({ event_name }) => event_name === 'deployment_approved'),
      ).toHaveLength(2);
    });

    test('are changed while the deployment waits, with a new comment', async () => {
      const project = await scene.newProject();
      await scene.protect(project, { approval_rules: [{ access_level: 30, required_approvals: 2 }] });
      const { id } = await scene.deploy(project);
      const first = await scene.approve(project, id, scene.people.ann, { comment: 'fine' });
      const changed = await scene.decide(project, id, scene.people.ann, { status: 'rejected', comment: 'not fine' });
      expect(changed.body).toEqual({ ...first.body, status: 'rejected', comment: 'not fine' });
      expect(await scene.show(project, id)).toMatchObject({ status: 'failed', approvals: [{ status: 'rejected' }] });
    });

    test('may count for more than one rule, which they name', async () => {
      const project = await scene.newProject();
      await scene.protect(project, { approval_rules: [{ access_level: 30 }, { user_id: scene.people.ann.id }] });
      const { id } = await scene.deploy(project);
      await scene.approve(project, id, scene.people.ann);
      expect(await scene.show(project, id)).toMatchObject({ pending_approval_count: 1 });
      expect((await scene.approve(project, id, scene.people.ann, { represented_as: 'Approver' })).status).toBe(201);
      expect((await scene.show(project, id)).status).toBe('running');
    });

    test('count for the group of a rule', async () => {
      const project = await scene.newProject();
      const { id: groupId, path } = await group(server, 'quality');
      await join(server, 'group', path, scene.people.bob, 'reporter');
      await join(server, 'group', path, scene.people.mia, 'guest');
      await scene.protect(project, { approval_rules: [{ group_id: groupId }] });
      const { id } = await scene.deploy(project);
      expect((await scene.approve(project, id, scene.people.ann)).body.message).toBe(refusal.notCompetent);
      expect((await scene.approve(project, id, scene.people.bob)).status).toBe(201);
      expect((await scene.show(project, id)).status).toBe('running');
    });

    test('who is an administrator count for any rule', async () => {
      const project = await scene.newProject();
      await scene.protect(project, { approval_rules: [{ user_id: scene.people.ann.id }] });
      const { id } = await scene.deploy(project);
      expect((await scene.approve(project, id, { token: server.adminToken })).status).toBe(201);
      expect((await scene.show(project, id)).status).toBe('running');
    });
  });

  test('a rejection fails the deployment, and both are in the audit', async () => {
    const project = await scene.newProject();
    await scene.protect(project, { approval_rules: [{ access_level: 30, required_approvals: 2 }] });
    const { id } = await scene.deploy(project);
    await scene.approve(project, id, scene.people.ann);
    await scene.decide(project, id, scene.people.bob, { status: 'rejected', comment: 'Not today' });
    expect(await scene.show(project, id)).toMatchObject({ status: 'failed', pending_approval_count: 0 });
    const [rejected, approved] = await scene.auditOf(project);
    expect(rejected).toMatchObject({
      event_name: 'deployment_rejected',
      author_id: scene.people.bob.id,
      details: { deployment_id: id, environment: 'production', comment: 'Not today', author_name: 'Bob Approver' },
    });
    expect(approved).toMatchObject({ event_name: 'deployment_approved', author_id: scene.people.ann.id });
  });

  test('an approved deployment waits for the end of a freeze, and runs then', async () => {
    const project = await scene.newProject();
    await scene.protect(project, { approval_rules: developers });
    const { id } = await scene.deploy(project);
    const period = { freeze_start: '0 11 * * *', freeze_end: '0 13 * * *' };
    await scene.send(`POST ${project}/freeze_periods`, scene.people.mia.token, period);
    await scene.approve(project, id, scene.people.ann);
    expect(await scene.show(project, id)).toMatchObject({ status: 'blocked', pending_approval_count: 0 });
    const release = async () => server.context.releases.job.run(now);
    await release();
    expect((await scene.show(project, id)).status).toBe('blocked');
    const before = now;
    now = Date.parse('2026-06-03T13:00:00Z');
    await release();
    expect((await scene.show(project, id)).status).toBe('running');
    now = before;
  });

  test('an approved deployment that waits for the end of a freeze can still be rejected', async () => {
    const project = await scene.newProject();
    await scene.protect(project, { approval_rules: developers });
    const { id } = await scene.deploy(project);
    await scene.send(`POST ${project}/freeze_periods`, scene.people.mia.token, {
      freeze_start: '0 11 * * *',
      freeze_end: '0 13 * * *',
    });
    await scene.approve(project, id, scene.people.ann);
    expect((await scene.decide(project, id, scene.people.bob, { status: 'rejected' })).status).toBe(201);
    expect((await scene.show(project, id)).status).toBe('failed');
  });

  test('what a node that died had decided, but not done, is done by another', async () => {
    const project = await scene.newProject();
    await scene.protect(project, { approval_rules: developers });
    for (const [status, becomes] of [
      ['approved', 'running'],
      ['rejected', 'failed'],
    ] as const) {
      const { id } = await scene.deploy(project);
      const [rule] = (await scene.show(project, id)).approval_summary.rules;
      const decided = {
        deployment_id: id,
        user_id: scene.people.ann.id,
        rule_id: Number(rule?.['id']),
        position: 1e9,
        status,
      };
      await server.context.database.transaction((tx) =>
        tx
          .insertInto('deployment_approvals')
          .values({ ...decided, created_at: now, updated_at: now })
          .execute(),
      );
      expect((await scene.show(project, id)).status).toBe('blocked');
      const job = server.context.jobs.jobs.find(({ name: each }) => each === 'release-approved-deployments');
      await job?.run(now);
      expect((await scene.show(project, id)).status).toBe(becomes);
    }
  });

  test('are not waited for any more once the environment is not protected', async () => {
    const project = await scene.newProject();
    await scene.protect(project, { approval_rules: developers });
    const { id } = await scene.deploy(project);
    await server.client.record({
      ...report({ namespace: 'gated', service: pathOf(project).split('/')[1] ?? '', status: 'waiting' }),
      happened_at: new Date(now).toISOString(),
      environment: 'staging',
    });
    await server.context.releases.job.run(now);
    expect((await scene.show(project, id)).status).toBe('blocked');
    await scene.send(`DELETE ${project}/protected_environments/production`, scene.people.mia.token);
    expect((await scene.show(project, id)).status).toBe('running');
    await server.context.releases.job.run(now);
    // What waits in the tool that told of it is that tool's business.
    const url = `GET ${project}/deployments?environment=staging`;
    const { body } = await scene.send<GatedDeployment[]>(url, scene.people.dan.token);
    expect(body.map(({ status }) => status)).toEqual(['blocked']);
  });

  test('to approve and to reject at the same instant have one outcome, and no rejection is lost', async () => {
    await using database = await create();
    await using a = await startTestServer({ database });
    await using b = await startTestServer({ database, adminToken: a.adminToken });
    const pair = await approvalScene(a);
    const { ann, bob } = pair.people;
    const project = await pair.newProject();
    await pair.protect(project, { approval_rules: developers });
    for (let round = 0; round < 10; round += 1) {
      const { id } = await pair.deploy(project);
      const approval = `POST ${project as '/'}/deployments/${id}/approval` as const;
      const [approved, rejected] = await Promise.all([
        ask(a, approval, { token: ann.token, body: { status: 'approved' } }),
        ask(b, approval, { token: bob.token, body: { status: 'rejected' } }),
      ]);
      const { status } = await pair.show(project, id);
      const outcomes = { running: [201, 400], failed: [400, 201] };
      expect([approved.status, rejected.status]).toEqual(outcomes[status as keyof typeof outcomes]);
    }
  });

  test('of two users at the same instant on two nodes count once each', async () => {
    await using database = await create();
    await using a = await startTestServer({ database });
    await using b = await startTestServer({ database, adminToken: a.adminToken });
    const { path } = await privateProject(a, 'twins/app');
    const users = [await person(a, 'ann'), await person(a, 'bob'), await person(a, 'dan')] as const;
    for (const each of users) await join(a, 'project', path, each, 'developer');
    const [ann, bob, dan] = users;
    const url = '/api/v4/projects/twins%2Fapp';
    await ask(a, `POST ${url}/protected_environments`, {
      body: {
        name: 'production',
        deploy_access_levels: developers,
        approval_rules: [{ access_level: 30, required_approvals: 2 }],
      },
    });
    for (let round = 0; round < 5; round += 1) {
      const body = { environment: 'production', sha: `${round}`, ref: 'main', tag: false, status: 'running' };
      const made = await ask<GatedDeployment>(a, `POST ${url}/deployments`, { token: dan.token, body });
      expect(made.body.status).toBe('blocked');
      const approval = `POST ${url}/deployments/${made.body.id}/approval` as const;
      const answers = await Promise.all([
        ask(a, approval, { token: ann.token, body: { status: 'approved' } }),
        ask(b, approval, { token: bob.token, body: { status: 'approved' } }),
        ask(b, approval, { token: bob.token, body: { status: 'approved' } }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
      const { body: after } = await ask<GatedDeployment>(b, `GET ${url}/deployments/${made.body.id}`, {
        token: dan.token,
      });
      expect([after.status, after.approvals.length]).toEqual(['running', 2]);
    }
  });
});
