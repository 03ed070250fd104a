import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, type TestDatabase } from '../../../test/support/databases.ts';
import { SqliteHandle, sqliteUnavailable } from './sqlite-driver.ts';

describe.each(databases.filter(({ name }) => name === 'sqlite'))('a connection to $name', ({ create }) => {
  let database: TestDatabase;
  let handle: SqliteHandle;
  beforeEach(async () => {
    database = await create();
    handle = new SqliteHandle(join(database.dataDir, 'test.db'));
    handle
      .prepare('create table things (id integer primary key autoincrement, name text, size integer) strict')
      .run([]);
  });
  afterEach(async () => {
    handle.close();
    await database.drop();
  });
  const insert = (...values: unknown[]) => handle.prepare('insert into things (name, size) values (?, ?)').run(values);

  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['busy_timeout', 5000],
  ])('has %s = %s on each open', (pragma, expected) => {
    const again = new SqliteHandle(join(database.dataDir, 'test.db'));
    for (const open of [handle, again])
      expect(Object.values(open.prepare(`pragma ${pragma}`).all([])[0] ?? {})[0]).toBe(expected);
    again.close();
  });

  test('keeps text, whole numbers and null as they are', () => {
    expect(insert('a\u0301🚢', 2 ** 53 - 1)).toEqual({ changes: 1, lastInsertRowid: 1 });
    insert(null, -1);
    expect(handle.prepare('select name, size from things order by id').all([])).toEqual([
      { name: 'a\u0301🚢', size: 2 ** 53 - 1 },
      { name: null, size: -1 },
    ]);
  });

  test.each([
    ['a boolean', true],
    ['a date', new Date()],
    ['undefined', undefined],
    ['an object', {}],
    ['bytes', new Uint8Array(1)],
    ['a big integer', 1n],
  ])('refuses %s, which SQLite would keep as something else or not at all', (_, value) => {
    expect(() => insert('name', value)).toThrow(TypeError);
    expect(() => handle.prepare('select * from things where size = ?').all([value])).toThrow(TypeError);
    expect(handle.prepare('select * from things').all([])).toEqual([]);
  });

  test('refuses a number that is none, and text in a column for numbers', () => {
    expect(() => insert('name', Number.NaN)).toThrow();
    expect(() => insert('name', 'seven')).toThrow();
    expect(handle.prepare('select * from things').all([])).toEqual([]);
  });

  test('takes a busy or broken file for a database that is away, and a mistake of ours for a mistake', async () => {
    const path = join(database.dataDir, 'not-a-database.db');
    await writeFile(path, 'this is text, '.repeat(100));
    expect(sqliteUnavailable(errorOf(() => new SqliteHandle(path)))).toBe(true);
    expect(sqliteUnavailable(errorOf(() => handle.prepare('select * from nothing')))).toBe(false);
  });

  test('can be closed twice', () => {
    handle.close();
    expect(() => handle.close()).not.toThrow();
  });
});

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
