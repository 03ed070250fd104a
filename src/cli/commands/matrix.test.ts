import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { report } from '../../../test/support/factories.ts';
import { freePort } from '../../../test/support/free-port.ts';
import { runShiplog, startShiplog } from '../../../test/support/run-shiplog.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';

let server: TestServer;
let environment: Record<string, string>;

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000 - 500).toISOString();

beforeAll(async () => {
  server = await startTestServer();
  environment = { SHIPLOG_URL: server.url, SHIPLOG_TOKEN: server.adminToken };
  const tell = (service: string, target: string, status: string, version: string, minutes: number) =>
    server.client.record({
      deployment_id: `${service}-${target}-${version}`,
      namespace: 'shop',
      service,
      environment: target,
      status,
      version,
      happened_at: ago(minutes),
    });
  await tell('cart', 'dev', 'success', '1.9.0', 30);
  await tell('cart', 'dev', 'in-progress', '2.0.0', 3);
  await tell('cart', 'production', 'success', '1.8.2', 2 * 24 * 60);
  await tell('cart', 'production', 'waiting', '1.9.0', 12);
  await tell('pricing', 'production', 'success', '4.1.0', 300);
  await tell('pricing', 'production', 'failure', '4.2.0', 45);
  await tell('pricing', 'staging', 'in-progress', '4.3.0', 400);
});
afterAll(() => server.stop());

describe('shiplog matrix', () => {
  it('shows what runs where, what is still live under it, and what waits', async () => {
    const { code, stdout } = await runShiplog(['matrix'], { environment });
    expect(code).toBe(0);
    expect(`\n${stdout}`).toBe(`
SERVICE       DEV                     STAGING           PRODUCTION
shop/cart     ● in-progress 2.0.0 3m  ·                 ✓ success 1.8.2 2d
              └ live 1.9.0                              └ ‖ waiting 1.9.0
shop/pricing  ·                       ! stale 4.3.0 6h  ✗ failure 4.2.0 45m
                                                        └ live 4.1.0

2 services in 3 environments, ● 1 in-progress, ✗ 1 failure, ‖ 1 waiting, ! 1 stale
`);
  });

  it('is coloured on request only', async () => {
    const plain = await runShiplog(['matrix'], { environment });
    expect(plain.stdout).not.toContain('\u001b');
    const coloured = await runShiplog(['matrix'], { environment: { ...environment, FORCE_COLOR: '1' } });
    expect(coloured.stdout).toContain('\u001b[31m✗ failure\u001b[0m');
    const refused = await runShiplog(['matrix', '--no-color'], { environment: { ...environment, FORCE_COLOR: '1' } });
    expect(refused.stdout).toBe(plain.stdout);
  });

  it('can be narrowed down', async () => {
    const { stdout } = await runShiplog(['matrix', '--service', 'cart', '--environment', 'production'], {
      environment,
    });
    expect(stdout.split('\n')[0]).toBe('SERVICE    PRODUCTION');
    expect(stdout).not.toContain('pricing');
  });

  it('answers in JSON what the server answers', async () => {
    const { stdout } = await runShiplog(['matrix', '--json'], { environment });
    const { generated_at: _, ...expected } = await server.client.matrix();
    expect(JSON.parse(stdout)).toMatchObject(expected);
  });

  it('tells each change as a line with --watch where there is no screen', async () => {
    await using watching = startShiplog(['matrix', '--watch', '--service', 'cart'], { environment });
    await watching.until(/1 waiting/);
    for (const service of ['pricing', 'cart']) {
      await server.client.record(report({ service, namespace: 'shop', environment: 'dev', version: '9.9.9' }));
    }
    await watching.until(/success +shop\/cart +dev +9\.9\.9/);
    const { code, stdout } = await watching.stop();
    expect(code).toBe(0);
    expect(stdout).not.toContain('pricing');
  });

  it('says what to do where there is nothing to show', async () => {
    await using empty = await startTestServer();
    const { stdout } = await runShiplog(['matrix'], {
      environment: { SHIPLOG_URL: empty.url, SHIPLOG_TOKEN: empty.adminToken },
    });
    expect(stdout).toMatch(/^No deployments yet\. Report one with `shiplog record`/);
  });
});

describe('a command that asks a server', () => {
  it('exits with 4 where nobody answers', async () => {
    const { code, stderr } = await runShiplog(['matrix', '--server', `http://127.0.0.1:${await freePort()}`]);
    expect(code).toBe(4);
    expect(stderr).toMatch(/^Error: Cannot reach http:.*ECONNREFUSED.*\nIs it running\?/);
  });

  it('exits with 3 where the server says no', async () => {
    const nobody = await runShiplog(['matrix'], { environment: { SHIPLOG_URL: server.url } });
    expect(nobody).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('Give a token with --token or SHIPLOG_TOKEN'),
    });
    const wrong = await runShiplog(['matrix', '--token', 'wrong-token'], { environment: { SHIPLOG_URL: server.url } });
    expect(wrong.code).toBe(3);
    expect(wrong.stderr).not.toContain('wrong-token');
  });

  it('does not repeat a password that stands in an address', async () => {
    const { code, stderr } = await runShiplog(['matrix', '--server', 'https://maya:hunter2@shiplog.example']);
    expect(code).toBe(2);
    expect(stderr).not.toContain('hunter2');
  });

  it('exits with 2 for a wrong address, an unknown command and an unknown option', async () => {
    for (const args of [['matrix', '--server', 'nonsense'], ['matrx'], ['matrix', '--colour']]) {
      expect((await runShiplog(args)).code, args.join(' ')).toBe(2);
    }
    expect((await runShiplog(['matrx'])).stderr).toContain('(Did you mean matrix?)');
  });

  it('tells failures in JSON with --json', async () => {
    const { stderr } = await runShiplog(['log', '--json', '--server', 'nonsense']);
    expect(JSON.parse(stderr)).toEqual({ error: { message: expect.stringContaining('--server'), exit_code: 2 } });
  });

  it('shows a stack only with --debug', async () => {
    expect((await runShiplog(['matrix', '--server', 'nonsense'])).stderr).not.toMatch(/\n\s+at /);
    expect((await runShiplog(['matrix', '--server', 'nonsense', '--debug'])).stderr).toMatch(/\n\s+at /);
  });
});
