import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askGitHub } from '../../../../test/github/checked-answers.ts';
import { developers } from '../../../../test/support/approval-scene.ts';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

const path = 'acme/shop';
const project = `/api/v4/projects/${encodeURIComponent(path)}` as const;
const gitlab = `${project}/deployments` as const;
const github = `/repos/${path}/deployments` as const;
const asked = { sha: 'a91957a8', ref: 'main', tag: false };

describe.each(databases)('who started a deployment on $name', ({ name }) => {
  let server: TestServer;
  let people: Readonly<Record<'mia' | 'dan', Person>>;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    people = { mia: await person(server, 'mia', { name: 'Mia Maintains' }), dan: await person(server, 'dan') };
    await privateProject(server, path);
    for (const each of Object.values(people)) await join(server, 'project', path, each, 'developer');
  });
  afterAll(() => server.stop());

  /** Of each event of a lane, the newest first, its status and who is said to have started it. */
  const told = async (environment: string) =>
    (await server.client.deployments({ environment })).items.map(({ status, actor }) => [status, actor]);
  const inMatrix = async (environment: string) => {
    const { rows } = await server.client.matrix();
    const shown = rows.flatMap(({ slots }) => Object.values(slots));
    return shown.find(({ current }) => current.environment === environment)?.current.actor;
  };
  const viaGitLab = async (environment: string, { token }: Pick<Person, 'token'>, status = 'running') => {
    const body = { ...asked, environment, status };
    const made = await ask<{ id: number }>(server, `POST ${gitlab}`, { token, body });
    expect(made.status).toBe(201);
    return made.body.id;
  };

  test("is the user whose token made it through GitLab's API, whoever moves it on", async () => {
    const id = await viaGitLab('gitlab', people.mia);
    const moved = await ask(server, `PUT ${gitlab}/${id}`, { token: people.dan.token, body: { status: 'success' } });
    expect(moved.status).toBe(200);
    expect(await told('gitlab')).toEqual([
      ['success', 'mia'],
      ['in-progress', 'mia'],
    ]);
    expect(await inMatrix('gitlab')).toBe('mia');
    const found = await server.client.deployments({ environment: 'gitlab', q: 'MIA' });
    expect(found.items).toHaveLength(2);
  });

  test("is the user whose token asked for it through GitHub's API, whoever tells of its statuses", async () => {
    const body = { ref: 'main', environment: 'github', required_contexts: [] };
    const made = await askGitHub<{ id: number }>(server, `POST ${github}`, { token: people.mia.token, body });
    const status = { state: 'success' };
    const url = `POST ${github}/${made.body.id}/statuses` as const;
    expect((await askGitHub(server, url, { token: people.dan.token, body: status })).status).toBe(201);
    expect(await told('github')).toEqual([
      ['success', 'mia'],
      ['pending', 'mia'],
    ]);
    expect(await inMatrix('github')).toBe('mia');
  });

  test.each([
    ['approved', ['in-progress', 'waiting']],
    ['rejected', ['failure', 'waiting']],
  ])('stays the same when another user has %s it', async (status, statuses) => {
    const rules = { name: status, deploy_access_levels: developers, approval_rules: developers };
    expect((await ask(server, `POST ${project}/protected_environments`, { body: rules })).status).toBe(201);
    const id = await viaGitLab(status, people.mia);
    const decided = await ask(server, `POST ${gitlab}/${id}/approval`, { token: people.dan.token, body: { status } });
    expect(decided.status).toBe(201);
    expect(await told(status)).toEqual(statuses.map((each) => [each, 'mia']));
  });

  test('stays the same when a later one, which another user started, puts it out of use', async () => {
    const deploy = async ({ token }: Person) => {
      const body = { ref: 'main', environment: 'qa', required_contexts: [] };
      const made = await askGitHub<{ id: number }>(server, `POST ${github}`, { token, body });
      const url = `POST ${github}/${made.body.id}/statuses` as const;
      expect((await askGitHub(server, url, { token, body: { state: 'success' } })).status).toBe(201);
    };
    await deploy(people.mia);
    await deploy(people.dan);
    expect((await told('qa')).toSorted()).toEqual([
      ['inactive', 'mia'],
      ['pending', 'dan'],
      ['pending', 'mia'],
      ['success', 'dan'],
      ['success', 'mia'],
    ]);
  });

  test('is called what the token of a project is called, and the token of the settings', async () => {
    const wanted = { name: 'pipeline', scopes: ['api'], access_level: 30, project: path };
    const { body } = await ask<{ token: string }>(server, 'POST /api/tokens', { body: wanted });
    await viaGitLab('by-bot', body);
    await viaGitLab('by-settings', { token: server.adminToken });
    expect([await inMatrix('by-bot'), await inMatrix('by-settings')]).toEqual(['pipeline', 'Administrator token']);
  });

  test('is what a report says, and nobody where it says nothing, also after others told of it', async () => {
    const lane = { namespace: 'acme', service: 'shop', environment: 'native' };
    const client = server.clientOf(people.dan.token);
    const event = await client.record(report({ ...lane, status: 'in-progress', actor: 'release-bot' }));
    const url = `PUT ${gitlab}/${event.deployment_number}` as const;
    await ask(server, url, { token: people.mia.token, body: { status: 'failed' } });
    expect(await told('native')).toEqual([
      ['failure', 'release-bot'],
      ['in-progress', 'release-bot'],
    ]);
    const unsaid = report({ ...lane, environment: 'unsaid', status: 'in-progress', deployment_id: 'unsaid' });
    await client.record(unsaid);
    expect(await told('unsaid')).toEqual([['in-progress', undefined]]);
    const { deployment_id, version = '' } = event;
    await client.record(report({ ...lane, deployment_id, version, status: 'success' }));
    expect((await told('native'))[0]).toEqual(['success', undefined]);
    expect(await inMatrix('native')).toBe('release-bot');
  });

  test('is not known to those who may not see the project', async () => {
    const stranger = await person(server, 'stranger');
    const { items } = await server.clientOf(stranger.token).deployments({ q: 'mia' });
    expect(items).toEqual([]);
  });
});
