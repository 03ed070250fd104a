import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Shown {
  readonly id: number;
  readonly sha: string;
  readonly message?: string;
}

const both = 'Both `updated_at` filter and `finished_at` filter can not be specified';
const updateSort = '`updated_at` filter requires `updated_at` sort';
const finishSort = '`finished_at` filter requires `finished_at` sort.';
const finishedStatus =
  '`finished_at` sort requires `finished_at` filter or a filter with at least one of the finished statuses.';
const successOnly = '`finished_at` filter must be combined with `success` status filter.';
const t = (minute: number) => `2026-06-01T08:${String(minute).padStart(2, '0')}:00Z`;

describe.each(databases)("the list of GitLab's deployments on $name", ({ name }) => {
  let server: TestServer;
  let now = Date.parse(t(0));
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
    await ask(server, 'POST /api/v4/groups', { body: { name: 'Shop', path: 'shop' } });
    const groups = await ask<{ id: number }[]>(server, 'GET /api/v4/groups');
    const body = { name: 'api', path: 'api', namespace_id: groups.body[0]?.id };
    expect((await ask(server, 'POST /api/v4/projects', { body })).status).toBe(201);
    const make = async (minute: number, sha: string, environment: string, status: string) => {
      now = Date.parse(t(minute));
      const made = { sha, environment, status, ref: 'main', tag: false };
      return (await ask<Shown>(server, 'POST /api/v4/projects/shop%2Fapi/deployments', { body: made })).body.id;
    };
    const a = await make(1, 'a', 'staging', 'running');
    await make(2, 'b', 'production', 'success');
    await make(3, 'c', 'production', 'failed');
    await make(4, 'd', 'staging', 'canceled');
    now = Date.parse(t(5));
    await ask(server, `PUT /api/v4/projects/shop%2Fapi/deployments/${a}`, { body: { status: 'success' } });
    await make(6, 'e', 'Production', 'running');
  });
  afterAll(() => server.stop());

  const list = (query: string) => ask<Shown[]>(server, `GET /api/v4/projects/shop%2Fapi/deployments?${query}`);
  const shas = async (query: string) => (await list(query)).body.map(({ sha }) => sha).join('');

  test.each([
    ['', 'abcde'],
    ['sort=desc', 'edcba'],
    ['order_by=iid&sort=desc', 'edcba'],
    ['order_by=created_at', 'abcde'],
    ['order_by=ref', 'abcde'],
    ['order_by=updated_at', 'bcdae'],
    ['order_by=updated_at&sort=desc', 'eadcb'],
    ['environment=production', 'bc'],
    ['environment=staging&status=success', 'a'],
    ['environment=none', ''],
    ['status=running', 'e'],
    ['status=skipped', ''],
    [`order_by=updated_at&updated_after=${t(4)}&updated_before=${t(5)}`, 'da'],
    ['order_by=finished_at&status=failed', 'c'],
    [`order_by=finished_at&status=success&finished_after=${t(2)}&finished_before=${t(5)}`, 'b'],
    [`order_by=finished_at&status=success&finished_after=${t(3)}`, 'a'],
    ['per_page=2&page=2', 'cd'],
    ['id=7&unknown=1&pagination=keyset', 'abcde'],
  ])('%s', async (query, expected) => {
    expect(await shas(query)).toBe(expected);
  });

  test.each([
    [`order_by=updated_at&updated_after=${t(1)}&finished_after=${t(1)}`, both],
    [`updated_before=${t(1)}`, updateSort],
    [`finished_before=${t(1)}&status=success`, finishSort],
    ['order_by=finished_at', finishedStatus],
    ['order_by=finished_at&status=running', finishedStatus],
    [`order_by=finished_at&finished_after=${t(1)}`, successOnly],
    [`order_by=finished_at&finished_after=${t(1)}&status=failed`, successOnly],
  ])('%s is refused, as GitLab does', async (query, reason) => {
    const answer = await list(query);
    expect([answer.status, answer.body]).toEqual([400, { message: `400 Bad request - ${reason}` }]);
  });

  test.each([
    ['status=', 'status does not have a valid value'],
    ['order_by=tag', 'order_by does not have a valid value'],
    ['sort=DESC', 'sort does not have a valid value'],
    ['updated_after=yesterday', 'updated_after is invalid'],
    ['per_page=0', 'per_page has a value not allowed'],
  ])('%s is no parameter', async (query, error) => {
    const answer = await list(query);
    expect([answer.status, answer.body]).toEqual([400, { error }]);
  });

  test('pages say where the others are', async () => {
    const { headers } = await list('per_page=2&page=2&environment=');
    const shown = ['x-page', 'x-per-page', 'x-next-page', 'x-prev-page', 'x-total', 'x-total-pages'];
    expect((await list('per_page=2')).headers.get('x-prev-page')).toBe('');
    expect(shown.map((header) => headers.get(header))).toEqual(['2', '2', '', '1', '0', '1']);
    const link = (await list('per_page=2&page=2')).headers.get('link') ?? '';
    expect([...link.matchAll(/rel="(\w+)"/g)].map(([, relation]) => relation)).toEqual([
      'prev',
      'next',
      'first',
      'last',
    ]);
    expect(link).toContain('order_by=id');
  });
});
