import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { group, join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { AuditClient } from '../../../client/audit-client.ts';
import type { AuditEntry, ServerAuditQuery } from '../../../contract/audit.ts';

const password = 'a secret of many words';

describe.each(databases)('what people do is written down on $name', ({ name: database }) => {
  let server: TestServer;
  let mia: Person;
  let dana: Person;
  beforeAll(async () => {
    server = await startTestServer({ database, webhookAllowedHosts: ['127.0.0.1'] });
    mia = await person(server, 'mia', { name: 'Mia Maintains' });
    dana = await person(server, 'dana');
  });
  afterAll(() => server.stop());

  const audit = (token = server.adminToken) => new AuditClient(server.clientOf(token).requests);
  const ofServer = async (query: ServerAuditQuery = {}) => (await audit().ofServer(query)).items;
  const told = (entries: readonly AuditEntry[]) => entries.map(({ action, details }) => [action, details]).reverse();
  /** Does one thing after the other, each of which has to succeed. */
  const send = async (requests: readonly (readonly [Parameters<typeof ask>[1], unknown?])[], token?: string) => {
    for (const [request, body] of requests) {
      const answer = await ask(server, request, { body, ...(token === undefined ? {} : { token }) });
      expect([request, answer.status < 300, answer.text]).toEqual([request, true, expect.any(String)]);
    }
  };

  test('of a project: its settings, members and environments, until it is deleted', async () => {
    const { path, id } = await privateProject(server, 'acme/shop');
    await join(server, 'project', path, mia, 'owner');
    const of = `project=${encodeURIComponent(path)}`;
    await send(
      [
        [`PATCH /api/project?${of}`, { allow_self_approval: true, description: 'Sells.' }],
        [`PATCH /api/project?${of}`, { description: 'Sells.' }],
        [`POST /api/members?${of}`, { username: 'dana', access_level: 30 }],
        [`PATCH /api/members/dana?${of}`, { access_level: 40 }],
        [`DELETE /api/members/dana?${of}`],
        [`POST /api/project/environments?${of}`, { name: 'production' }],
      ],
      mia.token,
    );
    const [environment] = (await ask<{ items: { id: number }[] }>(server, `GET /api/project/environments?${of}`)).body
      .items;
    const at = `api/project/environments/${environment?.id}`;
    await send(
      [
        [`PATCH /${at}?${of}`, { tier: 'staging' }],
        [`POST /${at}/stop?${of}`],
        [`POST /${at}/stop?${of}`],
        [`DELETE /${at}?${of}`],
      ],
      mia.token,
    );
    const { items } = await audit(mia.token).list({ project: path });
    expect(told(items)).toEqual([
      ['project_created', { project: 'acme/shop', visibility: 'private' }],
      ['member_added', { user: 'mia', level: 'owner' }],
      ['project_settings_changed', { self_approval: true, description: 'changed' }],
      ['member_added', { user: 'dana', level: 'developer' }],
      ['member_changed', { user: 'dana', from: 'developer', to: 'maintainer' }],
      ['member_removed', { user: 'dana', level: 'maintainer' }],
      ['environment_created', { environment: 'production', tier: 'production' }],
      ['environment_updated', { environment: 'production', tier_before: 'production', tier: 'staging' }],
      ['environment_stopped', { environment: 'production' }],
      ['environment_deleted', { environment: 'production' }],
    ]);
    expect(items[0]).toMatchObject({
      author: { user_id: mia.id, name: 'Mia Maintains' },
      ...{ project: 'acme/shop', project_id: id, group: null, group_id: null },
    });

    await send(
      [[`PATCH /api/project?${of}`, { service: 'store' }], ['DELETE /api/project?project=acme%2Fstore']],
      mia.token,
    );
    const [deleted, renamed] = await ofServer();
    expect(told([deleted, renamed].flatMap((entry) => entry ?? []))).toEqual([
      ['project_renamed', { from: 'acme/shop', to: 'acme/store' }],
      ['project_deleted', { project: 'acme/store' }],
    ]);
    expect(deleted).toMatchObject({ project: null, project_id: id, group: 'acme' });
  });

  test('of a project: that it is shown to others, and nothing where a change is refused', async () => {
    const { path } = await privateProject(server, 'open');
    await send([[`PATCH /api/project?project=${path}`, { visibility: 'public' }]]);
    await ask(server, `PATCH /api/project?project=${path}`, { body: { service: 'not a name', visibility: 'private' } });
    expect(told((await audit().list({ project: path })).items).slice(1)).toEqual([
      ['project_visibility_changed', { from: 'private', to: 'public' }],
    ]);
  });

  test('of tokens and webhooks, without what is secret', async () => {
    const { path: project } = await privateProject(server, 'hooked');
    const wanted = { name: 'pipeline', scopes: ['record'], access_level: 30, project };
    const made = await ask<{ id: number; token: string }>(server, 'POST /api/tokens', { body: wanted });
    const rotate = `POST /api/tokens/${made.body.id}/rotate?project=${project}` as const;
    const rotated = await ask<{ id: number; token: string }>(server, rotate, { body: {} });
    const url = 'http://127.0.0.1:9/hook/secret-path?key=secret-key';
    const added = { project, url, shape: 'gitlab', secret: 'secret-word', topics: ['deployment'] };
    const hook = await ask<{ id: number }>(server, 'POST /api/hooks', { body: added });
    expect([made.status, rotated.status, hook.status]).toEqual([201, 201, 201]);
    await send([
      [`PATCH /api/hooks/${hook.body.id}`, { secret: 'secret-words', active: false }],
      [`DELETE /api/hooks/${hook.body.id}`],
      [`DELETE /api/tokens/${rotated.body.id}?project=${project}`],
    ]);
    const { items } = await audit().list({ project });
    const token = { token: 'pipeline', scopes: 'record', ends: null };
    const webhook = { webhook_id: hook.body.id, host: '127.0.0.1:9' };
    expect(told(items).slice(1)).toEqual([
      ['token_created', token],
      ['token_rotated', token],
      ['webhook_created', webhook],
      ['webhook_changed', { ...webhook, active: false, secret: 'changed' }],
      ['webhook_deleted', webhook],
      ['token_revoked', token],
    ]);
    const text = JSON.stringify(items);
    for (const secret of [made.body.token, rotated.body.token, 'secret-']) expect(text).not.toContain(secret);
  });

  test('of groups, for their maintainers', async () => {
    const { id } = await group(server, 'crew');
    await join(server, 'group', 'crew', mia, 'owner');
    await join(server, 'group', 'crew', dana, 'developer');
    await send([
      ['PATCH /api/group?group=crew', { visibility: 'internal', name: 'The crew' }],
      ['PATCH /api/group?group=crew', { path: 'team' }],
      ['POST /api/groups', { name: 'Inner', path: 'inner', parent: 'team' }],
      ['DELETE /api/group?group=team%2Finner'],
    ]);
    await send([['DELETE /api/members/dana?group=team']], dana.token);
    const { items, total } = await audit(mia.token).ofGroup({ group: 'team' });
    expect([total, told(items)]).toEqual([
      8,
      [
        ['group_created', { group: 'crew', visibility: 'private' }],
        ['member_added', { user: 'mia', level: 'owner' }],
        ['member_added', { user: 'dana', level: 'developer' }],
        ['group_visibility_changed', { from: 'private', to: 'internal' }],
        ['group_settings_changed', { name: 'The crew' }],
        ['group_renamed', { from: 'crew', to: 'team' }],
        ['group_deleted', { group: 'team/inner', projects: 0 }],
        ['member_left', { user: 'dana', level: 'developer' }],
      ],
    ]);
    expect(items[0]).toMatchObject({ group: 'team', group_id: id, author: { name: 'dana' } });
    expect((await ask(server, 'GET /api/group/audit?group=team', { token: dana.token })).status).toBe(403);
    await send([['PATCH /api/group?group=team', { visibility: 'private' }]]);
    expect((await ask(server, 'GET /api/group/audit?group=team', { token: dana.token })).status).toBe(404);
  });

  test('of users and their tokens: for administrators, as what belongs to no project', async () => {
    await send([
      ['POST /api/users', { username: 'ada', password }],
      ['PATCH /api/users/ada', { username: 'countess', admin: true }],
      ['PATCH /api/users/countess', { admin: false, name: 'ada' }],
      ['POST /api/users/countess/block'],
      ['POST /api/users/countess/block'],
      ['POST /api/users/countess/unblock'],
      ['POST /api/users/countess/password-reset'],
      ['POST /api/tokens', { name: 'mine', scopes: ['read_api'] }],
      ['DELETE /api/users/countess'],
    ]);
    const entries = await ofServer({ of: 'server' });
    expect(told(entries.slice(0, 9))).toEqual([
      ['user_created', { user: 'ada', administrator: false }],
      ['user_renamed', { from: 'ada', to: 'countess' }],
      ['user_made_administrator', { user: 'countess' }],
      ['user_made_no_administrator', { user: 'countess' }],
      ['user_blocked', { user: 'countess' }],
      ['user_unblocked', { user: 'countess' }],
      ['user_password_reset', { user: 'countess' }],
      ['token_created', { token: 'mine', user: expect.any(String), scopes: 'read_api', ends: null }],
      ['user_deleted', { user: 'countess' }],
    ]);
    expect(entries.every(({ project_id: project, group_id: of }) => project === null && of === null)).toBe(true);
    expect(JSON.stringify(await ofServer())).not.toContain(password);
    expect((await ask(server, 'GET /api/audit', { token: mia.token })).status).toBe(403);
    expect((await ask(server, 'GET /api/audit?of=nothing')).status).toBe(422);
  });
});
