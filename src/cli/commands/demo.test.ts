import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeTerminal } from '../../../test/support/fake-terminal.ts';
import { runShiplog, startShiplog } from '../../../test/support/run-shiplog.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';
import { Requests } from '../../client/requests.ts';
import { ShiplogClient } from '../../client/shiplog-client.ts';
import type { SignIn } from '../../contract/access.ts';
import type { Inbox } from '../../contract/approvals.ts';
import type { Change } from '../../contract/changes.ts';
import { runProgram } from '../program.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const small = ['--services', '20', '--days', '5'];

describe('shiplog demo', () => {
  it('fills a server with a fleet that shows everything there is to see', async () => {
    const environment = { SHIPLOG_URL: server.url, SHIPLOG_TOKEN: server.adminToken };
    const { code, stdout } = await runShiplog(['demo', '--no-live', ...small], { environment });
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^✓ [\\d,]+ events: 20 services, 5 days\\.\\n +Look at it: +${server.url}\\n`));
    const matrix = await server.client.matrix();
    expect(matrix.environments).toEqual(['dev', 'qa', 'staging', 'production', 'production-eu']);
    const slots = matrix.rows.flatMap((row) => Object.values(row.slots));
    expect(matrix.rows).toHaveLength(20);
    expect(slots.filter(({ stale }) => stale)).toHaveLength(1);
    expect(slots.filter(({ current }) => current.status === 'failure').length).toBeGreaterThanOrEqual(3);
    expect(slots.filter(({ prev_failed: failed }) => failed).length).toBeGreaterThanOrEqual(1);
    expect(slots.filter(({ next }) => next?.status === 'waiting').length).toBeGreaterThanOrEqual(3);
  });

  it('starts a server of its own, keeps it moving, and takes it away again', async () => {
    await using demo = startShiplog(['demo', '--json', '--rate', '6000', '--services', '5', '--days', '2']);
    await demo.until(/"url".*\n/);
    const { url, token, events } = JSON.parse(demo.stdout());
    const reader = new ShiplogClient({ baseUrl: url });
    expect((await reader.deployments({ limit: '1' })).items).toHaveLength(1);
    await new Promise<void>((resolve, reject) => {
      const stop = new AbortController();
      reader.follow({ signal: stop.signal, onEvent: () => stop.abort() }).then(resolve, reject);
    });
    expect((await new ShiplogClient({ baseUrl: url, token }).session()).signed_in).toBe(true);
    expect(events).toBeGreaterThan(50);
    expect(await demo.stop()).toMatchObject({ code: 0, stderr: '' });
    await expect(reader.version()).rejects.toThrow(/Cannot reach/);
  });

  it('has somebody to sign in as, whom deployments wait for; what is approved is carried out', async () => {
    await using demo = startShiplog(['demo', '--json', '--rate', '1200', ...small]);
    await demo.until(/"url".*\n/);
    const { url, username, password } = JSON.parse(demo.stdout());
    const ask = await signIn(url, { username, password });
    expect(await ask('GET', '/api/session')).toMatchObject({ username: 'demo', password_change_required: false });
    const { items } = await ask<Inbox>('GET', '/api/approvals');
    expect(items.length).toBeGreaterThanOrEqual(3);
    const { deployment } = items[0] ?? {};
    await ask('POST', `/api/approvals/${deployment?.deployment_number}`, { decision: 'approve' });
    const reader = new ShiplogClient({ baseUrl: url });
    const told = () => reader.deployments({ deployment_id: deployment?.deployment_id ?? '' });
    await expect
      .poll(async () => (await told()).items.map(({ status }) => status), { timeout: 30_000, interval: 100 })
      .toEqual([expect.stringMatching(/success|failure|cancelled/), 'in-progress', 'waiting']);
    expect((await told()).items.filter(({ unapproved }) => unapproved)).toEqual([]);
    expect(await demo.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('knows what was shipped, whether a change is live, and what waits for the next environment', async () => {
    await using demo = startShiplog(['demo', '--json', '--no-live', ...small]);
    await demo.until(/"url".*\n/);
    const { url, token } = JSON.parse(demo.stdout());
    const client = new ShiplogClient({ baseUrl: url, token });
    const isRead = async () => {
      const { repository } = await client.repository('payments/ledger');
      return [repository?.fetched_at, repository?.error];
    };
    await expect.poll(isRead, { timeout: 30_000, interval: 100 }).toEqual([expect.any(String), null]);
    await expect
      .poll(async () => (await client.changes({ limit: '200' })).items.some(isLive), { timeout: 30_000, interval: 100 })
      .toBe(true);
    const live = (await client.changes({ limit: '200' })).items.find(isLive);
    const ladder = await client.change(live?.project ?? '', live?.number ?? 0);
    expect(ladder).toMatchObject({ title: live?.title, state: 'merged' });
    const first = live?.environments.find(({ deployment }) => deployment !== null);
    const { ships } = await client.deploymentChanges(first?.deployment ?? 0);
    expect(ships.items.map(({ number }) => number)).toContain(live?.number);
    expect((await client.waitingChanges()).items.length).toBeGreaterThan(0);
  });

  it('says from the beginning what it is doing, and that it stops', async () => {
    const terminal = fakeTerminal({ PATH: process.env['PATH'] ?? '' });
    const ended = runProgram(['demo', ...small], terminal);
    await terminal.until(/\n/);
    terminal.interrupt();
    expect(await ended).toBe(0);
    expect(terminal.written()).toBe('Making the fleet…\nStopping.\n');
  });

  it('says so where there is no git, and shows the rest', async () => {
    await using demo = startShiplog(['demo', ...small], { environment: { PATH: '/nonexistent' } });
    await demo.until(/Ctrl-C ends/);
    await demo.until(/^The demo has no repositories, and so no commits and changes: git was not found\.\n/m);
    expect(demo.stdout()).toMatch(/Sign in as: +demo, password \S+\n/);
    expect((await demo.stop()).code).toBe(0);
  });

  it('gives up with the server’s word where it may not write', async () => {
    const { code, stderr } = await runShiplog(['demo', ...small, '--server', server.url, '--token', 'wrong']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Error: .*\(401\)/);
  });
});

function isLive({ environments }: Change): boolean {
  return environments.some(({ state, deployment }) => state === 'live' && deployment !== null);
}

/** Asks with the session of somebody who gave a password, as the page does. */
async function signIn(url: string, credentials: SignIn) {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  const requests = new Requests({ baseUrl: url });
  return <T>(method: string, path: string, body?: object): Promise<T> =>
    requests.send(method, path, { headers: { cookie, 'sec-fetch-site': 'same-origin' }, body });
}
