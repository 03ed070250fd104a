import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { person } from '../../../../test/support/people.ts';
import { cart, minutesAfter, type TrackedShop, trackedShop } from '../../../../test/support/tracked-shop.ts';
import type { BehindAnswer, WhereCandidate } from '../../../contract/where.ts';

describe.each(databases)('where something is on $name', ({ name }) => {
  let shop: TrackedShop;
  beforeAll(async () => {
    shop = await trackedShop({ database: name });
  }, 60_000);
  afterAll(() => shop[Symbol.asyncDispose]());
  const where = async (q: string) => (await shop.server.client.where(q)).items;
  const diff = (from: string, to: string) =>
    shop.server.client.diff({ project: cart, from_environment: from, to_environment: to });

  test('is told of a commit by its sha or the beginning of it', async () => {
    const { totalOwn } = shop.shas;
    for (const q of [totalOwn, totalOwn.slice(0, 7), totalOwn.slice(0, 12).toUpperCase(), `  ${totalOwn} `]) {
      const [commit] = await where(q);
      expect(commit).toMatchObject({ kind: 'commit', sha: totalOwn, title: 'Show the total', author: 'Maya Meyer' });
      expect(placesOf(commit)).toEqual(['shop/cart staging live since 1.1.0', 'shop/cart production never']);
    }
    const [byUrl] = await where(`https://gitlab.example.com/shop/cart/-/commit/${totalOwn}`);
    expect(byUrl).toMatchObject({ kind: 'commit', sha: totalOwn });
    const [start] = await where(shop.shas.start);
    expect(placesOf(start)).toEqual(['shop/cart staging live since 0.9.0', 'shop/cart production live since 0.9.0']);
    expect(start?.places[1]).toMatchObject({ since: minutesAfter(5), current: { version: '1.0.0' } });
  });

  test.each([
    '!2',
    '#2',
    '2',
    'shop/cart!2',
    'shop/cart#2',
    'send RECEIPTS',
    'https://gitlab.example.com/shop/cart/-/merge_requests/2/diffs?tab=1',
    'https://github.example.com/shop/cart/pull/2',
  ])('is told of a change by %s', async (q) => {
    const [change] = await where(q);
    expect(change).toMatchObject({ kind: 'change', label: '!2', number: 2, project: cart, title: 'Send receipts' });
    expect(placesOf(change)).toEqual(['shop/cart staging live since 1.1.0', 'shop/cart production never']);
  });

  test('is told of shas in small letters, however they were reported', async () => {
    const tell = (environment: string, sha: string) =>
      shop.server.client.record(report({ service: 'capital', environment, sha, happened_at: minutesAfter(1) }));
    await tell('staging', 'ABCD'.repeat(10));
    await tell('production', 'CDEF'.repeat(10));
    const { from, to } = await shop.server.client.diff({
      project: 'capital',
      from_environment: 'staging',
      to_environment: 'production',
    });
    expect([from.sha, to.sha]).toEqual(['abcd'.repeat(10), 'cdef'.repeat(10)]);
  });

  test('is told of a ticket that a title names', async () => {
    expect((await where('PAY-311')).map(({ label }) => label)).toEqual(['!1']);
  });

  test('is told of a version, also where a later one that contains it runs', async () => {
    for (const q of ['0.9.0', 'v0.9.0']) {
      const [version] = await where(q);
      expect(version).toMatchObject({ kind: 'version', label: '0.9.0', project: cart });
      expect(placesOf(version)).toEqual([
        'shop/cart staging live since 0.9.0',
        'shop/cart production live since 0.9.0',
      ]);
    }
    expect(placesOf((await where('1.1.0'))[0])).toEqual([
      'shop/cart staging live since 1.1.0',
      'shop/cart production never',
    ]);
  });

  test('is told of a tag of the repository', async () => {
    await shop.repository.tag('v7.0.0', shop.shas.receipts);
    await shop.server.client.fetchRepository(cart);
    await expect.poll(async () => (await where('7.0.0')).map(({ label }) => label)).toEqual(['v7.0.0']);
    expect(placesOf((await where('v7.0.0'))[0])).toEqual([
      'shop/cart staging live since 1.1.0',
      'shop/cart production never',
    ]);
  });

  test('is told of what only deployments know', async () => {
    const [old, young] = ['aaaa'.repeat(10), 'bbbb'.repeat(10)];
    const tell = (environment: string, sha: string, version: string) =>
      shop.server.client.record(report({ service: 'plain', environment, sha, version, happened_at: minutesAfter(1) }));
    await tell('staging', old, 'p1');
    await tell('production', old, 'p1');
    await shop.server.client.record(report({ service: 'plain', environment: 'staging', sha: young, version: 'p2' }));
    const expected = ['plain staging left since p1', 'plain production live since p1'];
    // The commit that runs in staging may come after it: nobody knows.
    expect(placesOf((await where('aaaaaaa'))[0])).toEqual(['plain staging unknown since p1', expected[1]]);
    expect(placesOf((await where('p1'))[0])).toEqual(expected);
    expect((await where('p1'))[0]?.places[0]?.current).toMatchObject({ version: 'p2' });
    expect(placesOf((await where('p2'))[0])).toEqual(['plain staging live since p2', 'plain production never']);
  });

  test('is a question for text that is neither empty nor endless', async () => {
    expect(await where('nothing of the kind')).toEqual([]);
    for (const q of ['', '%20', 'x'.repeat(201)]) {
      const answer = await ask(shop.server, `GET /api/where?q=${q}`);
      expect([answer.status, pointersOf(answer)]).toEqual([422, ['/q']]);
    }
    for (const q of ['%', '_', "'", '!0', '#999999999999999', 'no/such!1', '\\', '../..!1'])
      expect(await where(q)).toEqual([]);
  });

  test('differs between two environments, and between two deployments', async () => {
    const answer = await diff('production', 'staging');
    expect(answer).toMatchObject({
      project: cart,
      from: { environment: 'production', version: '1.0.0', sha: shop.shas.cards },
      to: { environment: 'staging', version: '1.1.0' },
      known: true,
      added: { changes: { count: 2, items: [{ reference: '!3' }, { reference: '!2' }] }, commits: { count: 5 } },
      missing: { changes: { count: 0 }, commits: { count: 0 } },
    });
    expect(answer.added.commits.items[0]?.sha).toBe(shop.shas.total);
    const back = await diff('staging', 'production');
    expect([back.added, back.missing]).toEqual([answer.missing, answer.added]);
    const { from, to } = answer;
    const numbers = { from: `${from.deployment}`, to: `${to.deployment}` };
    expect(await shop.server.client.diff(numbers)).toEqual(answer);
    expect(await shop.server.client.diff({ ...numbers, project: cart })).toEqual(answer);
  });

  test('differs between what is asked for as one pair of a project', async () => {
    const other = await shop.server.client.record(report({ service: 'another' }));
    const { from } = await diff('staging', 'production');
    const refused = [
      ['', ['/from']],
      [`from=${from.deployment}`, ['/from']],
      [`project=${cart}&from_environment=staging`, ['/from']],
      [`from=${from.deployment}&to=${other.deployment_number}`, ['/to']],
      [`project=another&from=${from.deployment}&to=${other.deployment_number}`, ['/from']],
      ['from=x&to=1', ['/from']],
    ] as const;
    for (const [query, pointers] of refused) {
      const answer = await ask(shop.server, `GET /api/deployments/diff?${query}`);
      expect([query, answer.status, pointersOf(answer)]).toEqual([query, 422, pointers]);
    }
    for (const query of ['from=1&to=999999', `project=${cart}&from_environment=staging&to_environment=nowhere`])
      expect((await ask(shop.server, `GET /api/deployments/diff?${query}`)).status).toBe(404);
  });

  test('is not known of a commit that the repository lacks, and the answer says so', async () => {
    const deployment = await shop.deploy('dev', 'odd', 'c'.repeat(40), 400);
    const answer = await diff('dev', 'staging');
    expect(answer).toMatchObject({ known: false, reason: expect.stringContaining('holds no commit or tag cccc') });
    expect(await shop.server.client.deploymentChanges(deployment)).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('holds no commit or tag cccc'),
    });
    const plain = await shop.server.client.record(report({ service: 'another' }));
    expect(await shop.server.client.deploymentChanges(plain.deployment_number)).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('No git repository is connected'),
      repository: { state: 'none' },
    });
  });

  test('is said of each deployment: what it shipped, and that the first one is a baseline', async () => {
    const { to } = await diff('production', 'staging');
    const shipped = await shop.server.client.deploymentChanges(to.deployment);
    expect(shipped).toMatchObject({ project: cart, environment: 'staging', kind: 'shipped', reason: null });
    expect(shipped.ships.items.map(({ reference }) => reference)).toEqual(['!3', '!2']);
    expect(shipped.commits.count).toBe(5);
    const [first] = (await shop.server.client.deployments({ environment: 'staging', namespace: 'shop' })).items.slice(
      -1,
    );
    expect(await shop.server.client.deploymentChanges(first?.deployment_number ?? 0)).toMatchObject({
      kind: 'baseline',
      reason: expect.stringContaining('first deployment'),
      ships: { count: 0 },
    });
    for (const id of ['0', '999999', 'x', first?.id])
      expect((await ask(shop.server, `GET /api/deployments/${id}/changes`)).status).toBe(404);
  });

  test('counts how far each environment is behind the one before it', async () => {
    const { items, repository } = await shop.server.client.behind();
    expect(repository).toEqual({ state: 'ready', reason: null });
    expect(items).toContainEqual({
      project: cart,
      environment: 'production',
      before: 'staging',
      commits: 5,
      changes: 2,
    });
    expect(await shop.server.client.behind({ project: cart })).toEqual({ items, repository });
    const whole = await ask<BehindAnswer>(shop.server, 'GET /api/behind');
    const etag = whole.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"/);
    const same = await ask(shop.server, 'GET /api/behind', { headers: { 'if-none-match': etag } });
    expect([same.status, same.text]).toEqual([304, '']);
  });

  test('is nobody’s to know who may not see the project', async () => {
    const stranger = await person(shop.server, `stranger-${name}`);
    const { to } = await diff('production', 'staging');
    const change = (visibility: string) =>
      ask(shop.server, `PUT /api/v4/projects/${encodeURIComponent(cart)}`, { body: { visibility } });
    await change('private');
    const outside = shop.server.clientOf(stranger.token);
    for (const q of [shop.shas.total, '!2', 'shop/cart!2', '1.1.0', 'v7.0.0', 'Send receipts', 'cccccccc'])
      expect(await outside.where(q)).toMatchObject({ items: [], more: false, repository: { state: 'none' } });
    expect(await outside.behind()).toMatchObject({ items: [], repository: { state: 'none' } });
    for (const path of [
      `deployments/${to.deployment}/changes`,
      `deployments/diff?from=${to.deployment}&to=${to.deployment}`,
      `deployments/diff?project=${cart}&from_environment=staging&to_environment=production`,
      `behind?project=${cart}`,
    ]) {
      const answer = await ask(shop.server, `GET /api/${path}`, { token: stranger.token });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect((await where('!2'))[0]?.label).toBe('!2');
    await change('internal');
  });
});

