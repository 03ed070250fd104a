import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { startReceiver } from '../../../../test/support/receiver.ts';
import { startTestServer, type TestServer, type TestServerOptions } from '../../../../test/support/server.ts';

const hooks = '/api/v4/projects/checkout/hooks' as const;
const token = 'the-token-of-the-receiver';
const headerValue = 'Bearer the-secret-of-a-header';

describe.each(databases)('secrets of hooks on $name', ({ name, create }) => {
  const started = (options: TestServerOptions = {}) =>
    startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'], ...options });

  async function hookTo(server: TestServer, url: string): Promise<number> {
    await server.client.record(report());
    const custom_headers = [{ key: 'Authorization', value: headerValue }];
    const body = { url, token, custom_headers, deployment_events: true };
    return (await ask<{ id: number }>(server, `POST ${hooks}`, { body })).body.id;
  }

  async function everything(server: TestServer): Promise<string> {
    const { read } = server.context.database;
    const tables = await read.introspection.getTables();
    const rows = await Promise.all(tables.map((table) => sql`select * from ${sql.table(table.name)}`.execute(read)));
    return JSON.stringify(rows);
  }

  test('reach the receiver, and are in no answer, no table and no log line', async () => {
    const log: string[] = [];
    await using receiver = await startReceiver();
    await using server = await started({ log });
    const id = await hookTo(server, receiver.url);
    receiver.answer = (response) => void response.writeHead(410).end();
    await server.client.record(report());
    await server.context.dispatcher.runOnce();
    expect(receiver.received[0]?.headers).toMatchObject({ 'x-gitlab-token': token, authorization: headerValue });
    const answers = await Promise.all([
      ask(server, `GET ${hooks}`),
      ask(server, `GET ${hooks}/${id}`),
      ask(server, `PUT ${hooks}/${id}`, { body: { name: 'renamed' } }),
      ask(server, `GET ${hooks}/${id}/events`),
    ]);
    const shown = answers.map(({ text }) => text).join('');
    expect(shown).toContain('[REDACTED]');
    for (const secret of [token, headerValue]) {
      expect(shown).not.toContain(secret);
      expect(await everything(server)).not.toContain(secret);
      expect(log.join('')).not.toContain(secret);
    }
    expect((await ask<{ custom_headers: unknown }>(server, `GET ${hooks}/${id}`)).body.custom_headers).toEqual([
      { key: 'Authorization' },
    ]);
  });

  test('stay when the hook is changed, and go when its URL does', async () => {
    await using receiver = await startReceiver();
    await using server = await started();
    const id = await hookTo(server, `${receiver.url}/a`);
    const sent = async (body: object) => {
      expect((await ask(server, `PUT ${hooks}/${id}`, { body })).status).toBe(200);
      await ask(server, `POST ${hooks}/${id}/test/deployment_events`);
      const { headers } = receiver.received.at(-1) ?? { headers: {} as Record<string, undefined> };
      return [headers['x-gitlab-token'], headers.authorization];
    };
    expect(await sent({ name: 'renamed' })).toEqual([token, headerValue]);
    expect(await sent({ url: `${receiver.url}/a` })).toEqual([token, headerValue]);
    expect(await sent({ url: `${receiver.url}/b` })).toEqual([undefined, undefined]);
    expect(await sent({ url: `${receiver.url}/c`, token: 'another' })).toEqual(['another', undefined]);
    expect(await sent({ token: '' })).toEqual([undefined, undefined]);
  });

  test('are sealed with a key that is made once, for its owner only', async () => {
    await using receiver = await startReceiver();
    await using server = await started();
    const path = join(server.config.dataDir, 'secret.key');
    await hookTo(server, receiver.url);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const key = await readFile(path, 'utf8');
    await hookTo(server, receiver.url);
    expect(await readFile(path, 'utf8')).toBe(key);
  });

  test('that a node cannot open keep it from sending, and it names the setting', async () => {
    const log: string[] = [];
    let now = Date.now();
    await using database = await create();
    await using receiver = await startReceiver();
    await using server = await started({ database, secretKey: 'the first key of this test' });
    const id = await hookTo(server, receiver.url);
    await server.context.dispatcher.stop();
    await server.client.record(report());
    await server.stop();

    await using other = await started({ database, log, clock: () => now, secretKey: 'another key of this test' });
    await other.context.dispatcher.runOnce();
    expect(receiver.received).toHaveLength(0);
    expect(log.join('')).toContain('SHIPLOG_SECRET_KEY');
    const [event] = (await ask<{ attempts: number; error: string }[]>(other, `GET ${hooks}/${id}/events`)).body;
    expect(event).toMatchObject({ attempts: 0, error: expect.stringContaining('SHIPLOG_SECRET_KEY') });
    const tried = await ask(other, `POST ${hooks}/${id}/test/deployment_events`);
    expect([tried.status, tried.text]).toEqual([422, expect.stringContaining('SHIPLOG_SECRET_KEY')]);
    await other.stop();

    now += 5 * 60_000;
    await using right = await started({ database, clock: () => now, secretKey: 'the first key of this test' });
    await right.context.dispatcher.runOnce();
    expect(receiver.received[0]?.headers['x-gitlab-token']).toBe(token);
  });
});
