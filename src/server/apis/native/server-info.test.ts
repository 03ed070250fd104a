import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../../../package.json' with { type: 'json' };
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

describe.each(databases)('what the server says of itself on $name', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());
  const asNobody = <T>(path: `/${string}`) => ask<T>(server, `GET ${path}`, { token: null });

  test('is its version', async () => {
    expect((await asNobody('/api/version')).body).toEqual({ version: packageJson.version });
  });

  test('is that it lives and that it can serve', async () => {
    const [health, ready] = [await asNobody('/healthz'), await asNobody('/readyz')];
    expect([health.status, health.body]).toEqual([200, { status: 'ok' }]);
    expect([ready.status, ready.body]).toEqual([200, { status: 'ready', checks: { database: 'ok' } }]);
  });

  test('is how much it did, without a name that a client chose', async () => {
    await server.client.recordBatch([
      report({ service: 'secret-service' }),
      report({ service: 'secret-service', status: 'failure' }),
    ]);
    await ask(server, 'GET /api/deployments/0190-no-such-id');
    await ask(server, 'GET /no/such/page-of-the-client');
    const { headers, text } = await asNobody('/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toContain('shiplog_events_recorded_total{status="success"} 1\n');
    expect(text).toContain('shiplog_events_recorded_total{status="failed"} 1\n');
    expect(text).toMatch(
      /^shiplog_http_request_duration_seconds_count\{method="POST",route="\/api\/deployments\/batch",status="201"\} 1$/m,
    );
    expect(text).toMatch(/route="\/api\/deployments\/:id",status="404"\} 1$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    expect(text).not.toMatch(/secret-service|no-such|page-of-the-client/);
  });

  test('comes with headers that keep other pages out', async () => {
    for (const path of ['/healthz', '/api/matrix', '/api/nothing'] as const) {
      const { headers } = await ask(server, `GET ${path}`);
      expect(headers.get('content-security-policy')).toMatch(/^default-src '(self|none)'/);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe-eval');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});
