import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { type Person, person } from '../../../../test/support/people.ts';
import { cart, type TrackedShop, trackedShop } from '../../../../test/support/tracked-shop.ts';

describe.each(databases)('what the inbox says that a deployment would do, on $name', ({ name }) => {
  let shop: TrackedShop;
  let ann: Person;
  beforeAll(async () => {
    shop = await trackedShop({ database: name });
    ann = await person(shop.server, 'ann');
    for (const path of [cart, 'shop/till']) await protect(path);
  }, 60_000);
  afterAll(() => shop[Symbol.asyncDispose]());

  async function protect(path: string) {
    const [namespace = '', service = ''] = path.split('/');
    if (path !== cart) await shop.server.client.record(report({ namespace, service, environment: 'staging' }));
    for (const environment of ['production', 'canary']) {
      const at = `POST /api/v4/projects/${encodeURIComponent(path)}/protected_environments` as const;
      const approval_rules = [{ user_id: ann.id }];
      const body = { name: environment, deploy_access_levels: [{ access_level: 30 }], approval_rules };
      expect((await ask(shop.server, at, { body })).status).toBe(201);
    }
  }

  async function effectOf(said: Parameters<typeof report>[0]) {
    const sent = report({ namespace: 'shop', service: 'cart', status: 'waiting', ...said });
    const { deployment_number: number } = await shop.server.client.record(sent);
    const { items } = await shop.server.clientOf(ann.token).inbox();
    const item = items.find(({ deployment }) => deployment.deployment_number === number);
    await shop.server.client.decide(number, { decision: 'reject' });
    return item && { replaces: item.replaces?.version ?? null, brings: item.brings, takes_out: item.takes_out };
  }

  test('what it brings, and what it replaces', async () => {
    expect(await effectOf({ version: '1.1.0', sha: shop.shas.total })).toEqual({
      replaces: '1.0.0',
      brings: { commits: 5, changes: 2 },
      takes_out: { commits: 0, changes: 0 },
    });
  });

  test('of one that is older than what runs, what it takes out', async () => {
    expect(await effectOf({ version: '0.9.0', sha: shop.shas.start })).toEqual({
      replaces: '1.0.0',
      brings: { commits: 0, changes: 0 },
      takes_out: { commits: 2, changes: 1 },
    });
  });

  test.each([
    ['whose commit is not known', { version: '9.9.9', sha: 'f'.repeat(40) }, '1.0.0'],
    ['where nothing runs yet', { version: '1.1.0', environment: 'canary' }, null],
    ['of a project without a repository', { version: '1.1.0', service: 'till' }, null],
  ])('of one %s, only what it replaces', async (_, said, replaces) => {
    expect(await effectOf(said)).toEqual({ replaces, brings: null, takes_out: null });
  });
});
