import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { databases } from './databases.ts';

describe.each(databases)('a test database on $name', ({ name, create }) => {
  test('is empty, its own, and gone afterwards', async () => {
    const first = await create();
    await using second = await create();
    expect(first.dataDir).not.toBe(second.dataDir);
    expect(first.databaseUrl === undefined).toBe(name === 'sqlite');
    if (first.databaseUrl === undefined) return first.drop();
    const client = new pg.Client({ connectionString: first.databaseUrl });
    await client.connect();
    const { rows } = await client.query(
      "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync",
    );
    await client.end();
    expect(rows).toEqual([{ fsync: 'on', sync: 'on' }]);
    await first.drop();
    await expect(new pg.Client({ connectionString: first.databaseUrl }).connect()).rejects.toThrow('does not exist');
  });
});
