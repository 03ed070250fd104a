import { defineConfig } from 'vitest/config';

const everyProject = {
  environment: 'node',
  hookTimeout: 60_000,
  teardownTimeout: 20_000,
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
          exclude: ['test/e2e/**'],
          // Some tests walk hundreds of histories, and the machine may have other work.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...everyProject,
          name: 'browser',
          include: ['test/e2e/**/*.e2e.test.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
