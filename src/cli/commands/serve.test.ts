import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../../../test/support/databases.ts';
import { runShiplog, startShiplog } from '../../../test/support/run-shiplog.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shiplog-serve-'));
  return () => rm(folder, { recursive: true, force: true });
});

const serve = (...args: string[]) => ['serve', '--host', '127.0.0.1', '--port', '0', '--data-dir', folder, ...args];

describe('shiplog serve', () => {
  it('prints its address and how to sign in for the first time, and ends in order', async () => {
    await using server = startShiplog(serve('--log-level', 'warn'));
    const [, url = ''] = await server.until(/^Shiplog \d+\.\d+\.\d+ is ready at (http:\/\/127\.0\.0\.1:\d+)\n/);
    const [, username, password] = await server.until(/Sign in as (\S+) with the one-time password (\S+)\n/);
    const answer = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    expect(answer.status).toBe(200);
    const { code, stderr } = await server.stop('SIGTERM');
    expect([code, stderr]).toEqual([0, '']);
  });

  it('lets an open request finish when asked to end, and ends at once when asked twice', async () => {
    await using server = startShiplog(serve('--admin-token', 'a-very-secret-token'));
    const [, port = ''] = await server.until(/ready at http:\/\/127\.0\.0\.1:(\d+)\n/);
    const slow = connect(Number(port), '127.0.0.1');
    slow.on('error', () => undefined); // it is cut off in the end
    slow.write('POST /api/deployments HTTP/1.1\r\nhost: x\r\nx-api-key: a-very-secret-token\r\n');
    slow.write('content-type: application/json\r\ncontent-length: 100\r\n\r\n{');
    // Answered means read up to here: the request before it is in the hands of the server.
    await fetch(`http://127.0.0.1:${port}/healthz`);
    process.kill(server.pid, 'SIGINT');
    while (await accepts(Number(port))); // until it listens no more: it is stopping, and waits for the request
    const { code } = await server.stop('SIGINT');
    slow.destroy();
    expect(code).toBe(130);
  });

  it('takes its settings from variables, and says so of the admin token without printing it', async () => {
    const environment = { SHIPLOG_ADMIN_TOKEN: 'a-very-secret-token', SHIPLOG_PUBLIC_READ: 'true' };
    await using server = startShiplog(serve(), { environment });
    const [, url = ''] = await server.until(/ready at (\S+)\n/);
    await server.until(/Sign in with SHIPLOG_ADMIN_TOKEN\n/);
    expect((await fetch(`${url}/api/matrix`)).status).toBe(200);
    const { stdout, stderr } = await server.stop();
    expect(stdout + stderr).not.toContain('very-secret');
  });

  it('answers in JSON with --json', async () => {
    await using server = startShiplog(serve('--json', '--admin-token', 'a-very-secret-token'));
    await server.until(/"url".*\n/);
    expect(JSON.parse(server.stdout())).toEqual({ version: expect.any(String), url: expect.stringMatching(/^http:/) });
  });

  it.each([
    [['--port', 'nope'], {}, /^Error: --port: expected an integer from 0 to 65535, not "nope"\n$/],
    [[], { SHIPLOG_DRAIN_MS: 'x' }, /^Error: SHIPLOG_DRAIN_MS: expected an integer/],
    [['--database-url', 'mysql://x'], {}, /^Error: --database-url: expected postgres:/],
  ])('stops with one line and 2 for the setting %j %j', async (args, environment, message) => {
    const { code, stdout, stderr } = await runShiplog(serve(...args), { environment });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('says so where the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo; // it listens on TCP
    const { code, stderr } = await runShiplog([...serve('--log-level', 'warn'), '--port', String(port)]);
    other.close();
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Error: 127\.0\.0\.1:\d+ is already in use\. Choose another port with --port/);
  });

  it.each([
    [['--host', 'nope.invalid'], {}, '--host: "nope.invalid" is neither an address nor a known name'],
    [['--host', '203.0.113.7'], {}, '--host: 203.0.113.7 is no address of this machine'],
    [['--database-url', 'postgres://u:secret@127.0.0.1:1/x'], {}, '--database-url: nothing listens on 127.0.0.1:1'],
    [
      [],
      { SHIPLOG_DATABASE_URL: 'postgres://u:secret@nope.invalid/x' },
      'SHIPLOG_DATABASE_URL: there is no host of the name in nope.invalid',
    ],
  ])('stops with one line and 2 where nothing can be had at %j %j', async (args, environment, message) => {
    const { code, stdout, stderr } = await runShiplog(serve('--log-level', 'warn', ...args), { environment });
    expect([code, stdout, stderr]).toEqual([2, '', `Error: ${message}\n`]);
  });

  it.each([
    ['/proc/nope', async () => {}, 'the folder cannot be made'],
    ['/proc', async () => {}, 'shiplog.db cannot be opened there'],
    ['a-file', (path: string) => writeFile(path, ''), 'it is no folder'],
    ['a-file/below', (path: string) => writeFile(join(path, '..'), ''), 'a part of the path is no folder'],
    ['garbage', makeGarbage, 'shiplog.db is no database of SQLite'],
  ])('stops with one line and 2 for the folder %s', async (name, prepare, meaning) => {
    const path = resolve(folder, name);
    await prepare(path);
    const given = await runShiplog(serve('--data-dir', path));
    expect(given).toEqual({ code: 2, stdout: '', stderr: `Error: --data-dir: ${path}: ${meaning}\n` });
    const environment = { SHIPLOG_DATA_DIR: path };
    const { stderr } = await runShiplog(['serve', '--port', '0'], { environment });
    expect(stderr).toBe(`Error: SHIPLOG_DATA_DIR: ${path}: ${meaning}\n`);
  });

  it.each(databases.filter(({ name }) => name === 'postgres'))(
    'says what $name refuses, without the password',
    async ({ create }) => {
      await using database = await create();
      const refusals = [
        [{ password: 'top-secret' }, /refuses the user name or the password/],
        [{ username: 'nobody' }, /refuses the user name or the password/],
        [{ password: '' }, /SASL.*password must be/],
        [{ pathname: '/nowhere' }, /has no database "nowhere"/],
      ] as const;
      for (const [change, message] of refusals) {
        const url = Object.assign(new URL(database.databaseUrl ?? ''), change);
        const { code, stdout, stderr } = await runShiplog(serve('--database-url', url.href));
        expect([code, stdout]).toEqual([2, '']);
        expect(stderr).toMatch(/^Error: --database-url: 127\.0\.0\.1:\d+[^\n]*\n$/);
        expect(stderr).toMatch(message);
        expect(stderr).not.toContain(url.password || 'postgres://');
      }
    },
  );

  it('names every setting with its variable in its help', async () => {
    const { stdout } = await runShiplog(['serve', '--help']);
    for (const word of ['--port <port>', 'SHIPLOG_PORT', '--public-read', 'SHIPLOG_DATABASE_URL'])
      expect(stdout).toContain(word);
  });
});

async function makeGarbage(path: string): Promise<void> {
  await mkdir(path);
  await writeFile(join(path, 'shiplog.db'), 'garbage '.repeat(1000));
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1');
    probe.once('connect', () => resolve(true)).once('error', () => resolve(false));
    probe.once('connect', () => probe.destroy());
  });
}
