import { sql } from 'kysely';
import { ShiplogFault } from '../errors.ts';
import type { Database } from './database.ts';
import { type Migration, migrations } from './migrations/migrations.ts';

/**
 * Brings the schema up to date, in one transaction under the log lock, so that any number of processes may start at once.
 * Throws `schema_newer` on a database that a newer version of Shiplog has migrated. Answers the names it applied.
 */
export async function migrate(database: Database, list: readonly Migration[] = migrations): Promise<string[]> {
  return database.logTransaction(async ({ kysely }) => {
    const db = kysely.withTables<{ schema_migrations: { number: number; name: string } }>();
    await sql`create table if not exists schema_migrations (number bigint primary key, name text not null)`.execute(db);
    const applied = await db
      .selectFrom('schema_migrations')
      .select(({ fn }) => fn.max('number').as('last'))
      .executeTakeFirst();
    const last = applied?.last ?? 0;
    if (last > list.length) {
      throw new ShiplogFault(
        'schema_newer',
        `The database has migration ${last}, this version of Shiplog knows ${list.length}: it was used by a newer version. Start that one, or restore a backup.`,
      );
    }
    const due = list.slice(last);
    for (const [index, { name, up }] of due.entries()) {
      await up(kysely, database.columnTypes);
      await db
        .insertInto('schema_migrations')
        .values({ number: last + index + 1, name })
        .execute();
    }
    return due.map(({ name }) => name);
  });
}
