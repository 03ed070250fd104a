import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { join, person } from '../../../../test/support/people.ts';
import { cart, minutesAfter, type TrackedShop, trackedShop } from '../../../../test/support/tracked-shop.ts';

describe.each(databases)('changes on $name', ({ name }) => {
  let shop: TrackedShop;
  beforeAll(async () => {
    shop = await trackedShop({ database: name });
  }, 60_000);
  afterAll(() => shop[Symbol.asyncDispose]());
  const changes = (query = {}) => shop.server.client.changes(query);

  test('are listed with the environments that they are in', async () => {
    const { items, next_cursor, repository } = await changes();
    expect([next_cursor, repository]).toEqual([null, { state: 'ready', reason: null }]);
    expect(items.map(({ project, reference, title, state }) => [project, reference, title, state])).toEqual([
      [cart, '!3', 'Show the total', 'merged'],
      [cart, '!2', 'Send receipts', 'merged'],
      [cart, '!1', 'PAY-311: Take cards', 'merged'],
    ]);
    expect(items[2]).toMatchObject({ author: { username: null, name: 'Maya Meyer' }, number: 1 });
    const places = items.map(({ environments }) =>
      environments.map(({ environment, state }) => `${environment} ${state}`),
    );
    expect(places).toEqual([
      ['staging live', 'production never'],
      ['staging live', 'production never'],
      ['staging live', 'production live'],
    ]);
    expect(items[2]?.environments[1]).toMatchObject({ deployed_at: minutesAfter(120), tier: 'production' });
  });

  test.each([
    [{ environment: 'production' }, ['!1']],
    [{ environment: 'staging', not_in: 'production' }, ['!3', '!2']],
    [{ not_in: 'nowhere' }, ['!3', '!2', '!1']],
    [{ not_in: 'staging' }, []],
    [{ state: 'opened' as const }, []],
    [{ author: 'maya meyer' }, ['!3', '!1']],
    [{ search: 'pay-311' }, ['!1']],
    [{ search: '%' }, []],
    [{ search: '2' }, ['!2']],
    [{ search: ' !3 ' }, ['!3']],
    [{ search: '#1' }, ['!1']],
    [{ deployed_after: minutesAfter(60) }, ['!3', '!2', '!1']],
    [{ environment: 'staging', deployed_after: minutesAfter(60) }, ['!3', '!2']],
    [{ environment: 'staging', deployed_before: minutesAfter(180) }, ['!1']],
    [{ project: cart, environment: 'elsewhere' }, []],
  ])('are found by %j', async (query, references) => {
    expect((await changes(query)).items.map(({ reference }) => reference)).toEqual(references);
  });

  test('come page by page', async () => {
    for (const query of [{}, { not_in: 'nowhere' }]) {
      const seen: string[] = [];
      let cursor: string | null | undefined;
      while (cursor !== null) {
        const page: Awaited<ReturnType<typeof changes>> = await changes({
          ...query,
          limit: '1',
          ...(cursor && { cursor }),
        });
        seen.push(...page.items.map(({ reference }) => reference));
        cursor = page.next_cursor;
      }
      expect(seen).toEqual(['!3', '!2', '!1']);
    }
    const wrong = await ask(shop.server, 'GET /api/changes?cursor=nonsense');
    expect([wrong.status, pointersOf(wrong)]).toEqual([422, ['/cursor']]);
  });

  test('that wait between an environment and itself are none to ask for', async () => {
    const answer = await ask(shop.server, 'GET /api/changes/waiting?from=staging&to=staging');
    expect([answer.status, pointersOf(answer)]).toEqual([422, ['/to']]);
  });

  test('show how far one has come, and what it brought', async () => {
    const change = await shop.server.client.change(cart, 2);
    expect(change).toMatchObject({ reference: '!2', title: 'Send receipts', source_branch: 'receipts' });
    expect(change.commits.count).toBe(3);
    expect(change.commits.items.map(({ subject }) => subject)).toEqual([
      expect.stringContaining("Merge branch 'receipts'"),
      'Send receipts',
      'Write receipts',
    ]);
    expect(change.ladder).toMatchObject([
      {
        environment: 'staging',
        state: 'live',
        landed: 'merge',
        first: { version: '1.1.0', sha: shop.shas.total, at: minutesAfter(180) },
        current: { version: '1.1.0' },
        gone: null,
      },
      { environment: 'production', state: 'never', first: null, landed: null, current: { version: '1.0.0' } },
    ]);
    expect((await ask(shop.server, `GET /api/changes/99?project=${cart}`)).status).toBe(404);
  });

  test('wait where they are in an environment and not in the next, the longest wait first', async () => {
    const { items, total } = await shop.server.client.waitingChanges();
    expect(total).toBe(2);
    expect(items.map(({ reference }) => reference)).toEqual(['!2', '!3']);
    expect(items[0]).toMatchObject({
      project: cart,
      author: { name: 'Tom Toda' },
      from: { environment: 'staging', deployed_at: minutesAfter(180) },
      to: { environment: 'production', state: 'never' },
      waiting_since: minutesAfter(180),
    });
    expect(items[0]?.waiting_seconds).toBeGreaterThan(0);
    const first = await shop.server.client.waitingChanges({ project: cart, limit: '1' });
    const rest = await shop.server.client.waitingChanges({ project: cart, cursor: first.next_cursor ?? '' });
    expect([...first.items, ...rest.items].map(({ reference }) => reference)).toEqual(['!2', '!3']);
    expect([first.total, rest.next_cursor]).toEqual([2, null]);
    const numbersOf = async (search: string) =>
      (await shop.server.client.waitingChanges({ search })).items.map(({ reference }) => reference);
    expect(await Promise.all(['!3', '2', 'no such words'].map(numbersOf))).toEqual([['!3'], ['!2'], []]);
    const [{ title } = { title: '' }] = items;
    expect(await numbersOf(title.slice(1).toUpperCase())).toEqual(['!2']);
    const back = await shop.server.client.waitingChanges({ from: 'production', to: 'staging' });
    expect(back.items).toEqual([]);
    expect((await ask(shop.server, `GET /api/changes/waiting?project=${cart}&to=nowhere`)).status).toBe(404);
  });

  test('cannot be told to wait where the commit that runs in an environment is not known', async () => {
    await shop.server.client.record(report({ service: 'odd', environment: 'staging', sha: shop.shas.total }));
    await shop.server.client.record(report({ service: 'odd', environment: 'production', sha: 'd'.repeat(40) }));
    await shop.connect('odd');
    const { items, unknown } = await shop.server.client.waitingChanges({ project: 'odd' });
    expect([items, unknown]).toEqual([[], [{ project: 'odd', environment: 'production' }]]);
    expect((await shop.server.client.waitingChanges({ project: cart })).unknown).toEqual([]);
  });

  test('are not live any more after a rollback, and are again after the next release', async () => {
    const rollback = await shop.deploy('staging', '1.0.0', shop.shas.cards, 240);
    const gone = await shop.until(3, ['staging left since 1.1.0', 'production never']);
    expect(gone.ladder[0]?.gone).toMatchObject({ deployment: rollback, at: minutesAfter(240) });
    expect((await shop.server.client.waitingChanges()).items).toEqual([]);
    const taken = await shop.server.client.deploymentChanges(rollback);
    expect(taken).toMatchObject({ kind: 'shipped', ships: { count: 0 }, takes_out: { count: 2 } });
    expect(taken.takes_out.items.map(({ reference }) => reference)).toEqual(['!3', '!2']);
    const again = await shop.deploy('staging', '1.1.0', shop.shas.total, 300);
    await shop.until(3, ['staging live since 1.1.0', 'production never']);
    const brought = await shop.server.client.deploymentChanges(again);
    expect([brought.ships.count, brought.brings_back.count]).toEqual([0, 2]);
  });

  test('are reverted where a commit undoes them', async () => {
    const sha = await shop.repository.commit(`Revert "Take cards"\n\nThis reverts commit ${shop.shas.cards}.`);
    const deployment = await shop.deploy('staging', '1.2.0', sha, 360);
    const reverted = await shop.until(1, ['staging reverted since 1.0.0', 'production live since 1.0.0']);
    expect(reverted.ladder[0]?.gone).toMatchObject({ deployment });
    expect((await shop.server.client.deploymentChanges(deployment)).reverted.items).toMatchObject([
      { reference: '!1' },
    ]);
  });

  test('need no repository to be asked for: the answer says what one would add', async () => {
    await shop.server.client.record(report({ service: 'plain' }));
    const nothing = { state: 'none', reason: expect.stringContaining('Connecting one shows') };
    const { client } = shop.server;
    expect(await client.changes({ project: 'plain' })).toMatchObject({ items: [], repository: nothing });
    expect(await client.waitingChanges({ project: 'plain' })).toMatchObject({ items: [], repository: nothing });
    expect(await client.behind({ project: 'plain' })).toMatchObject({ items: [], repository: nothing });
  });

  test('of a private project are nobody’s who is not a member of it', async () => {
    const stranger = await person(shop.server, `stranger-${name}`);
    const member = await person(shop.server, `member-${name}`);
    await join(shop.server, 'project', cart, member, 'reporter');
    const hide = (visibility: string) =>
      ask(shop.server, `PUT /api/v4/projects/${encodeURIComponent(cart)}`, { body: { visibility } });
    expect((await hide('private')).status).toBe(200);
    const [outside, inside] = [shop.server.clientOf(stranger.token), shop.server.clientOf(member.token)];
    expect((await inside.changes({ project: cart })).items).toHaveLength(3);
    expect((await inside.waitingChanges()).total).toBeGreaterThan(0);
    expect((await outside.changes({ search: 'PAY-311' })).items.map(({ project }) => project)).toEqual(['odd']);
    expect((await outside.waitingChanges()).items).toEqual([]);
    for (const path of [`changes?project=${cart}`, `changes/1?project=${cart}`, `changes/waiting?project=${cart}`]) {
      const answer = await ask(shop.server, `GET /api/${path}`, { token: stranger.token });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    await hide('internal');
  });

  test('are found by the same words where they wait as in the list, in whatever letters', async () => {
    const sha = await shop.repository.commit('Ändere Preise (#4)');
    await shop.deploy('staging', '1.3.0', sha, 420);
    await shop.until(4, ['staging live since 1.3.0', 'production never']);
    const { client } = shop.server;
    for (const search of ['Ändere', 'ändere', 'ÄNDERE', 'preise']) {
      const query = { project: cart, search };
      const [listed, waiting] = await Promise.all([client.changes(query), client.waitingChanges(query)]);
      const [inList, inWait] = [listed, waiting].map(({ items }) => items.map(({ reference }) => reference));
      expect([search, inWait]).toEqual([search, inList]);
    }
  });
});
