import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Database } from './database.ts';

/**
 * Opens the database the configuration names. The only place that asks which one it is; each driver loads when needed.
 */
export async function openDatabase({
  databaseUrl,
  dataDir,
}: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<Database> {
  if (databaseUrl !== undefined) {
    const { openPostgres } = await import('./postgres-database.ts');
    return openPostgres(databaseUrl);
  }
  const { openSqlite } = await import('./sqlite-database.ts');
  return openSqlite(sqliteFile(dataDir));
}

/** Where everything is where no PostgreSQL is named. */
export function sqliteFile(dataDir: string): string {
  return join(dataDir, 'shiplog.db');
}
