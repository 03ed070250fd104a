import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runShiplog, startShiplog } from '../../../test/support/run-shiplog.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';
import { ShiplogClient } from '../../client/shiplog-client.ts';

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

  it('gives up with the server’s word where it may not write', async () => {
    const { code, stderr } = await runShiplog(['demo', ...small, '--server', server.url, '--token', 'wrong']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Error: .*\(401\)/);
  });
});
