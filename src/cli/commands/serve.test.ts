import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
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
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Error: 127\.0\.0\.1:\d+ is already in use\. Choose another port with --port/);
  });

  it('names every setting with its variable in its help', async () => {
    const { stdout } = await runShiplog(['serve', '--help']);
    for (const word of ['--port <port>', 'SHIPLOG_PORT', '--public-read', 'SHIPLOG_DATABASE_URL'])
      expect(stdout).toContain(word);
  });
});
