import type { Config } from './config.ts';
import { type ArchiveProgress, type ArchiveResult, readArchiveInto, writeArchive } from './db/archive.ts';
import type { Database } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open-database.ts';
import { type RebuildProgress, type RebuildResult, rebuild } from './log/rebuild.ts';

type Target = Pick<Config, 'databaseUrl' | 'dataDir'>;

/** Nothing was done: the database could not be opened. `cause` says why. */
export class NotOpened extends Error {}

/** Writes a verified archive of everything. The server may go on running. Throws `conflict` where the file exists. */
export function backup(target: Target, path: string, onProgress: ArchiveProgress = () => {}): Promise<ArchiveResult> {
  return withDatabase(target, (database) => writeArchive(database, path, onProgress));
}

/** Reads an archive into an empty database, which may be of the other kind. */
export function restore(target: Target, path: string, onProgress: ArchiveProgress = () => {}): Promise<ArchiveResult> {
  return withDatabase(target, (database) => readArchiveInto(database, path, onProgress), false);
}

/** Makes all projections anew from the log. A running server waits meanwhile with what it appends. */
export function rebuildProjections(target: Target, onProgress: RebuildProgress = () => {}): Promise<RebuildResult> {
  return withDatabase(target, (database) => rebuild(database, onProgress));
}

async function withDatabase<T>(target: Target, work: (database: Database) => Promise<T>, upToDate = true): Promise<T> {
  const database = await open(target, upToDate);
  try {
    return await work(database);
  } finally {
    await database.stop();
  }
}

async function open(target: Target, upToDate: boolean): Promise<Database> {
  let database: Database | undefined;
  try {
    database = await openDatabase(target);
    if (upToDate) await migrate(database);
    else await database.read.selectNoFrom(({ val }) => val(1).as('one')).execute();
    return database;
  } catch (error) {
    await database?.stop();
    throw new NotOpened('The database could not be opened.', { cause: error });
  }
}
