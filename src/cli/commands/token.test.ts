import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../../../test/support/databases.ts';
import { report } from '../../../test/support/factories.ts';
import { runShiplog } from '../../../test/support/run-shiplog.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), 'shiplog-token-'));
  await (await startTestServer({ dataDir: folder })).stop(); // which makes the database
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The two ways to look after tokens: through a server, and on a database that no server runs on. */
const ways = [
  {
    way: 'through the server',
    flags: () => [],
    environment: () => ({ SHIPLOG_URL: server.url, SHIPLOG_TOKEN: server.adminToken }),
  },
  { way: 'on the database', flags: () => ['--data-dir', folder], environment: () => ({}) },
];

describe.each(ways)('shiplog token $way', ({ flags, environment }) => {
  const token = (...args: string[]) => runShiplog(['token', ...args, ...flags()], { environment: environment() });

  it('prints a new token alone on standard output, and never again', async () => {
    const created = await token('create', '--name', 'pipeline', '--expires', '90d');
    expect(created.stdout).toMatch(/^slg_[0-9A-Za-z]+\n$/);
    expect(created.stderr).toMatch(
      /^Token \d+ "pipeline" may report deployments of every project that lets everybody report\. Keep it now/,
    );
    const listed = await token('list');
    expect(listed.stdout).toMatch(
      /^ID +NAME +SCOPES +FOR +CREATED +USED +EXPIRES\n\d+ +pipeline +record +what is open +\d+s ago +never +\d{4}-\d\d-\d\d\n/,
    );
    expect(listed.stdout).not.toContain(created.stdout.trim());
  });

  it('answers in JSON, and revokes', async () => {
    const created = JSON.parse((await token('create', '--name', 'reader', '--scope', 'read_api', '--json')).stdout);
    expect(created).toMatchObject({
      id: expect.any(Number),
      name: 'reader',
      scopes: ['read_api'],
      token: expect.stringMatching(/^slg_/),
      expires_at: null,
    });
    expect((await token('revoke', String(created.id))).stdout).toBe(`Token ${created.id} is revoked.\n`);
    const { items } = JSON.parse((await token('list', '--json')).stdout);
    expect(items.map(({ name }: { name: string }) => name)).not.toContain('reader');
    expect((await token('revoke', String(created.id))).code).toBeGreaterThan(0);
  });

  it.each([
    [['create'], /required option '--name <text>'/i],
    [['create', '--name', 'x', '--scope', 'root'], /^Error: --scope: expected one of record/],
    [['create', '--name', 'x', '--expires', '2001-01-01T00:00:00Z'], /^Error: --expires: expected a time to come/],
    [['revoke', 'seven'], /^Error: expected the number of a token/],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, stderr } = await token(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe.each(databases)('a token made on the database, on $name', ({ name }) => {
  it('works at once on the server that runs on it, and only for its project', async () => {
    await using running = await startTestServer({ database: name });
    const { dataDir, databaseUrl } = running.config;
    const flags = databaseUrl === undefined ? ['--data-dir', dataDir] : ['--database-url', databaseUrl];
    const { stdout } = await runShiplog(['token', 'create', '--name', 'ci', '--project', 'shop/cart', ...flags]);
    const client = running.clientOf(stdout.trim());
    await client.record(report({ namespace: 'shop', service: 'cart' }));
    const elsewhere = client.record(report({ namespace: 'shop', service: 'tax' }));
    await expect(elsewhere).rejects.toMatchObject({ status: expect.any(Number) });
  });
});

describe.each(ways)('shiplog user create $way', ({ flags, environment }) => {
  const user = (args: string[], input = '') =>
    runShiplog(['user', 'create', ...args, ...flags()], { environment: environment(), input });

  it('makes a user with a one-time password', async () => {
    const { code, stdout } = await user(['maya', '--name', 'Maya', '--admin']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^User maya can sign in and administer the server\.\nOne-time password: \S+\n$/);
    expect((await user(['maya'])).stderr).toMatch(/^Error: Username has already been taken/);
  });

  it('takes a password from standard input only', async () => {
    const { stdout } = await user(['tom', '--password-stdin', '--json'], 'correct horse battery\n');
    expect(JSON.parse(stdout)).toMatchObject({ username: 'tom', admin: false, password_change_required: false });
    expect((await user(['short', '--password-stdin'], 'short\n')).code).toBe(2);
    expect((await user(['no blanks'])).code).toBe(2);
  });
});
