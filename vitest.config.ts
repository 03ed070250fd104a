import { defineConfig } from 'vitest/config';

/** Tests of one database alone; a run whose DATABASES leaves that one out leaves them out too. */
const ofOneDatabase = { sqlite: 'src/server/db/sqlite-*.test.ts', postgres: 'src/server/db/postgres-*.test.ts' };
const wanted = process.env['DATABASES']?.split(',') ?? Object.keys(ofOneDatabase);
const unwanted = Object.entries(ofOneDatabase).filter(([name]) => !wanted.includes(name));

const everyProject = {
  environment: 'node',
  hookTimeout: 60_000,
  teardownTimeout: 20_000,
  // Some tests walk hundreds of histories, and the machine may have other work.
  testTimeout: 60_000,
  expect: { poll: { timeout: 30_000 } },
} as const;

export default defineConfig({
  test: {
    // Starts the PostgreSQL that every test of a database uses; here, not in a project, it runs once for all.
    globalSetup: ['test/support/global-setup.ts'],
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...everyProject,
          name: 'server',
          include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
          exclude: ['test/e2e/**', ...unwanted.map(([, files]) => files)],
        },
      },
      {
        test: {
          ...everyProject,
          name: 'browser',
          include: ['test/e2e/**/*.e2e.test.ts'],
        },
      },
    ],
  },
});
