import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import type { ApprovalState, Inbox } from '../../../contract/approvals.ts';

describe.each(databases)('the inbox of approvals on $name', ({ name }) => {
  let server: TestServer;
  let people: Readonly<Record<'dan' | 'ann' | 'bob' | 'sam', Person>>;
  let services = 0;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    people = {
      dan: await person(server, 'dan'),
      ann: await person(server, 'ann'),
      bob: await person(server, 'bob'),
      sam: await person(server, 'sam'),
    };
  });
  afterAll(() => server.stop());

  const as = ({ token }: Person) => server.clientOf(token);
  const protect = async (path: string, rules: readonly object[]) => {
    const answer = await ask(server, `POST /api/v4/projects/${encodeURIComponent(path)}/protected_environments`, {
      body: { name: 'production', deploy_access_levels: [{ access_level: 30 }], approval_rules: rules },
    });
    expect(answer.status).toBe(201);
  };
  /** A service of its own in which so many of these must approve, and a deployment of dan's that waits. */
  async function waiting(
    required: number,
    approvers: readonly Person[],
  ): Promise<{ path: string; deployment: number }> {
    services += 1;
    const service = `s${services}`;
    await server.client.record(report({ namespace: 'crew', service, environment: 'staging' }));
    await protect(
      `crew/${service}`,
      approvers.map(({ id }) => ({ user_id: id, required_approvals: required })),
    );
    return { path: `crew/${service}`, deployment: await wait(service) };
  }
  async function wait(service: string): Promise<number> {
    const sent = report({ namespace: 'crew', service, status: 'waiting', version: '2.0.0', ref: 'main' });
    return (await as(people.dan).record(sent)).deployment_number;
  }
  const inboxOf = async (who: Person) =>
    (await as(who).inbox()).items.map(({ deployment }) => deployment.deployment_number);
  const statusOf = async (deployment: number) => (await as(people.dan).approvals(deployment)).deployment.status;

  test('holds what waits for the caller, with what is needed to decide, until they have decided', async () => {
    const { deployment } = await waiting(1, [people.ann, people.bob]);
    const { items, next_cursor: next } = await as(people.ann).inbox();
    expect(next).toBeNull();
    expect(items).toEqual([
      {
        deployment: expect.objectContaining({
          deployment_number: deployment,
          namespace: 'crew',
          environment: 'production',
          status: 'waiting',
          version: '2.0.0',
          ref: 'main',
        }),
        requested_by: 'dan',
        required: 2,
        pending: 2,
        rules: [
          { name: 'ann', kind: 'user', required: 1, pending: 1 },
          { name: 'bob', kind: 'user', required: 1, pending: 1 },
        ],
        decisions: [],
        replaces: null,
        brings: null,
        takes_out: null,
      },
    ]);
    expect(await inboxOf(people.bob)).toEqual([deployment]);
    expect(await inboxOf(people.sam)).toEqual([]);
    expect(await inboxOf(people.dan)).toEqual([]);
    const decided = await as(people.ann).decide(deployment, { decision: 'approve', comment: 'Go' });
    expect(decided).toMatchObject({
      state: 'pending',
      pending: 1,
      decisions: [{ username: 'ann', decision: 'approve', rule: 'ann', comment: 'Go', decided_at: expect.any(String) }],
      rules: [
        { name: 'ann', required: 1, pending: 0 },
        { name: 'bob', required: 1, pending: 1 },
      ],
      may_approve: false,
      may_reject: true,
    });
    expect(await inboxOf(people.ann)).toEqual([]);
    expect(await inboxOf(people.bob)).toEqual([deployment]);
    expect(await as(people.bob).decide(deployment, { decision: 'approve' })).toMatchObject({
      state: 'approved',
      pending: 0,
      deployment: { status: 'in-progress' },
      may_approve: false,
      may_reject: false,
    });
    expect(await inboxOf(people.bob)).toEqual([]);
  });

  test('loses what was rejected, which has failed', async () => {
    const { deployment } = await waiting(1, [people.ann, people.bob]);
    await as(people.ann).decide(deployment, { decision: 'reject', comment: 'Not before noon' });
    expect(await as(people.bob).approvals(deployment)).toMatchObject({
      state: 'rejected',
      deployment: { status: 'failure' },
      decisions: [{ decision: 'reject', comment: 'Not before noon' }],
    });
    expect(await inboxOf(people.bob)).toEqual([]);
  });

  test('comes in pages, latest first', async () => {
    const approver = await person(server, `pat-${name}`);
    const { path, deployment } = await waiting(1, [approver]);
    const service = path.slice('crew/'.length);
    const second = await wait(service);
    const all = [await wait(service), second, deployment];
    expect(await inboxOf(approver)).toEqual(all);
    const first = await as(approver).inbox({ limit: '2' });
    expect(first.items.map((item) => item.deployment.deployment_number)).toEqual(all.slice(0, 2));
    const last = await as(approver).inbox({ limit: '2', cursor: first.next_cursor ?? '' });
    expect(last.items.map((item) => item.deployment.deployment_number)).toEqual(all.slice(2));
    expect(last.next_cursor).toBeNull();
  });

  test.each([
    ['approve', 'success'],
    ['approve', 'cancelled'],
    ['reject', 'failure'],
  ] as const)('asks anew for the next run of a pipeline with the same key: after %s and %s', async (decision, end) => {
    const { path } = await waiting(1, [people.ann]);
    const key = { namespace: 'crew', service: path.slice('crew/'.length), deployment_id: 'nightly' };
    let at = Date.now() - 60_000;
    const tell = (status: string, version: string) => {
      at += 1000;
      const sent = report({ ...key, status, version, happened_at: new Date(at).toISOString() });
      return as(people.dan).record(sent);
    };
    const { deployment_number: deployment } = await tell('waiting', '1.0.0');
    const { deployment: decided } = await as(people.ann).decide(deployment, { decision });
    expect(decided.status).toBe(decision === 'approve' ? 'in-progress' : 'failure');
    at = Date.parse(decided.happened_at);
    if (decision === 'approve') await tell(end, '1.0.0');
    expect((await as(people.ann).approvals(deployment)).decisions).toHaveLength(1);
    await tell('waiting', '1.1.0');
    const next = await as(people.ann).approvals(deployment);
    expect(next).toMatchObject({ state: 'pending', pending: 1, decisions: [], deployment: { status: 'waiting' } });
    await server.context.releases.job.run(Date.now());
    expect(await statusOf(deployment)).toBe('waiting');
    expect(await inboxOf(people.ann)).toContain(deployment);
    await as(people.ann).decide(deployment, { decision: 'approve' });
    expect(await statusOf(deployment)).toBe('in-progress');
    expect((await as(people.ann).approvals(deployment)).decisions).toHaveLength(1);
  });

  test('shows a deployment once that says twice that it waits', async () => {
    const approver = await person(server, `tom-${name}`);
    const { path } = await waiting(1, [approver]);
    const sent = report({ namespace: 'crew', service: path.slice('crew/'.length), status: 'waiting' });
    const { deployment_number: twice } = await as(people.dan).record(sent);
    await as(people.dan).record({ ...sent, happened_at: new Date(Date.parse(sent.happened_at) + 1).toISOString() });
    expect((await inboxOf(approver)).filter((each) => each === twice)).toEqual([twice]);
  });

  test('tells the deployer that they may only reject, and others nothing that they may not know', async () => {
    const { path } = await privateProject(server, 'vault/api');
    for (const each of [people.dan, people.ann]) await join(server, 'project', path, each, 'developer');
    await protect(path, [{ access_level: 30 }]);
    const body = { environment: 'production', sha: 'abc', ref: 'main', tag: false, status: 'running' };
    const made = await ask<{ id: number }>(server, 'POST /api/v4/projects/vault%2Fapi/deployments', {
      token: people.dan.token,
      body,
    });
    const deployment = made.body.id;
    expect(await as(people.dan).approvals(deployment)).toMatchObject({ may_approve: false, may_reject: true });
    expect(await as(people.ann).approvals(deployment)).toMatchObject({ may_approve: true, may_reject: true });
    expect(await inboxOf(people.ann)).toContain(deployment);
    expect(await inboxOf(people.sam)).not.toContain(deployment);
    for (const request of [`GET /api/approvals/${deployment}`, `POST /api/approvals/${deployment}`] as const) {
      const sent = request.startsWith('POST') ? { body: { decision: 'approve' } } : {};
      expect((await ask(server, request, { token: people.sam.token, ...sent })).status).toBe(404);
      expect((await ask(server, request, { token: null, ...sent })).status).toBe(401);
    }
    const { token } = await server.client.createToken({ name: 'reads', scopes: ['read_api'] });
    const read = await ask(server, `POST /api/approvals/${deployment}`, {
      token: token ?? '',
      body: { decision: 'approve' },
    });
    expect(read.status).toBe(403);
    expect(await statusOf(deployment)).toBe('waiting');
  });

  test('says what is wrong with a decision', async () => {
    const { deployment } = await waiting(1, [people.ann]);
    const send = (body: object, token = people.ann.token) =>
      ask(server, `POST /api/approvals/${deployment}`, { token, body });
    const odd = await send({ decision: 'maybe', comment: '' });
    expect([odd.status, pointersOf(odd)]).toEqual([422, ['/comment', '/decision']]);
    const stranger = await send({ decision: 'approve' }, people.sam.token);
    expect([stranger.status, stranger.body.code, stranger.body.detail]).toEqual([
      409,
      'rule_refused',
      expect.stringContaining('permission to approve'),
    ]);
    expect((await ask(server, 'GET /api/approvals/2000000000')).status).toBe(404);
    expect((await ask<Inbox>(server, 'GET /api/approvals?limit=0')).status).toBe(422);
  });

  test('tells a token that only reads that it may decide nothing', async () => {
    const reader = await person(server, 'rea', { scopes: ['read_api'] });
    const { deployment } = await waiting(1, [reader, people.ann]);
    expect(await as(reader).approvals(deployment)).toMatchObject({ may_approve: false, may_reject: false });
    expect(await as(people.ann).approvals(deployment)).toMatchObject({ may_approve: true, may_reject: true });
  });

  test('has nothing to say of a deployment that needs no approval', async () => {
    const { deployment_number: deployment } = await as(people.dan).record(report({ service: 'free' }));
    const state: ApprovalState = await as(people.ann).approvals(deployment);
    expect(state).toMatchObject({ state: 'not-needed', required: 0, pending: 0, rules: [], may_approve: false });
  });

  test('a report that a deployment began without its approvals is kept, and marked', async () => {
    const { path } = await waiting(1, [people.ann]);
    const sent = report({ namespace: 'crew', service: path.slice('crew/'.length), status: 'in-progress' });
    expect(await as(people.dan).record(sent)).toMatchObject({ status: 'in-progress', unapproved: true });
  });
});
