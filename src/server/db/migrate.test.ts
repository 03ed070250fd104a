import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { databases } from '../../../test/support/databases.ts';
import { report } from '../../../test/support/factories.ts';
import { startTestServer } from '../../../test/support/server.ts';
import { rebuild } from '../log/rebuild.ts';
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

  test('find the promotions that a log of before tells of, as making all anew does', async () => {
    await using server = await startTestServer({ database: name });
    const { database } = server.context;
    const tell = (project: string, environment: string, parents: string[], status: 'in-progress' | 'success') => {
      const event = { ...report({ service: project, environment, deployment_id: '7', status }) };
      return server.client.record({ ...event, parent_deployments: parents });
    };
    await tell('one', 'dev', [], 'success');
    await tell('one', 'qa', ['7'], 'in-progress');
    await tell('one', 'qa', ['7', 'other'], 'success');
    await tell('two', 'qa', ['7'], 'success');
    const promotions = async () => {
      const rows = await database.read.selectFrom('promotions').selectAll().execute();
      return rows.map((row) => [row.parent_key, row.project_id, row.deployment_id].join(' ')).sort();
    };
    const told = await promotions();
    expect(told).toHaveLength(3);
    const number = migrations.findIndex((each) => each.name === '0006-follow-promotions') + 1;
    await database.transaction(async (tx) => {
      await sql`drop table promotions`.execute(tx);
      await sql`delete from schema_migrations where number >= ${number}`.execute(tx);
    });
    expect(await migrate(database, migrations.slice(0, number))).toEqual(['0006-follow-promotions']);
    expect(await promotions()).toEqual(told);
    await rebuild(database);
    expect(await promotions()).toEqual(told);
  });

  test('find what waits where, as a log of before tells, as making all anew does', async () => {
    await using server = await startTestServer({ database: name });
    const { database } = server.context;
    for (const environment of ['qa', 'production'])
      for (const status of ['success', 'waiting']) await server.client.record(report({ environment, status }));
    const waits = () => database.read.selectFrom('waits').selectAll().orderBy('position').execute();
    const told = await waits();
    expect(new Set(told.map(({ environment_id }) => environment_id)).size).toBe(2);
    const number = migrations.findIndex((each) => each.name === '0007-find-what-waits') + 1;
    await database.transaction(async (tx) => {
      await sql`drop index waits_environment`.execute(tx);
      await sql`alter table waits drop column environment_id`.execute(tx);
      await sql`delete from schema_migrations where number >= ${number}`.execute(tx);
    });
    expect(await migrate(database, migrations.slice(0, number))).toEqual(['0007-find-what-waits']);
    expect(await waits()).toEqual(told);
    await rebuild(database);
    expect(await waits()).toEqual(told);
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
