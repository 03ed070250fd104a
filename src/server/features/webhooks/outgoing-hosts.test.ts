import { describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { startReceiver } from '../../../../test/support/receiver.ts';
import { selfSigned } from '../../../../test/support/self-signed.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { loadConfig } from '../../config.ts';

const hooks = '/api/v4/projects/checkout/hooks' as const;

const refused = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://0/',
  'http://localhost:8080/',
  'http://a.localhost/',
  'http://localhost./',
  'http://10.0.0.1/',
  'http://172.16.5.4/',
  'http://172.31.255.255/',
  'http://192.168.1.1/',
  'http://100.64.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://168.63.129.16/',
  'http://192.0.0.192/',
  'http://198.18.0.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::10.0.0.1]/',
  'http://[2002:7f00:1::]/',
  'http://[fe80::1]/',
  'http://[fd00:ec2::254]/',
  'http://[ff02::1]/',
  'http://user:password@example.com/',
  'http://user@example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'example.com/hook',
  'http://',
  '',
];

const taken = [
  'https://example.com/hook',
  'http://example.com:8080/a?b=c',
  'http://8.8.8.8/',
  'http://[2606:4700::1111]/',
];

describe.each(databases)('hosts of hooks on $name', ({ name }) => {
  async function started(options: Parameters<typeof startTestServer>[0] = {}): Promise<TestServer> {
    const server = await startTestServer({ database: name, ...options });
    await server.client.record(report());
    return server;
  }

  const save = (server: TestServer, url: string) =>
    ask<{ id: number }>(server, `POST ${hooks}`, { body: { url, deployment_events: true } });

  const tried = (server: TestServer, id: number) => ask(server, `POST ${hooks}/${id}/test/deployment_events`);

  test('that are not public are refused when the hook is saved, however they are written', async () => {
    await using server = await started();
    for (const url of refused) {
      const { status, body } = await save(server, url);
      expect([url, status, body]).toEqual([
        url,
        422,
        { error: 'Invalid url given', message: { url: [expect.any(String)] } },
      ]);
    }
    for (const url of taken) expect([url, (await save(server, url)).status]).toEqual([url, 201]);
    const made = await save(server, taken[0] ?? '');
    const moved = await ask(server, `PUT ${hooks}/${made.body.id}`, { body: { url: 'http://127.0.0.1/' } });
    expect(moved.status).toBe(422);
  });

  test('are resolved anew at each delivery, and refused where a name has come to lead inside', async () => {
    await using receiver = await startReceiver();
    let addresses: readonly string[] = ['93.184.215.14'];
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      return addresses;
    };
    await using server = await started({ outgoing: { resolve, limitMs: 1000 } });
    const { body } = await save(server, receiver.url.replace('127.0.0.1', 'hooks.example.com'));
    for (const list of [['127.0.0.1'], ['93.184.215.14', '10.0.0.1'], ['::ffff:127.0.0.1'], ['fe80::1%eth0'], []]) {
      addresses = list;
      const answer = await tried(server, body.id);
      expect(answer.status).toBe(422);
      expect(answer.text).toMatch(/not public|no address/);
      expect(answer.text).not.toContain('10.0.0.1');
    }
    expect(asked).toEqual(Array(5).fill('hooks.example.com'));
    expect(receiver.received).toHaveLength(0);
  });

  test.each([
    ['a name', 'hooks.internal'],
    ['the names below one', '*.internal'],
    ['an address', '127.0.0.1'],
    ['a network', '127.0.0.0/8'],
  ])('are reached where the administrator allows %s, at the address that was checked', async (_, allowed) => {
    await using receiver = await startReceiver();
    await using server = await started({
      webhookAllowedHosts: [allowed],
      outgoing: { resolve: async () => ['127.0.0.1'] },
    });
    const { body } = await save(server, receiver.url.replace('127.0.0.1', 'hooks.internal'));
    expect(await tried(server, body.id)).toMatchObject({ status: 201, body: { message: '201 Created' } });
    expect(receiver.received[0]?.headers.host).toMatch(/^hooks\.internal:\d+$/);
  });

  test('that are allowed do not open others', async () => {
    const resolve = async () => ['127.0.0.1'];
    await using server = await started({ webhookAllowedHosts: ['*.internal', '10.0.0.0/8'], outgoing: { resolve } });
    for (const host of ['internal', 'evilinternal', 'hooks.internal.example.com']) {
      const { body } = await save(server, `http://${host}:9/`);
      expect((await tried(server, body.id)).text).toContain('not public');
    }
    expect((await save(server, 'http://127.0.0.1/')).status).toBe(422);
    expect((await save(server, 'http://10.9.8.7/')).status).toBe(201);
  });

  test('that do not resolve in time are given up like those that do not answer', async () => {
    await using server = await started({ outgoing: { resolve: () => new Promise(() => {}), limitMs: 100 } });
    const { body } = await save(server, 'https://example.com/');
    expect((await tried(server, body.id)).body).toEqual({ message: 'No answer within 0.1 seconds.' });
  });

  test('must prove who they are over https, unless the hook does not ask for it', async () => {
    await using receiver = await startReceiver(selfSigned('127.0.0.1'));
    await using server = await started({ webhookAllowedHosts: ['127.0.0.1'] });
    const { body } = await save(server, receiver.url);
    expect((await tried(server, body.id)).text).toContain('The secure connection failed');
    expect(receiver.received).toHaveLength(0);
    await ask(server, `PUT ${hooks}/${body.id}`, { body: { enable_ssl_verification: false } });
    expect((await tried(server, body.id)).status).toBe(201);
    expect(receiver.received).toHaveLength(1);
  });
});

describe('SHIPLOG_WEBHOOK_ALLOWED_HOSTS', () => {
  const hostsOf = (text: string) => loadConfig({}, { SHIPLOG_WEBHOOK_ALLOWED_HOSTS: text }).webhookAllowedHosts;

  test('takes names, all names below one, addresses and networks, with commas between', () => {
    const text = ' CI.internal, *.corp.example ,10.1.2.3,10.0.0.0/8,[fd00::1],fd00::/8,';
    expect(hostsOf(text)).toEqual(['ci.internal', '*.corp.example', '10.1.2.3', '10.0.0.0/8', '[fd00::1]', 'fd00::/8']);
    expect(hostsOf('')).toBeUndefined();
  });

  test.each([
    'http://ci.internal',
    'ci.internal:80',
    '10.0.0/8',
    '10.0.0.0/33',
    '10.0.0',
    '*',
    '*.',
    'a*.b',
    'fd00::/129',
  ])('does not take %s, and says what it takes', (text) => {
    expect(() => hostsOf(text)).toThrow(/^SHIPLOG_WEBHOOK_ALLOWED_HOSTS: expected names, .*; not "/);
  });
});
