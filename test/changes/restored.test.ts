import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { backup, restore } from '../../src/server/maintenance.ts';
import { databases } from '../support/databases.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { cart, trackedShop } from '../support/tracked-shop.ts';

const ladders = async ({ client }: TestServer) =>
  Promise.all([1, 2, 3].map(async (number) => (await client.change(cart, number)).ladder));

describe.each(databases)('changes of a restored backup on $name', ({ create }) => {
  test('are where they were, without the repository being read again', async () => {
    await using from = await create();
    await using shop = await trackedShop({ database: from });
    const before = await ladders(shop.server);
    expect(before.flat().some(({ first }) => first !== null)).toBe(true);
    const archive = join(from.dataDir, 'shop.gz');
    await backup(shop.server.config, archive);
    await using to = await create();
    await restore({ dataDir: to.dataDir, databaseUrl: to.databaseUrl }, archive);
    await using restored = await startTestServer({ database: to });
    await vi.waitFor(async () => expect(await ladders(restored)).toEqual(before), { timeout: 30_000, interval: 50 });
  });
});
