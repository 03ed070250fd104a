import { get } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import type { Matrix, MatrixRow } from '../../../contract/matrix.ts';

describe.each(databases)('the matrix on $name', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    await server.client.recordBatch([
      ...['prod', 'qa', 'dev', 'uat', 'DR', 'staging', 'Älter'].map((environment) =>
        report({ service: 'zeta', environment }),
      ),
      report({ service: 'shop', namespace: 'b/team', environment: 'prod', version: 'b' }),
      report({ service: 'shop', namespace: 'a', environment: 'prod', version: 'a' }),
      report({ service: 'shop', environment: 'review/1', version: 'none' }),
    ]);
  });
  afterAll(() => server.stop());
  const matrix = (query = '', headers = {}) => ask<Matrix>(server, `GET /api/matrix${query}`, { headers });

  test('has its columns in the order of tiers, then of names', async () => {
    const { body } = await matrix();
    expect(body.columns).toEqual([
      { name: 'dev', tier: 'development' },
      { name: 'review/1', tier: 'development' },
      { name: 'qa', tier: 'testing' },
      { name: 'staging', tier: 'staging' },
      { name: 'prod', tier: 'production' },
      { name: 'DR', tier: 'other' },
      { name: 'uat', tier: 'other' },
      { name: 'Älter', tier: 'other' },
    ]);
    expect(body.environments).toEqual(body.columns.map(({ name: column }) => column));
    expect(Object.keys(body.rows[1]?.slots ?? {})).toEqual(['dev', 'qa', 'staging', 'prod', 'DR', 'uat', 'Älter']);
  });

  test('has one row a project, by namespace and name, none before the rest', async () => {
    const { rows } = (await matrix()).body;
    expect(rows.map(({ namespace, service }) => [namespace, service])).toEqual([
      [undefined, 'shop'],
      [undefined, 'zeta'],
      ['a', 'shop'],
      ['b/team', 'shop'],
    ]);
    expect(rows.map(({ slots }) => slots['prod']?.current.version).slice(2)).toEqual(['a', 'b']);
  });

  test.each([
    ['?service=shop', [undefined, 'a', 'b/team'], ['review/1', 'prod']],
    ['?service=shop&namespace=a', ['a'], ['prod']],
    ['?namespace=', [undefined, undefined], ['dev', 'review/1', 'qa', 'staging', 'prod', 'DR', 'uat', 'Älter']],
    ['?namespace=b', [], []],
    ['?service=sho', [], []],
  ])('filtered by %s has only those rows and their columns', async (query, namespaces, environments) => {
    const { body } = await matrix(query);
    expect(body.rows.map(({ namespace }) => namespace)).toEqual(namespaces);
    expect(body.environments).toEqual(environments);
  });

  test.each([
    ['service=', '/service'],
    ['namespace=%00', '/namespace'],
    ['since=-1', '/since'],
    ['since=x', '/since'],
    ['sevrice=a', '/sevrice'],
  ])('refuses the parameter %s', async (query, pointer) => {
    const answer = await ask(server, `GET /api/matrix?${query}`);
    expect([answer.status, pointersOf(answer)]).toEqual([422, [pointer]]);
  });

  test('keeps its weak tag as long as nothing changes, and answers 304 to whoever has it', async () => {
    const etag = (await matrix()).headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[^"]+"$/);
    const same = [etag, etag.slice(2), `"x", ${etag} , W/"y"`, '*'];
    for (const header of same) {
      const answer = await matrix('', { 'if-none-match': header });
      expect([header, answer.status, answer.text, answer.headers.get('etag')]).toEqual([header, 304, '', etag]);
    }
    for (const header of ['"x"', `W/"${etag}"`, ''])
      expect((await matrix('', { 'if-none-match': header })).status).toBe(200);

    await server.client.record(report({ service: 'moved', environment: 'prod' }));
    const changed = await matrix('', { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  test('has a tag of its own for each filter', async () => {
    const tags = await Promise.all(
      ['', '?service=shop', '?namespace=a', '?service=zeta', '?since=1'].map((query) => matrix(query)),
    );
    expect(new Set(tags.map(({ headers }) => headers.get('etag'))).size).toBe(5);
  });

  test('comes as gzip to whoever takes it, and plain to others', async () => {
    const plain = await fetch(`${server.url}/api/matrix`, {
      headers: { 'x-api-key': server.adminToken, 'accept-encoding': 'identity' },
    });
    expect(plain.headers.get('content-encoding')).toBeNull();
    const text = await plain.text();
    const zipped = await rawBody(server, 'gzip;q=0.5, br;q=0');
    expect(zipped.encoding).toBe('gzip');
    expect(gunzipSync(zipped.body).toString()).toBe(text);
    expect((await rawBody(server, 'gzip;q=0')).encoding).toBeUndefined();
  });

  test('answers only what changed since a version, which merges into the whole', async () => {
    const before = (await matrix()).body;
    const nothing = (await matrix(`?since=${before.version}`)).body;
    expect([nothing.version, nothing.rows]).toEqual([before.version, []]);

    await server.client.record(report({ service: 'zeta', environment: 'dev', version: 'new-in-dev' }));
    await server.client.record(report({ service: 'shop', environment: 'fresh' }));
    await server.client.record(report({ service: 'brand-new', namespace: 'a', environment: 'prod' }));
    const delta = (await matrix(`?since=${before.version}`)).body;
    const after = (await matrix()).body;
    expect(delta.rows.map(({ service }) => service)).toEqual(['shop', 'zeta', 'brand-new']);
    expect(Object.keys(delta.rows[0]?.slots ?? {})).toEqual(['fresh']);
    expect(merged(before.rows, delta.rows)).toEqual(Object.fromEntries(after.rows.map((row) => [pathOf(row), row])));
    expect([delta.version, delta.environments]).toEqual([after.version, after.environments]);
  });

  test('is whole for a version from the future, which is of another log', async () => {
    const { version, rows } = (await matrix()).body;
    expect((await matrix(`?since=${version + 1000}`)).body.rows).toEqual(rows);
  });

  test('names all services and environments', async () => {
    const services = await server.client.services();
    expect(services.items).toEqual(services.items.toSorted());
    expect(services.items).toEqual(expect.arrayContaining(['shop', 'zeta']));
    expect(new Set(services.items).size).toBe(services.items.length);
    expect((await server.client.environments()).items).toEqual((await matrix()).body.environments);
  });

  test('has rows and columns of any name, those that JavaScript knows included', async () => {
    for (const odd of ['__proto__', 'constructor', 'toString', '0', '"},{"', 'a\u2028b']) {
      const event = await server.client.record(report({ service: odd, environment: odd }));
      const { rows, environments } = (await matrix(`?service=${encodeURIComponent(odd)}`)).body;
      expect([environments, rows.map(({ service }) => service)]).toEqual([[odd], [odd]]);
      expect(Object.entries(rows[0]?.slots ?? {})).toEqual([[odd, { current: event }]]);
    }
  });

  test('shows an event the moment its report is answered', async () => {
    for (let round = 1; round <= 20; round += 1) {
      const event = await server.client.record(
        report({ service: 'at-once', environment: 'prod', version: `r${round}` }),
      );
      expect((await server.client.matrix({ service: 'at-once' })).rows[0]?.slots['prod']?.current.id).toBe(event.id);
    }
  });
});

function pathOf({ namespace = '', service }: MatrixRow): string {
  return `${namespace}/${service}`;
}

/** What a page makes of a partial answer: its slots laid over those it has. */
function merged(before: readonly MatrixRow[], changes: readonly MatrixRow[]): Record<string, MatrixRow> {
  const rows = Object.fromEntries(before.map((row) => [pathOf(row), row]));
  for (const row of changes) rows[pathOf(row)] = { ...row, slots: { ...rows[pathOf(row)]?.slots, ...row.slots } };
  return rows;
}

/** fetch unzips by itself; this does not. */
function rawBody(server: TestServer, acceptEncoding: string): Promise<{ encoding: string | undefined; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-api-key': server.adminToken, 'accept-encoding': acceptEncoding };
    get(`${server.url}/api/matrix`, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(chunks) }),
      );
    }).on('error', reject);
  });
}
