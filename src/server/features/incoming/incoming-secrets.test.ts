import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { fromGitHub, githubDeployment } from '../../../../test/support/incoming.ts';
import { join, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

const project = 'shop/checkout';

describe.each(databases)('the secrets of incoming webhooks on $name', ({ name }) => {
  let server: TestServer;
  let maintainer: ShiplogClient;
  const log: string[] = [];
  beforeAll(async () => {
    server = await startTestServer({ database: name, log });
    await privateProject(server, project);
    const mia = await person(server, 'mia');
    await join(server, 'project', project, mia, 'maintainer');
    maintainer = server.clientOf(mia.token);
  });
  afterAll(() => server.stop());

  test('are made for a project and a tool, shown once, and let in what they sign', async () => {
    const made = await maintainer.createIncomingSecret(project, { source: 'github' });
    expect(made).toEqual({
      id: expect.any(Number),
      project,
      source: 'github',
      path: '/webhooks/github?project=shop%2Fcheckout',
      created_at: expect.any(String),
      secret: expect.stringMatching(/^[\w-]{43}$/),
    });
    const { secret = '', ...shown } = made;
    expect((await maintainer.incomingSecrets(project)).items).toContainEqual(shown);
    expect((await fromGitHub(server, { body: githubDeployment(1), secret })).status).toBe(202);
  });

  test('may be given, are sealed where they are stored, and are in no log', async () => {
    const secret = 'one-that-GitHub-has-already';
    expect((await maintainer.createIncomingSecret(project, { source: 'github', secret })).secret).toBe(secret);
    expect((await fromGitHub(server, { body: githubDeployment(2), secret })).status).toBe(202);
    await fromGitHub(server, { body: githubDeployment(2), headers: { 'x-hub-signature-256': secret } });
    const rows = await server.context.database.read.selectFrom('incoming_secrets').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(log.join('\n')).not.toContain(secret);
    const audited = await server.context.database.read.selectFrom('audit_entries').selectAll().execute();
    expect(audited).toContainEqual(expect.objectContaining({ action: 'incoming_secret_created' }));
    expect(JSON.stringify(audited)).not.toContain(secret);
  });

  test('are several while one takes the place of another, and end when they are deleted', async () => {
    const [old, young] = [
      await maintainer.createIncomingSecret(project, { source: 'github' }),
      await maintainer.createIncomingSecret(project, { source: 'github' }),
    ];
    const answer = async ({ secret = '' }) => (await fromGitHub(server, { body: githubDeployment(3), secret })).status;
    expect([await answer(old), await answer(young)]).toEqual([202, 202]);
    await maintainer.deleteIncomingSecret(project, old.id);
    expect([await answer(old), await answer(young)]).toEqual([401, 202]);
    await expect(maintainer.deleteIncomingSecret(project, old.id)).rejects.toMatchObject({ status: 404 });
  });

  test('go on when their project is renamed, and end with it', async () => {
    const { id } = await privateProject(server, 'shop/parcel');
    const { secret = '' } = await server.client.createIncomingSecret('shop/parcel', { source: 'github' });
    const body = { ...githubDeployment(4), repository: { full_name: 'shop/parcel' } };
    await ask(server, `PUT /api/v4/projects/${id}`, { body: { path: 'parcels' } });
    const sent = await fromGitHub(server, { body, secret });
    expect(sent.status).toBe(202);
    await server.context.incoming.applier.runOnce();
    expect((await server.client.deployments({ service: 'parcels' })).items).toHaveLength(1);
    await ask(server, `DELETE /api/v4/projects/${id}`);
    for (const query of ['', `?project=${id}`]) {
      expect((await fromGitHub(server, { body, secret, query })).status).toBe(401);
    }
    expect((await ask(server, `GET /api/incoming/${sent.body.id}`)).status).toBe(404);
  });

  test('are ten at most for one tool', async () => {
    await privateProject(server, 'shop/full');
    for (let count = 0; count < 10; count += 1) {
      await server.client.createIncomingSecret('shop/full', { source: 'gitlab' });
    }
    const eleventh = server.client.createIncomingSecret('shop/full', { source: 'gitlab' });
    await expect(eleventh).rejects.toMatchObject({ status: 422 });
    await server.client.createIncomingSecret('shop/full', { source: 'github' });
  });

  test.each([
    ['is short', { source: 'github', secret: 'short' }],
    ['has a blank', { source: 'github', secret: 'one two three four five' }],
    ['is for a tool that is not known', { source: 'jenkins' }],
    ['has more to it', { source: 'github', project }],
  ])('are refused where one %s', async (_, body) => {
    expect((await ask(server, `POST /api/incoming/secrets?project=${project}`, { body })).status).toBe(422);
  });

  test('say how long they have to be', async () => {
    const body = { source: 'github', secret: 'short' };
    const refused = await ask<object>(server, `POST /api/incoming/secrets?project=${project}`, { body });
    const errors = [{ pointer: '/secret', message: 'must be at least 16 characters' }];
    expect(refused.body).toMatchObject({ errors });
  });

  test.each([
    ['nobody', undefined, 401],
    ['a developer of the project', 'developer', 403],
    ['a member of another project', 'elsewhere', 404],
  ] as const)('are no business of %s', async (_, who, status) => {
    const token = who && (await outsider(who));
    const { id } = await maintainer.createIncomingSecret(project, { source: 'gitlab' });
    const [known] = (await maintainer.incoming({ project })).items;
    const delivery = known?.id;
    expect(delivery).toEqual(expect.any(Number));
    for (const [request, sent] of [
      [`GET /api/incoming/secrets?project=${project}`],
      [`POST /api/incoming/secrets?project=${project}`, { source: 'github' }],
      [`DELETE /api/incoming/secrets/${id}?project=${project}`],
      [`GET /api/incoming?project=${project}`],
      [`GET /api/incoming/${delivery}`],
      [`POST /api/incoming/${delivery}/replay`],
    ] as const) {
      const answer = await ask(server, request, { token: token ?? null, body: sent });
      expect([request, answer.status]).toEqual([request, status]);
    }
    expect((await maintainer.incomingSecrets(project)).items.map((secret) => secret.id)).toContain(id);
    await maintainer.deleteIncomingSecret(project, id);
  });

  async function outsider(who: 'developer' | 'elsewhere'): Promise<string> {
    const { token, id } = await person(server, who);
    if (who === 'developer') await join(server, 'project', project, { id }, 'developer');
    else {
      await privateProject(server, 'other/project');
      await join(server, 'project', 'other/project', { id }, 'maintainer');
    }
    return token;
  }
});
