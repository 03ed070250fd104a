import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { AuditClient } from '../../../client/audit-client.ts';
import { EnvironmentsClient } from '../../../client/environments-client.ts';
import { GatesClient } from '../../../client/gates-client.ts';
import { ProtectedEnvironmentsClient } from '../../../client/protected-environments-client.ts';

describe.each(databases)('whom a protection keeps from deploying, on $name', ({ name: database }) => {
  let server: TestServer;
  let people: Readonly<Record<'mia' | 'dan', Person>>;
  let projects = 0;
  beforeAll(async () => {
    server = await startTestServer({ database });
    people = { mia: await person(server, 'mia'), dan: await person(server, 'dan') };
  });
  afterAll(() => server.stop());

  const of = ({ token }: Person) => new EnvironmentsClient(server.clientOf(token).requests);
  const decisionFor = async ({ token }: Person, project: string, environment: string) =>
    (await new GatesClient(server.clientOf(token).requests).ask({ project, environment })).decision;
  /** A project that mia maintains and dan develops, in a group that lets maintainers alone deploy to production. */
  async function guarded(approvals: object = {}): Promise<string> {
    projects += 1;
    const group = `guard${projects}`;
    const { path } = await privateProject(server, `${group}/shop`);
    await join(server, 'project', path, people.mia, 'maintainer');
    await join(server, 'project', path, people.dan, 'developer');
    const protections = new ProtectedEnvironmentsClient(server.client.requests);
    await protections.protect({ group }, { name: 'production', deployers: [{ level: 40 }], ...approvals });
    return path;
  }

  test('neither changes nor stops the environment, whichever dialect they speak', async () => {
    const project = await guarded();
    const { id } = await of(people.mia).create(project, { name: 'production' });
    const native = `/api/project/environments/${id}` as const;
    const gitlab = `/api/v4/projects/${encodeURIComponent(project)}/environments/${id}` as const;
    const query = `?project=${encodeURIComponent(project)}` as const;
    for (const [request, body] of [
      [`PATCH ${native}${query}`, { tier: 'other' }],
      [`PATCH ${native}${query}`, { external_url: 'https://elsewhere.example' }],
      [`POST ${native}/stop${query}`, undefined],
      [`PUT ${gitlab}`, { tier: 'other' }],
      [`POST ${gitlab}/stop`, undefined],
    ] as const) {
      const refused = await ask(server, request, { token: people.dan.token, body });
      expect([request, refused.status]).toEqual([request, 403]);
    }
    expect(await decisionFor(people.dan, project, 'production')).toBe('prevented');
    expect((await of(people.dan).list({ project })).items).toMatchObject([{ tier: 'production', state: 'available' }]);
  });

  test('neither moves another environment into the tier, nor makes one by its name in another tier', async () => {
    const project = await guarded();
    const { id } = await of(people.dan).create(project, { name: 'staging' });
    await expect(of(people.dan).change(project, id, { tier: 'production' })).rejects.toMatchObject({ status: 403 });
    const evading = of(people.dan).create(project, { name: 'production', tier: 'other' });
    await expect(evading).rejects.toMatchObject({ status: 403 });
    expect(await of(people.dan).change(project, id, { tier: 'testing' })).toMatchObject({ tier: 'testing' });
    expect(await of(people.dan).stop(project, id)).toMatchObject({ state: 'stopped' });
  });

  test('a maintainer may all the same, which is written down, and what waited for the tier runs', async () => {
    const project = await guarded({ deployers: [{ level: 60 }], approval_rules: [{ level: 60 }] });
    const asked = { environment: 'production', ref: 'main', sha: 'a'.repeat(40), tag: false, status: 'running' };
    const deployments = `/api/v4/projects/${encodeURIComponent(project)}/deployments` as const;
    const { id } = (await ask<{ id: number }>(server, `POST ${deployments}`, { body: asked })).body;
    const statusNow = async () => (await ask<{ status: string }>(server, `GET ${deployments}/${id}`)).body.status;
    expect(await statusNow()).toBe('blocked');
    const [production] = (await of(people.mia).list({ project })).items;
    await of(people.mia).change(project, production?.id ?? 0, { tier: 'other' });
    expect(await statusNow()).toBe('running');
    expect(await decisionFor(people.mia, project, 'production')).toBe('allowed');
    const audit = await new AuditClient(server.client.requests).list({ project });
    expect(audit.items[0]).toMatchObject({
      author: { name: 'mia' },
      action: 'environment_updated',
      details: { environment: 'production', tier_before: 'production', tier: 'other' },
    });
  });
});
