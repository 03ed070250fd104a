import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Shown {
  readonly id: number;
  readonly status: string;
  readonly pending_approval_count: number;
  readonly unapproved: boolean;
  readonly message?: unknown;
}

const monday = Date.parse('2026-06-01T12:00:00Z');
const hourMs = 3_600_000;

describe.each(databases)('what approvals and freezes mean for deployments on $name', ({ name }) => {
  let server: TestServer;
  let now = monday;
  let developer: Person;
  let reviewer: Person;
  let maintainer: Person;
  const at = '/api/v4/projects/bank%2Fvault';
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
    await privateProject(server, 'bank/vault');
    [developer, reviewer, maintainer] = [
      await person(server, 'dev'),
      await person(server, 'reviewer'),
      await person(server, 'boss'),
    ];
    await join(server, 'project', 'bank/vault', developer, 'developer');
    await join(server, 'project', 'bank/vault', reviewer, 'developer');
    await join(server, 'project', 'bank/vault', maintainer, 'maintainer');
    const body = {
      name: 'production',
      deploy_access_levels: [{ access_level: 30 }],
      approval_rules: [{ user_id: reviewer.id }],
    };
    const made = await ask(server, `POST ${at}/protected_environments`, { token: maintainer.token, body });
    expect(made.status).toBe(201);
  });
  afterAll(() => server.stop());

  const deploy = (status: string, more: object = {}, { token } = developer) => {
    now += 1000;
    const body = { environment: 'production', sha: 'abc', ref: 'main', tag: false, status, ...more };
    return ask<Shown>(server, `POST ${at}/deployments`, { token, body });
  };
  const move = (id: number, status: string, { token } = developer) => {
    now += 1000;
    return ask<Shown>(server, `PUT ${at}/deployments/${id}`, { token, body: { status } });
  };
  const approve = (id: number, { token } = reviewer, status = 'approved') =>
    ask<Shown>(server, `POST ${at}/deployments/${id}/approval`, { token, body: { status } });
  const show = async (id: number) => (await ask<Shown>(server, `GET ${at}/deployments/${id}`)).body;

  test('a deployment that would run waits, and runs once it is approved', async () => {
    const { status, body } = await deploy('running');
    expect([status, body]).toMatchObject([201, { status: 'blocked', pending_approval_count: 1, unapproved: false }]);
    const early = await move(body.id, 'running');
    expect([early.status, early.body.message]).toEqual([
      403,
      '403 Forbidden - The deployment waits for 1 more approval',
    ]);
    expect((await approve(body.id)).status).toBe(201);
    expect(await show(body.id)).toMatchObject({ status: 'running', pending_approval_count: 0 });
    expect((await move(body.id, 'success')).body).toMatchObject({ status: 'success', unapproved: false });
  });

  test('a deployment that is rejected has failed', async () => {
    const { body } = await deploy('running');
    await approve(body.id, reviewer, 'rejected');
    expect((await show(body.id)).status).toBe('failed');
    expect((await move(body.id, 'running')).body).toEqual({ message: { status: ['cannot transition via "run"'] } });
  });

  test.each(['success', 'failed', 'canceled'])('what ended as %s is recorded, and flagged', async (status) => {
    const { body } = await deploy(status, { sha: status });
    expect(body).toMatchObject({ status, unapproved: true });
    const blocked = await deploy('running');
    expect((await move(blocked.body.id, status)).body).toMatchObject({ status, unapproved: true });
    const { items } = await server.client.deployments({ service: 'vault', limit: '2' });
    expect(items.map(({ unapproved }) => unapproved)).toContain(true);
    const audit = await ask<{ details: { action?: string } }[]>(server, `GET ${at}/audit_events`);
    expect(JSON.stringify(audit.body)).toContain('deployment_unapproved');
  });

  test('a report of another tool is recorded, and flagged; elsewhere nothing is', async () => {
    const sent = { service: 'vault', namespace: 'bank', happened_at: new Date(now).toISOString(), status: 'success' };
    const flagged = await server.client.record(report({ ...sent, environment: 'production' }));
    expect(flagged.unapproved).toBe(true);
    expect(await server.client.deployment(flagged.id)).toMatchObject({ unapproved: true });
    const slot = (await server.client.matrix({ service: 'vault' })).rows[0]?.slots['production'];
    expect(slot?.current).toMatchObject({ unapproved: true });
    expect(await server.client.record(report({ ...sent, environment: 'staging' }))).not.toHaveProperty('unapproved');
  });

  test('what begins anew under the key of an approved run needs approvals of its own', async () => {
    const tell = (status: string, second: number) =>
      server.client.record(
        report({
          service: 'vault',
          namespace: 'bank',
          environment: 'production',
          deployment_id: 'again',
          status,
          happened_at: new Date(now + second * 1000).toISOString(),
        }),
      );
    const waiting = await tell('waiting', 1);
    await approve(waiting.deployment_number);
    now += 10_000;
    expect(await tell('success', 0)).not.toHaveProperty('unapproved');
    expect(await tell('in-progress', 1)).toMatchObject({ unapproved: true });
  });

  test('who may not deploy to a protected environment is refused, and nothing is made', async () => {
    const guarded = { name: 'locked', deploy_access_levels: [{ access_level: 40 }] };
    await ask(server, `POST ${at}/protected_environments`, { token: maintainer.token, body: guarded });
    const refused = await deploy('success', { environment: 'locked' });
    expect([refused.status, refused.body]).toEqual([403, { message: '403 Forbidden' }]);
    const made = await deploy('running', { environment: 'locked' }, maintainer);
    expect(made.body.status).toBe('running');
    expect((await move(made.body.id, 'failed')).status).toBe(403);
    const told = { service: 'vault', namespace: 'bank', environment: 'locked', deployment_id: 'by-hand' };
    const happened_at = new Date(now).toISOString();
    const reported = await server.clientOf(developer.token).record(report({ ...told, happened_at, status: 'success' }));
    expect(reported.unapproved).toBe(true);
    const reporter = await person(server, 'watcher');
    await join(server, 'project', 'bank/vault', reporter, 'reporter');
    expect((await deploy('success', { environment: 'staging' }, reporter)).body).toEqual({ message: '403 Forbidden' });
  });

  test('while the project is frozen nothing starts, what ended is recorded and flagged, and a maintainer may override', async () => {
    now = monday + 7 * 24 * hourMs;
    const body = { freeze_start: '0 11 * * 1', freeze_end: '0 14 * * 1' };
    const period = await ask<{ id: number }>(server, `POST ${at}/freeze_periods`, { token: maintainer.token, body });
    const staging = { environment: 'staging' };
    const refused = await deploy('running', staging);
    expect(refused.status).toBe(403);
    expect(refused.body.message).toBe(
      '403 Forbidden - Frozen until 2026-06-08T14:00:00.000Z by the freeze period "0 11 * * 1" to "0 14 * * 1" (UTC)',
    );
    expect((await deploy('running', { ...staging, override_freeze: true })).status).toBe(403);
    expect((await deploy('running', { ...staging, override_freeze: true }, maintainer)).status).toBe(201);
    const ended = await deploy('success', { ...staging, sha: 'frozen' });
    expect([ended.status, ended.body.unapproved]).toEqual([201, false]);
    const { items } = await server.client.deployments({ service: 'vault', environment: 'staging', limit: '1' });
    expect(items[0]?.during_freeze).toBe(true);
    const waiting = await deploy('running', { override_freeze: true }, maintainer);
    await approve(waiting.body.id);
    expect((await show(waiting.body.id)).status).toBe('blocked');
    now += 3 * hourMs;
    for (const job of server.context.jobs.jobs) await server.context.jobs.runOnce(job);
    expect((await show(waiting.body.id)).status).toBe('running');
    expect((await deploy('running', staging)).status).toBe(201);
    await ask(server, `DELETE ${at}/freeze_periods/${period.body.id}`, { token: maintainer.token });
  });
});
