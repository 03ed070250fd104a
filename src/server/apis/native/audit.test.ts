import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { administrator, group, join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { AuditClient } from '../../../client/audit-client.ts';
import { ProtectedEnvironmentsClient } from '../../../client/protected-environments-client.ts';

describe.each(databases)('the audit log of a project on $name', ({ name: database }) => {
  let server: TestServer;
  let path: string;
  let people: Record<'maintainer' | 'developer' | 'stranger', Person>;
  let now = Date.parse('2026-03-01T00:00:00Z');
  beforeAll(async () => {
    server = await startTestServer({ database, clock: () => now });
    people = {
      maintainer: await person(server, 'mia', { name: 'Mia Maintains' }),
      developer: await person(server, 'dana'),
      stranger: await person(server, 'sam'),
    };
    ({ path } = await privateProject(server, 'team/shop'));
    await join(server, 'project', path, people.maintainer, 'maintainer');
    await join(server, 'project', path, people.developer, 'developer');
    const { projects, protections } = server.context;
    const mia = (await server.context.authenticator.byToken(people.maintainer.token)) ?? (await administrator(server));
    const owner = { kind: 'project', project: await projects.resolve(mia, path) } as const;
    for (const [day, name] of ['staging', 'production', 'review'].entries()) {
      now = Date.parse(`2026-03-0${day + 2}T12:00:00Z`);
      await protections.protect(mia, owner, name, { deployers: [{ accessLevel: 40 }] });
    }
  });
  afterAll(() => server.stop());

  const of = ({ token }: Person) => new AuditClient(server.clientOf(token).requests);

  test('says who did what and when, newest first and page by page, to maintainers', async () => {
    const first = await of(people.maintainer).list({ project: path, limit: '2' });
    expect(first).toMatchObject({
      total: 6,
      next_page: 2,
      items: [
        {
          at: '2026-03-04T12:00:00Z',
          author: { user_id: people.maintainer.id, name: 'Mia Maintains' },
          action: 'environment_protected',
          details: { environment: 'review' },
        },
        { details: { environment: 'production' } },
      ],
    });
    const last = await of(people.maintainer).list({ project: path, limit: '2', page: '2' });
    expect(last).toMatchObject({
      next_page: 3,
      items: [{ details: { environment: 'staging' } }, { action: 'member_added' }],
    });
  });

  test('is narrowed to a time', async () => {
    const range = { after: '2026-03-03T00:00:00Z', before: '2026-03-04T00:00:00Z' };
    const { items, total } = await of(people.maintainer).list({ project: path, ...range });
    expect([total, items.map(({ details }) => details['environment'])]).toEqual([1, ['production']]);
  });

  test('calls those whom a protection named what they were called then, also once they are gone', async () => {
    const secret = await group(server, 'secret');
    const guest = await person(server, 'guest-approver');
    const all = new ProtectedEnvironmentsClient(server.client.requests);
    const rules = { approval_rules: [{ group_id: secret.id }, { user_id: guest.id, required_approvals: 2 }] };
    await all.protect({ project: path }, { name: 'canary', deployers: [{ group_id: secret.id }], ...rules });
    await ask(server, 'PATCH /api/group?group=secret', { body: { path: 'top-secret' } });
    await all.unprotect({ project: path }, 'canary');
    expect((await ask(server, 'DELETE /api/group?group=top-secret')).status).toBe(204);
    const { items } = await of(people.maintainer).list({ project: path, limit: '2' });
    expect(items.map(({ action, details }) => [action, details['deployers'], details['approval_rules']])).toEqual([
      ['environment_unprotected', 'group top-secret', '1 of group top-secret, 2 of user guest-approver'],
      ['environment_protected', 'group secret', '1 of group secret, 2 of user guest-approver'],
    ]);
    const route = `GET /api/project/audit?project=${encodeURIComponent(path)}` as const;
    expect((await ask(server, route, { token: people.developer.token })).text).not.toContain('secret');
  });

  test('names who told of what nobody approved, whoever that one says started it', async () => {
    const { developer, maintainer } = people;
    const deployments = `/api/v4/projects/${encodeURIComponent(path)}/deployments` as const;
    const body = { environment: 'eu', sha: 'a91957a8', ref: 'main', tag: false, status: 'running' };
    const protections = new ProtectedEnvironmentsClient(server.client.requests);
    const rules = { deployers: [{ level: 30 as const }], approval_rules: [{ level: 40 as const }] };
    for (const name of ['eu', 'us']) await protections.protect({ project: path }, { name, ...rules });
    const { body: made } = await ask<{ id: number }>(server, `POST ${deployments}`, { token: maintainer.token, body });
    const moved = { token: developer.token, body: { status: 'success' } };
    expect((await ask(server, `PUT ${deployments}/${made.id}`, moved)).status).toBe(200);
    const wanted = { name: 'pipeline', scopes: ['record'], access_level: 30, project: path };
    const { body: pipeline } = await ask<{ token: string }>(server, 'POST /api/tokens', { body: wanted });
    const lane = { namespace: 'team', service: 'shop', environment: 'us', happened_at: new Date(now).toISOString() };
    const told = report({ ...lane, actor: 'The CEO' });
    await server.clientOf(pipeline.token).record(told, { progressReporter: 'the/board' });
    const { items } = await of(maintainer).list({ project: path, limit: '9' });
    const unapproved = items.filter(({ action }) => action === 'deployment_unapproved');
    expect(unapproved.map(({ author }) => author)).toEqual([
      { user_id: expect.any(Number), name: 'pipeline' },
      { user_id: developer.id, name: 'dana' },
    ]);
  });

  test('is refused to developers, and not there for strangers', async () => {
    const route = `GET /api/project/audit?project=${encodeURIComponent(path)}` as const;
    expect((await ask(server, route, { token: people.developer.token })).status).toBe(403);
    expect((await ask(server, route, { token: people.stranger.token })).status).toBe(404);
    expect((await ask(server, `${route}&after=soon`)).status).toBe(422);
  });
});
