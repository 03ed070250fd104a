import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import type { Problem } from '../../../contract/problem.ts';

const dayMs = 24 * 3_600_000;
const parents = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);

/** What is wrong, the field it is told of, and the value that is wrong. */
const wrongFields: readonly (readonly [string, string, unknown])[] = [
  ...['deployment_id', 'service', 'environment', 'status', 'happened_at'].map(
    (field) => ['missing', field, undefined] as const,
  ),
  ...['deployment_id', 'service', 'environment', 'namespace', 'version', 'actor', 'ref', 'sha'].flatMap((field) => [
    ['empty', field, ''] as const,
    ['blank', field, ' \t\n'] as const,
    ['null', field, null] as const,
    ['a number', field, 7] as const,
    ['with a NUL', field, 'a\u0000b'] as const,
    ['with half a surrogate pair', field, 'a\ud800b'] as const,
  ]),
  ['too long', 'deployment_id', 'x'.repeat(201)],
  ['too long', 'service', 'x'.repeat(129)],
  ['too long', 'namespace', 'x'.repeat(129)],
  ['too long', 'environment', 'x'.repeat(65)],
  ['too long', 'version', 'x'.repeat(51)],
  ['too long', 'actor', 'x'.repeat(129)],
  ['too long', 'ref', 'x'.repeat(257)],
  ['too long', 'sha', 'x'.repeat(129)],
  ['too long', 'run_url', `https://ci.example/${'x'.repeat(2030)}`],
  ['unknown', 'verzion', '1'],
  ['unknown', 'id', '0190'],
  ['with an escaped name', 'a/b~c', 1],
  ['not in the list', 'status', 'done'],
  ['of another dialect', 'status', 'running'],
  ['in another case', 'status', 'Success'],
  ['for other dialects only', 'status', 'inactive'],
  ['without an offset', 'happened_at', '2026-05-30T10:00:00'],
  ['a date only', 'happened_at', '2026-05-30'],
  ['a day that does not exist', 'happened_at', '2026-02-30T10:00:00Z'],
  ['a leap day of no leap year', 'happened_at', '2025-02-29T10:00:00Z'],
  ['an hour that does not exist', 'happened_at', '2026-05-30T24:00:00Z'],
  ['a leap second, which no clock here counts', 'happened_at', '2016-12-31T23:59:60Z'],
  ['before 1970', 'happened_at', '1969-12-31T23:59:59Z'],
  ['a number', 'happened_at', 1_780_000_000],
  ['more than a day ahead', 'happened_at', new Date(Date.now() + dayMs + 60_000).toISOString()],
  ['in the year 9999', 'happened_at', '9999-12-31T23:59:59Z'],
  ['negative', 'run_number', -1],
  ['too large', 'run_number', 2_147_483_648],
  ['too large as text', 'run_number', '2147483648'],
  ['a fraction', 'run_number', 1.5],
  ['not digits', 'run_number', '1e3'],
  ['empty', 'run_number', ''],
  ['not a URL', 'run_url', 'ci.example/1'],
  ['code', 'run_url', 'javascript:alert(1)'],
  ['data', 'run_url', 'data:text/html,<script>'],
  ['a duplicate', 'parent_deployments', ['a', 'b', 'a']],
  ['too many', 'parent_deployments', parents(33)],
  ['an item too long', 'parent_deployments', ['x'.repeat(201)]],
  ['an empty item', 'parent_deployments', ['a', '']],
  ['an item of another type', 'parent_deployments', [1]],
  ['text', 'parent_deployments', 'gh-1'],
];

describe.each(databases)('a report that is wrong, on $name,', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());

  test.each(wrongFields)('%s %s, is refused with a pointer to the field', async (_, field, value) => {
    const answer = await ask(server, 'POST /api/deployments', {
      body: { ...report({ service: 'refused' }), [field]: value },
    });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toEqual({
      type: 'urn:shiplog:error:validation_failed',
      title: expect.any(String),
      status: 422,
      code: 'validation_failed',
      detail: expect.any(String),
      instance: expect.any(String),
      errors: [{ pointer: `/${field.replace('~', '~0').replace('/', '~1')}`, message: expect.stringMatching(/\w/) }],
    });
  });

  test.each([-1, '1e3', 1.5, true])('with the run number %j, is told what one may be', async (run_number) => {
    const answer = await ask<Problem>(server, 'POST /api/deployments', { body: { ...report(), run_number } });
    const message = 'must be a whole number from 0 to 2147483647, or a string of digits';
    expect(answer.body.errors).toEqual([{ pointer: '/run_number', message }]);
  });

  test('is told of all its faults at once', async () => {
    const body = {
      ...report({ status: 'done', happened_at: 'yesterday', version: 'x'.repeat(51) }),
      environment: undefined,
      extra: 1,
    };
    const answer = await ask(server, 'POST /api/deployments', { body });
    expect(answer.status).toBe(422);
    expect(pointersOf(answer)).toEqual(['/environment', '/extra', '/happened_at', '/status', '/version']);
  });

  test.each([
    ['cut short', '{"service": "checkout"'],
    ['not JSON', 'hello'],
    ['empty', ''],
    ['with an unpaired bracket', '[}'],
    ['with a poisoned prototype', '{"__proto__": {"admin": true}}'],
  ])('%s, is a malformed body', async (_, body) => {
    const answer = await ask(server, 'POST /api/deployments', { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      code: 'body_malformed',
      errors: [{ pointer: '', message: expect.any(String) }],
    });
  });

  test.each([['null'], ['[]'], ['"text"'], ['7']])('whose body is %s, is refused', async (body) => {
    const answer = await ask(server, 'POST /api/deployments', { body });
    expect(answer.status).toBe(422);
    expect(pointersOf(answer)).toEqual(['']);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    'sent as %s, is a 415',
    async (type) => {
      const answer = await ask(server, 'POST /api/deployments', {
        body: JSON.stringify(report()),
        headers: { 'content-type': type },
      });
      expect(answer.status).toBe(415);
      expect(answer.body).toMatchObject({ code: 'media_type_unsupported', status: 415 });
    },
  );

  test('larger than 1 MiB, is a 413', async () => {
    const answer = await ask(server, 'POST /api/deployments', {
      body: { ...report(), version: 'x'.repeat(1024 * 1024) },
    });
    expect(answer.status).toBe(413);
    expect(answer.body).toMatchObject({ code: 'body_too_large', status: 413 });
  });

  test.each([[null], ['wrong-key']])(
    'sent with the key %s and a broken body, is a 401 before anything is read',
    async (token) => {
      const answer = await ask(server, 'POST /api/deployments', { token, body: '{"service' });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
      expect(answer.text).not.toContain('wrong-key');
    },
  );

  test.each(['Shiplog', '-a', 'a b', 'x'.repeat(129), ''])(
    'naming its reporter "%s", is refused with a pointer to the header',
    async (reporter) => {
      const answer = await ask(server, 'POST /api/deployments', {
        body: report(),
        headers: { 'x-progress-reporter': reporter },
      });
      expect(answer.status).toBe(422);
      expect(pointersOf(answer)).toEqual(['/X-Progress-Reporter']);
    },
  );

  test('leaves nothing in the log', async () => {
    expect((await server.client.deployments()).items).toEqual([]);
  });
});
