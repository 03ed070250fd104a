import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { ask } from '../support/ask.ts';
import { databases } from '../support/databases.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { type Notification, renderNotification } from './argo-notification.ts';
import { follow } from './follow.ts';
import { fenceWith, guide } from './read-guide.ts';

const revision = 'ffac537e6cbbf934b08745a378932722df287a53';
const at = '/api/v4/projects/shop%2Fcheckout';
const app = {
  metadata: { name: 'checkout', labels: { version: '1.8.2' } },
  status: {
    sync: { revision },
    health: { status: 'Healthy' },
    operationState: { phase: 'Succeeded', finishedAt: '2026-11-20T10:11:12Z' },
  },
};

const [secret, configMap] = parseAllDocuments(fenceWith('argo-cd', 'yaml', 'kind: Secret')).map((document) =>
  document.toJS(),
);
const data: Record<string, string> = {
  ...configMap.data,
  ...parse(fenceWith('argo-cd', 'yaml', 'on-sync-failed')).data,
};

describe.each(databases)('the guide to Argo CD on $name', ({ name }) => {
  let server: TestServer;
  let token: string;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    token = await follow('argo-cd', server);
    expect(token).toMatch(/^slg_\w+$/);
  });
  afterAll(() => server.stop());

  const notification = (template: string, of: unknown = app) =>
    renderNotification(
      {
        ...data,
        'service.webhook.gitlab': (data['service.webhook.gitlab'] ?? '').replace(
          'https://shiplog.example.com',
          server.url,
        ),
      },
      template,
      Object.fromEntries(Object.keys(secret.stringData).map((key) => [key, token])),
      of,
    );
  async function send({ url, ...request }: Notification) {
    const answer = await fetch(url, request);
    return { status: answer.status, text: await answer.text() };
  }

  test('a deployed revision is recorded, once however often it is told', async () => {
    const request = notification('gitlab-deployment-status');
    expect(Object.values(JSON.parse(request.body)).every((value) => typeof value === 'string')).toBe(true);
    const answer = await send(request);
    expect(answer.status, answer.text).toBe(201);
    expect(JSON.parse(answer.text)).toMatchObject({ sha: revision, status: 'success', user: { name: 'argo-cd' } });
    expect(JSON.parse((await send(request)).text)).toEqual(JSON.parse(answer.text));
    const slot = (await server.client.matrix()).rows[0]?.slots['production'];
    expect(slot?.current).toMatchObject({ namespace: 'shop', service: 'checkout', sha: revision, status: 'success' });
  });

  test('a sync that fails is recorded with its version and its time', async () => {
    const answer = await send(notification('gitlab-deployment-failed'));
    expect(answer.status, answer.text).toBe(201);
    expect(JSON.parse(answer.text)).toMatchObject({ status: 'failed', version: '1.8.2' });
    const { items } = await server.client.deployments({ service: 'checkout' });
    expect(items.map(({ happened_at }) => happened_at)).toContain('2026-11-20T10:11:12Z');
    const bare = { ...app, metadata: {}, status: { ...app.status, operationState: { phase: 'Failed' } } };
    const unsaid = await send(notification('gitlab-deployment-failed', bare));
    expect(unsaid.status, unsaid.text).toBe(201);
    expect(JSON.parse(unsaid.text)).toMatchObject({ status: 'failed', version: null });
  });

  test('what goes wrong is answered with what the guide says that Argo CD prints', async () => {
    const good = notification('gitlab-deployment-status');
    const changed = (change: object): Notification => ({
      ...good,
      body: JSON.stringify({ ...JSON.parse(good.body), ...change }),
    });
    const by = (secretOfToken: string): Notification => ({
      ...good,
      headers: { ...good.headers, 'PRIVATE-TOKEN': secretOfToken },
    });
    const held = async (level: number, scope: string) => {
      const body = { name: 'another', scopes: [scope], access_level: level };
      return (await ask<{ id: number; token: string }>(server, `POST ${at}/access_tokens`, { body })).body;
    };
    const revoked = await held(30, 'record');
    await ask(server, `DELETE ${at}/access_tokens/${revoked.id}`);
    const answers = [
      await send(by('wrong')),
      await send(by(revoked.token)),
      await send(by((await held(30, 'read_api')).token)),
      await send(by((await held(20, 'api')).token)),
      await send({ ...good, url: good.url.replace('checkout', 'elsewhere') }),
      await send({ ...good, url: good.url.replace('deployments', 'deployment') }),
      await send(changed({ environment: undefined })),
      await send(changed({ sha: '' })),
      await send(changed({ tag: 'none' })),
      await send(changed({ status: 'Success' })),
    ];
    const told = [...guide('argo-cd').matchAll(/^\| `(\d+) : (.*?)` \|/gm)].map(
      ([, status, text]) => `${status} : ${text}`,
    );
    expect(answers.map(({ status, text }) => `${status} : ${text}`)).toEqual(told);
  });
});