describe.each(databases)('where something is in a repository of several projects on $name', ({ name }) => {
  test('is told of the projects whose folders it touches, and of those alone', async () => {
    await using shop = await trackedShop({ database: name });
    const { server, repository } = shop;
    await server.client.record(
      report({ namespace: 'shop', service: 'tax', environment: 'staging', version: 't0', sha: shop.shas.total }),
    );
    await shop.connect('shop/tax', 'tax');
    const rates = await repository.commit('Raise the rates', { files: { 'tax/rates': '2' } });
    await server.client.record(
      report({ namespace: 'shop', service: 'tax', environment: 'staging', version: 't1', sha: rates }),
    );
    await server.client.setRepository(cart, { url: repository.path, path: 'cart' });
    const places = async () => placesOf((await server.client.where(rates)).items[0]);
    await expect.poll(places).toEqual(['shop/tax staging live since t1']);
    const stranger = await person(server, `stranger-${name}`);
    await ask(server, `PUT /api/v4/projects/${encodeURIComponent('shop/tax')}`, { body: { visibility: 'private' } });
    const outside = server.clientOf(stranger.token);
    expect((await outside.where(rates)).items).toEqual([]);
    expect((await outside.where(shop.shas.totalOwn)).items).toMatchObject([{ kind: 'commit', project: cart }]);
  }, 60_000);

  test('shows of a change no commit that touches other folders only', async () => {
    await using shop = await trackedShop({ database: name });
    const { server, repository, shas } = shop;
    await repository.write([
      { as: 'cart', parents: [shas.total], message: 'Round in the cart', files: { 'cart/round': '1' } },
      { as: 'tax', parents: ['cart'], message: 'Round the tax', files: { 'tax/round': '1' } },
      {
        parents: [shas.total, 'tax'],
        message: 'Merge pull request #9 from shop/rounding\n\nRound prices',
        branch: 'main',
        files: { 'cart/round': '1', 'tax/round': '1' },
      },
    ]);
    await server.client.setRepository(cart, { url: repository.path, path: 'cart' });
    const subjects = async () => {
      const { items } = await server.client.changes({ project: cart, search: 'Round prices' });
      const [change] = items;
      const commits = change && (await server.client.change(cart, change.number)).commits;
      return commits?.items.map(({ subject }) => subject);
    };
    const merge = 'Merge pull request #9 from shop/rounding';
    await expect.poll(subjects).toEqual([merge, 'Round in the cart']);
  }, 60_000);
});

function placesOf(candidate: WhereCandidate | undefined): string[] {
  return (candidate?.places ?? []).map(({ project, environment, state, deployment }) =>
    [project, environment, state, ...(deployment ? ['since', deployment.version] : [])].join(' '),
  );
}
