import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../../test/support/ask.ts';
import { report } from '../../../test/support/factories.ts';
import { runShiplog, startShiplog } from '../../../test/support/run-shiplog.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';
import type { DeploymentReport } from '../../contract/deployment-event.ts';

let server: TestServer;
let environment: Record<string, string>;

beforeAll(async () => {
  server = await startTestServer();
  environment = { SHIPLOG_URL: server.url, SHIPLOG_TOKEN: server.adminToken };
  const day = (hour: number) => `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`;
  await server.client.record(
    report({
      deployment_id: 'a',
      service: 'cart',
      status: 'in-progress',
      version: '1.0.0',
      actor: 'maya',
      happened_at: day(9),
    }),
  );
  await server.client.record(
    report({
      deployment_id: 'a',
      service: 'cart',
      status: 'failure',
      version: '1.0.0',
      actor: 'maya',
      happened_at: day(10),
    }),
  );
  await server.client.record(
    report({
      deployment_id: 'b',
      service: 'tax',
      environment: 'dev',
      version: '2.0.0',
      actor: 'tom',
      happened_at: day(11),
    }),
  );
});
afterAll(() => server.stop());

const log = (...args: string[]) => runShiplog(['log', ...args], { environment });

describe('shiplog log', () => {
  it('lists what happened, newest first', async () => {
    expect(`\n${(await log()).stdout}`).toBe(`
WHEN (UTC)           STATUS         SERVICE  ENVIRONMENT  VERSION  ACTOR  DEPLOYMENT
2026-11-20 11:00:00  ✓ success      tax      dev          2.0.0    tom    b
2026-11-20 10:00:00  ✗ failure      cart     production   1.0.0    maya   a
2026-11-20 09:00:00  ● in-progress  cart     production   1.0.0    maya   a
`);
  });

  it('lets nobody meddle with the terminal through a name', async () => {
    await server.client.record(report({ service: 'evil', actor: 'a\u001b[2Jb\u202ec' }));
    expect((await log('--service', 'evil')).stdout).toContain('a[2Jbc');
  });

  it('says what went without its approvals', async () => {
    await server.client.record(report({ service: 'vault', environment: 'staging' }));
    const body = {
      name: 'production',
      deploy_access_levels: [{ access_level: 30 }],
      approval_rules: [{ access_level: 40 }],
    };
    expect((await ask(server, 'POST /api/v4/projects/vault/protected_environments', { body })).status).toBe(201);
    await server.client.record(report({ service: 'vault', version: '1.0.0' }));
    expect((await log('--service', 'vault', '--limit', '1')).stdout).toMatch(/✓ success unapproved +vault +production/);
  });

  it.each([
    [['--service', 'tax'], ['success']],
    [['--environment', 'production', '--status', 'failure'], ['failure']],
    [['--since', '2026-11-20T10:30:00Z', '--until', '2026-11-20T11:30:00Z'], ['success']],
    [['--until', '2026-11-20T09:30:00Z'], ['in-progress']],
    [['--search', 'MAYA', '--limit', '1'], ['failure']],
    [
      ['--deployment-id', 'a'],
      ['failure', 'in-progress'],
    ],
  ])('can be narrowed down by %j', async (args, statuses) => {
    const { items } = JSON.parse((await log(...args, '--json')).stdout);
    expect(items.map(({ status }: DeploymentReport) => status)).toEqual(statuses);
  });

  it('says that nothing fits', async () => {
    expect(await log('--service', 'nothing')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'Nothing happened that fits.\n',
    });
  });

  it('goes on with what happens, from the last events on, oldest first', async () => {
    await using following = startShiplog(['log', '--follow', '--service', 'cart', '--limit', '2'], { environment });
    await following.until(/failure +cart[^\n]*\n/);
    await server.client.record(report({ deployment_id: 'c', service: 'tax' }));
    await server.client.record(report({ deployment_id: 'd', service: 'cart', version: '3.0.0' }));
    await following.until(/success +cart +production +3\.0\.0/);
    const { code, stdout } = await following.stop();
    expect(code).toBe(0);
    const statuses = stdout
      .split('\n')
      .slice(1, -1)
      .map((text) => text.slice(21).split(/ +/).slice(1, 3).join(' '));
    expect(statuses).toEqual(['in-progress cart', 'failure cart', 'success cart']);
  });

  it('goes on with what has each word of a search, and no other', async () => {
    await using following = startShiplog(['log', '--follow', '--search', 'tax FAILED'], { environment });
    await following.until(/WHEN/);
    await server.client.record(report({ deployment_id: 'f', service: 'tax', version: '7.0.0' }));
    await server.client.record(report({ deployment_id: 'g', service: 'tax', version: '7.0.1', status: 'failure' }));
    await following.until(/failure +tax +production +7\.0\.1/);
    expect((await following.stop()).stdout).not.toContain('7.0.0');
  });

  it('goes on as one JSON object a line with --json', async () => {
    await using following = startShiplog(['log', '--follow', '--json', '--limit', '1'], { environment });
    await following.until(/\n/);
    await server.client.record(report({ deployment_id: 'e', service: 'json' }));
    await following.until(/"service":"json"[^\n]*\n/);
    for (const text of following.stdout().trimEnd().split('\n')) expect(JSON.parse(text)).toHaveProperty('position');
  });

  it('refuses moments it does not understand', async () => {
    expect(await log('--since', 'yesterday')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^Error: --since: expected a moment/),
    });
  });
});
