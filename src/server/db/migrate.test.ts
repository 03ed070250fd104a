import { describe, expect, test } from 'vitest';
import { databases } from '../../../test/support/databases.ts';
import { report } from '../../../test/support/factories.ts';
import { startTestServer } from '../../../test/support/server.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/migrations.ts';

describe.each(databases)('migrations on $name', ({ name, create }) => {
  test('are applied once, and a second time is nothing', async () => {
    await using database = await create();
    const first = await startTestServer({ database });
    const event = await first.client.record(report());
    expect(await migrate(first.context.database)).toEqual([]);
    await first.stop();
    await using second = await startTestServer({ database });
    expect((await second.client.deployments()).items).toEqual([event]);
  });

  test('are applied whole or not at all', async () => {
    await using server = await startTestServer({ database: name });
    const { database } = server.context;
    const broken = {
      name: '9999-broken',
      up: async () => {
        await database.read.selectFrom('users').selectAll().execute();
        throw new Error('half way');
      },
    };
    await expect(migrate(database, [...migrations, broken])).rejects.toThrow('half way');
    expect(await migrate(database)).toEqual([]);
    await expect(server.client.record(report())).resolves.toBeDefined();
  });
});

test('give every database the same tables and columns', async () => {
  const shapes = await Promise.all(
    databases.map(async ({ name }) => {
      await using server = await startTestServer({ database: name });
      const tables = await server.context.database.read.introspection.getTables();
      return tables.map((table) => `${table.name}: ${table.columns.map((column) => column.name).join(' ')}`).sort();
    }),
  );
  const [first = []] = shapes;
  expect(first.length).toBeGreaterThan(10);
  for (const shape of shapes) expect(shape).toEqual(first);
});
