import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server on which each test makes a database of its own; undefined where DATABASES leaves PostgreSQL out. */
    postgresUrl: string | undefined;
  }
}

/** Brings up PostgreSQL once for the whole run. Without one the run fails: no test of it is skipped in silence. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const narrowed = process.env['DATABASES'];
  if (narrowed) console.warn(`\nDATABASES=${narrowed}: the tests of every other database are left out.\n`);
  if (narrowed && !narrowed.split(',').includes('postgres')) {
    project.provide('postgresUrl', undefined);
    return undefined;
  }
  const given = process.env['TEST_DATABASE_URL'];
  if (given) {
    project.provide('postgresUrl', given);
    return undefined;
  }
  const postgres = await startPostgres();
  project.provide('postgresUrl', postgres.url);
  return () => postgres.stop();
}
