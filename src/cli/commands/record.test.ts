import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../../test/support/free-port.ts';
import { runShiplog } from '../../../test/support/run-shiplog.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';

let server: TestServer;
let spoolDir: string;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  spoolDir = join(await mkdtemp(join(tmpdir(), 'shiplog-record-')), 'spool');
  return () => rm(join(spoolDir, '..'), { recursive: true, force: true });
});

function record(args: readonly string[], environment: Record<string, string> = {}) {
  const known = { SHIPLOG_URL: server.url, SHIPLOG_TOKEN: server.adminToken, SHIPLOG_SPOOL_DIR: spoolDir };
  return runShiplog(['record', ...args], { environment: { ...known, ...environment } });
}

const what = (service: string) => ['--service', service, '--environment', 'production', '--status', 'success'];

async function eventsOf(service: string) {
  return (await server.client.deployments({ service })).items;
}

async function spooled(): Promise<string[]> {
  return (await readdir(spoolDir).catch(() => [])).filter((name) => name.endsWith('.json'));
}

describe('shiplog record', () => {
  it('reports a deployment, and says what the server has stored', async () => {
    const args = [
      ...what('told'),
      '--namespace',
      'shop',
      '--version',
      '1.8.2',
      '--deployment-id',
      'run-1',
      '--parent',
      'run-0',
    ];
    const { code, stdout, stderr } = await record(args);
    expect(stderr).toBe('');
    expect(stdout).toBe('Recorded ✓ success: shop/told 1.8.2 in production (deployment run-1)\n');
    expect(code).toBe(0);
    expect(await eventsOf('told')).toMatchObject([
      {
        deployment_id: 'run-1',
        namespace: 'shop',
        version: '1.8.2',
        status: 'success',
        parent_deployments: ['run-0'],
        progress_reporter: 'shiplog-cli',
      },
    ]);
  });

  it('answers the stored event in JSON', async () => {
    const { stdout } = await record([...what('as-json'), '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'recorded',
      event: { service: 'as-json', status: 'success', deployment_id: expect.stringMatching(/^cli-/) },
    });
  });

  it('reads the rest from the CI tool it runs in', async () => {
    const github = {
      GITHUB_ACTIONS: 'true',
      GITHUB_RUN_ID: '1658821493',
      GITHUB_RUN_ATTEMPT: '2',
      GITHUB_RUN_NUMBER: '42',
      GITHUB_REPOSITORY: 'octo-org/from-github',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REF_NAME: 'main',
      GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
      GITHUB_ACTOR: 'octocat',
    };
    const { code } = await record(['--environment', 'staging', '--status', 'in-progress'], github);
    expect(code).toBe(0);
    expect(await eventsOf('from-github')).toMatchObject([
      {
        deployment_id: 'gh-1658821493-2',
        run_number: 42,
        ref: 'main',
        actor: 'octocat',
        run_url: 'https://github.com/octo-org/from-github/actions/runs/1658821493',
        progress_reporter: 'shiplog-cli/github-actions',
      },
    ]);
  });

  it('makes one event of the same report sent twice', async () => {
    const args = [...what('twice'), '--deployment-id', 'run-2', '--happened-at', new Date().toISOString()];
    await record(args);
    await record(args);
    expect(await eventsOf('twice')).toHaveLength(1);
  });

  it('keeps what it cannot send, and sends it first next time, oldest first and once', async () => {
    const port = await freePort();
    const away = { SHIPLOG_URL: `http://127.0.0.1:${port}` };
    const at = (minute: number) => ['--happened-at', `2026-11-20T10:0${minute}:00Z`, '--timeout', '0.2'];
    const first = await record([...what('kept'), '--version', '1', ...at(1)], away);
    expect(first.code).toBe(0);
    expect(first.stdout).toBe('');
    expect(first.stderr).toMatch(
      /^Warning: Cannot reach http:.*\n(.*\n)*The report is kept in .*\.json; the next `shiplog record` sends it\.\n$/,
    );
    await record([...what('kept'), '--version', '2', ...at(2)], away);
    expect(await spooled()).toHaveLength(2);
    expect(await readFile(join(spoolDir, (await spooled())[0] ?? ''), 'utf8')).not.toContain(server.adminToken);

    await using late = await startTestServer({ port });
    const token = { ...away, SHIPLOG_TOKEN: late.adminToken };
    const third = await record([...what('kept'), '--version', '3', '--happened-at', '2026-11-20T10:03:00Z'], token);
    expect(third.stderr).toBe('Warning: Sent 2 reports kept earlier.\n');
    expect(await spooled()).toEqual([]);
    const { items } = await late.client.deployments({ service: 'kept' });
    expect(items.toSorted((a, b) => a.position - b.position).map(({ version }) => version)).toEqual(['1', '2', '3']);
  });

  it('stores each report once where several processes send what waits at the same time', async () => {
    const port = await freePort();
    const away = { SHIPLOG_URL: `http://127.0.0.1:${port}` };
    const keep = () => record([...what('crowd'), '--timeout', '0.1'], away);
    for (let round = 0; round < 3; round += 1) await Promise.all([keep(), keep(), keep()]);
    expect(await spooled()).toHaveLength(9);
    await using late = await startTestServer({ port });
    const flush = () => record(['--flush'], { ...away, SHIPLOG_TOKEN: late.adminToken });
    const results = await Promise.all([flush(), flush(), flush()]);
    expect(results.map(({ code, stderr }) => [code, stderr])).toEqual([0, 1, 2].map(() => [0, '']));
    expect((await late.client.deployments({ service: 'crowd' })).items).toHaveLength(9);
    expect(await spooled()).toEqual([]);
  });

  it('sends what waits on its own with --flush, and leaves what is for another server', async () => {
    const port = await freePort();
    const away = { SHIPLOG_URL: `http://127.0.0.1:${port}` };
    await record([...what('flushed'), '--timeout', '0.2'], away);
    await record([...what('flushed'), '--timeout', '0.2'], { SHIPLOG_URL: `http://127.0.0.1:${await freePort()}` });
    await using late = await startTestServer({ port });
    const { code, stdout } = await record(['--flush', '--json'], { ...away, SHIPLOG_TOKEN: late.adminToken });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ outcome: 'flushed', sent: 1, waiting: 0, elsewhere: 1 });
    expect((await late.client.deployments({ service: 'flushed' })).items).toHaveLength(1);
  });

  it('keeps a report that waits when the token is wrong, and moves one aside that will never be taken', async () => {
    const port = await freePort();
    const away = { SHIPLOG_URL: `http://127.0.0.1:${port}` };
    await record([...what('damaged'), '--run-url', 'not-a-link', '--timeout', '0.2'], away);
    await using late = await startTestServer({ port });
    const wrong = await record(['--flush'], { ...away, SHIPLOG_TOKEN: 'wrong' });
    expect(wrong.stdout).toBe('Sent 0 reports; 1 left to send.\n');
    expect(await spooled()).toHaveLength(1);
    const right = await record(['--flush'], { ...away, SHIPLOG_TOKEN: late.adminToken });
    expect(right.stderr).toMatch(/refuses a report kept earlier; it was moved to .*refused/);
    expect(await spooled()).toEqual([]);
  });

  it('fails with --strict where the report is not recorded now, and keeps it all the same', async () => {
    const away = { SHIPLOG_URL: `http://127.0.0.1:${await freePort()}` };
    const { code, stderr } = await record([...what('strict'), '--strict', '--timeout', '0.2'], away);
    expect(code).toBe(4);
    expect(stderr).toMatch(/^Error: Cannot reach/);
    expect(await spooled()).toHaveLength(1);
  });

  it('says why the server refuses it, field by field, and breaks the pipeline only with --strict', async () => {
    const args = [...what('refused'), '--run-url', 'ftp://nowhere'];
    const gentle = await record(args);
    expect(gentle.code).toBe(0);
    expect(gentle.stderr).toMatch(/^Warning: The report was not recorded\. .*\(422\)\n {2}\/run_url: /);
    const strict = await record([...args, '--strict']);
    expect(strict.code).toBe(3);
    expect(await spooled()).toEqual([]);
  });

  it('tries again while the server is busy', async () => {
    let calls = 0;
    const busy = createServer((request, answer) => {
      request.resume();
      calls += 1;
      answer.writeHead(calls < 3 ? 503 : 201, { 'content-type': 'application/json' });
      answer.end(JSON.stringify({ status: 'success', service: 'busy', environment: 'production', deployment_id: 'x' }));
    });
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port } = busy.address() as AddressInfo; // it listens on TCP
    const { code, stderr } = await record(what('busy'), { SHIPLOG_URL: `http://127.0.0.1:${port}` });
    busy.close();
    expect([code, stderr, calls]).toEqual([0, '', 3]);
  });

  it('goes on where it can neither send nor keep the report', async () => {
    const environment = { SHIPLOG_URL: `http://127.0.0.1:${await freePort()}`, SHIPLOG_SPOOL_DIR: '/dev/null/spool' };
    const { code, stderr } = await record([...what('nowhere'), '--timeout', '0.2'], environment);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Warning: ENOTDIR/);
  });

  it.each([
    [['--environment', 'qa', '--status', 'success'], /^Error: --service is needed/],
    [['--service', 'a', '--environment', 'qa', '--status', 'done'], /^Error: --status: expected one of/],
    [
      ['--service', 'a', '--environment', 'qa', '--status', 'success', '--timeout', 'soon'],
      /^Error: --timeout: expected seconds/,
    ],
    [['--unknown'], /^Error: Unknown option '--unknown'/],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, stderr } = await record(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('never prints the token', async () => {
    const environment = { SHIPLOG_URL: `http://127.0.0.1:${await freePort()}`, SHIPLOG_TOKEN: 'slg_verysecrettoken' };
    const { stdout, stderr } = await record(
      [...what('secret'), '--timeout', '0.2', '--strict', '--debug'],
      environment,
    );
    expect(stdout + stderr).not.toContain('verysecret');
  });
});
