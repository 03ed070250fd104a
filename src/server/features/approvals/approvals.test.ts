import { Gitlab } from '@gitbeaker/rest';
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
import { administrator, join, person } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

type Scene = Awaited<ReturnType<typeof approvalScene>>;

describe.each(databases)('approvals on $name', ({ name }) => {
  const now = Date.parse('2026-06-03T12:00:00Z');
  let server: TestServer;
  let scene: Scene;
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
    scene = await approvalScene(server);
  });
  afterAll(() => server.stop());

  describe('are needed', () => {
    test('by rules: as many as all rules ask for together, whatever the unified count says', async () => {
      const project = await scene.newProject();
      await scene.protect(project, {
        required_approval_count: 7,
        approval_rules: [{ user_id: scene.people.ann.id }, { access_level: 30, required_approvals: 2 }],
      });
      const { id, ...made } = await scene.deploy(project);
      expect(made).toMatchObject({
        status: 'blocked',
        pending_approval_count: 3,
        approvals: [],
        approval_summary: {
          rules: [
            {
              user_id: scene.people.ann.id,
              access_level: null,
              access_level_description: 'Ann Approver',
              required_approvals: 1,
            },
            { access_level: 30, access_level_description: 'Developers + Maintainers', required_approvals: 2 },
          ],
        },
      });
      const approval = await scene.approve(project, id, scene.people.ann, { comment: 'Looks right' });
      expect([approval.status, approval.body]).toEqual([
        201,
        {
          user: expect.objectContaining({
            id: scene.people.ann.id,
            username: 'ann',
            name: 'Ann Approver',
            state: 'active',
          }),
          status: 'approved',
          comment: 'Looks right',
          created_at: new Date(now).toISOString(),
        },
      ]);
      expect((await scene.approve(project, id, scene.people.bob)).status).toBe(201);
      const after = await scene.show(project, id);
      expect([after.status, after.pending_approval_count, after.approvals]).toEqual([
        'blocked',
        1,
        [approval.body, expect.objectContaining({ status: 'approved', comment: null })],
      ]);
      expect(after.approval_summary.rules.map((rule) => rule['deployment_approvals'])).toEqual([
        [approval.body],
        [expect.objectContaining({ status: 'approved' })],
      ]);
      expect((await scene.approve(project, id, scene.people.mia)).status).toBe(201);
      expect(await scene.show(project, id)).toMatchObject({ status: 'running', pending_approval_count: 0 });
    });

    test('in the unified way: so many by anybody who may deploy there', async () => {
      const project = await scene.newProject();
      await scene.protect(project, { required_approval_count: 2 });
      const { id, ...made } = await scene.deploy(project);
      expect(made).toMatchObject({ status: 'blocked', pending_approval_count: 2, approval_summary: { rules: [] } });
      await scene.approve(project, id, scene.people.ann);
      expect(await scene.show(project, id)).toMatchObject({ status: 'blocked', pending_approval_count: 1 });
      await scene.approve(project, id, scene.people.ann);
      expect(await scene.show(project, id)).toMatchObject({ status: 'blocked', pending_approval_count: 1 });
      await scene.approve(project, id, scene.people.bob);
      expect(await scene.show(project, id)).toMatchObject({ status: 'running', pending_approval_count: 0 });
    });

    test('nowhere else, and by nothing that is protected without them', async () => {
      const project = await scene.newProject();
      expect(await scene.deploy(project)).toMatchObject({ status: 'running', pending_approval_count: 0 });
      await scene.protect(project, {});
      expect(await scene.deploy(project)).toMatchObject({ status: 'running', pending_approval_count: 0 });
    });

    test('and a deployment that went without them is marked, and cannot be approved afterwards', async () => {
      const project = await scene.newProject();
      await scene.protect(project, { required_approval_count: 1 });
      const made = await scene.deploy(project, 'success');
      expect(made).toMatchObject({ status: 'success', pending_approval_count: 0, unapproved: true });
      const { id } = await scene.deploy(project);
      const forced = await scene.send<GatedDeployment>(`PUT ${project}/deployments/${id}`, scene.people.dan.token, {
        status: 'success',
      });
      expect(forced.body).toMatchObject({ status: 'success', unapproved: true });
      const late = await scene.approve(project, id, scene.people.ann);
      expect([late.status, late.body]).toEqual([400, { message: refusal.notWaiting }]);
    });
  });

  describe('are refused', () => {
    test('where the environment is not protected', async () => {
      const project = await scene.newProject();
      const { id } = await scene.deploy(project);
      const answer = await scene.approve(project, id, scene.people.ann);
      expect([answer.status, answer.body]).toEqual([400, { message: refusal.unprotected }]);
    });

    test('of one who deploys it, who may reject it all the same', async () => {
      const project = await scene.newProject();
      await scene.protect(project, { approval_rules: developers });
      const { id } = await scene.deploy(project);
      const own = await scene.approve(project, id, scene.people.dan);
      expect([own.status, own.body]).toEqual([400, { message: refusal.own }]);
      expect((await scene.decide(project, id, scene.people.dan, { status: 'rejected' })).status).toBe(201);
      expect((await scene.show(project, id)).status).toBe('failed');
    });

    test('no more of one who deploys it, once the project allows that', async () => {
      const project = await scene.newProject();
      await scene.protect(project, { approval_rules: developers });
      const path = pathOf(project);
      await server.context.projects.change(await administrator(server), path, { allowSelfApproval: true });
      const { id } = await scene.deploy(project);
      expect((await scene.approve(project, id, scene.people.dan)).status).toBe(201);
      expect((await scene.show(project, id)).status).toBe('running');
    });

    test('where none are asked for', async () => {
      const project = await scene.newProject();
      await scene.protect(project, {});
      const { id } = await scene.deploy(project);
      const answer = await scene.approve(project, id, scene.people.ann);
      expect([answer.status, answer.body]).toEqual([400, { message: refusal.unneeded }]);
    });

    test('when the deployment does not wait any more', async () => {
      const project = await scene.newProject();
      await scene.protect(project, { approval_rules: developers });
      const { id } = await scene.deploy(project);
      await scene.approve(project, id, scene.people.ann);
      for (const status of ['approved', 'rejected']) {
        const answer = await scene.decide(project, id, scene.people.bob, { status });
        expect([answer.status, answer.body]).toEqual([400, { message: refusal.notWaiting }]);
      }
      const changed = await scene.decide(project, id, scene.people.ann, { status: 'rejected' });
      expect([changed.status, changed.body]).toEqual([400, { message: refusal.notWaiting }]);
      expect((await scene.show(project, id)).status).toBe('running');
    });

    test('of one whom no rule names', async () => {
      const project = await scene.newProject();
      await scene.protect(project, { approval_rules: [{ user_id: scene.people.ann.id }, { access_level: 40 }] });
      const { id } = await scene.deploy(project);
      for (const status of ['approved', 'rejected']) {
        const answer = await scene.decide(project, id, scene.people.bob, { status });
        expect([answer.status, answer.body]).toEqual([400, { message: refusal.notCompetent }]);
      }
      expect(await scene.show(project, id)).toMatchObject({ status: 'blocked', pending_approval_count: 2 });
    });

    test('for a rule that is not the caller’s', async () => {
      const project = await scene.newProject();
      await scene.protect(project, { approval_rules: [{ user_id: scene.people.ann.id }, { access_level: 40 }] });
      const { id } = await scene.deploy(project);
      for (const represented_as of ['Maintainers', 'Nobody']) {
        const answer = await scene.approve(project, id, scene.people.ann, { represented_as });
        expect([answer.status, answer.body]).toEqual([400, { message: refusal.noSuchRule }]);
      }
    });

    test('in an order: an own deployment to an environment that is not protected is just that', async () => {
      const project = await scene.newProject();
      const { id } = await scene.deploy(project);
      expect((await scene.approve(project, id, scene.people.dan)).body).toEqual({ message: refusal.unprotected });
      await scene.protect(project, {});
      expect((await scene.approve(project, id, scene.people.dan)).body).toEqual({ message: refusal.own });
      await scene.send(`PUT ${project}/protected_environments/production`, scene.people.mia.token, {
        approval_rules: [{ user_id: scene.people.ann.id }],
      });
      expect((await scene.approve(project, id, scene.people.dan)).body).toEqual({ message: refusal.own });
      expect((await scene.approve(project, id, scene.people.bob)).body).toEqual({ message: refusal.notWaiting });
    });

    test('without a status, with another word, of an unknown deployment, or of another project’s', async () => {
      const project = await scene.newProject();
      await scene.protect(project, { approval_rules: developers });
      const { id } = await scene.deploy(project);
      const wrong = 'status does not have a valid value';
      expect((await scene.decide(project, id, scene.people.ann, {})).body).toEqual({
        error: `status is missing, ${wrong}`,
      });
      expect((await scene.decide(project, id, scene.people.ann, { status: 'maybe' })).body).toEqual({ error: wrong });
      const other = await scene.newProject();
      for (const [at, wanted] of [
        [project, 4711],
        [other, id],
      ] as const) {
        const answer = await scene.approve(at, wanted, scene.people.ann);
        expect([answer.status, answer.body]).toEqual([404, { message: '404 Not found' }]);
      }
    });

    test('of strangers, readers, and nobody', async () => {
      const project = await scene.newProject();
      await scene.protect(project, { approval_rules: developers });
      const { id } = await scene.deploy(project);
      const hidden = await scene.approve(project, id, scene.people.sam);
      expect([hidden.status, hidden.body]).toEqual([404, { message: '404 Project Not Found' }]);
      const reader = await person(server, 'reader', { scopes: ['read_api'] });
      await join(server, 'project', pathOf(project), reader, 'developer');
      expect((await scene.approve(project, id, reader)).status).toBe(403);
      const body = { status: 'approved' };
      const nobody = await ask(server, `POST ${project as '/'}/deployments/${id}/approval`, { token: null, body });
      expect(nobody.status).toBe(401);
      expect((await scene.show(project, id)).approvals).toEqual([]);
    });
  });

  test('gitbeaker approves and rejects', async () => {
    const project = await scene.newProject();
    await scene.protect(project, { approval_rules: developers });
    const id = pathOf(project);
    const { Deployments } = new Gitlab({ host: server.url, token: scene.people.ann.token });
    const first = await scene.deploy(project);
    expect(await Deployments.setApproval(id, first.id, 'approved', { comment: 'Yes' })).toMatchObject({
      user: { username: 'ann' },
      status: 'approved',
      comment: 'Yes',
    });
    expect(await Deployments.show(id, first.id)).toMatchObject({ status: 'running', approvals: [{ comment: 'Yes' }] });
    const second = await scene.deploy(project);
    await Deployments.setApproval(id, second.id, 'rejected', { representedAs: 'Developers' });
    expect(await Deployments.show(id, second.id)).toMatchObject({ status: 'failed' });
    await expect(Deployments.setApproval(id, second.id, 'approved')).rejects.toThrow(refusal.notWaiting);
  });
});
