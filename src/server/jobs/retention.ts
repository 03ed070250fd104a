import type { Job } from './job-runner.ts';

const hourMs = 3_600_000;
/** Long enough for a pipeline that is run again after a week. */
const idempotencyKeyLifeMs = 7 * 24 * hourMs;

/** Takes out what has served its time. */
export const retentionJobs: readonly Job[] = [
  {
    name: 'delete-old-idempotency-keys',
    everyMs: hourMs,
    run: async (database, now) => {
      await database.transaction((tx) =>
        tx
          .deleteFrom('idempotency_keys')
          .where('created_at', '<', now - idempotencyKeyLifeMs)
          .execute(),
      );
    },
  },
  {
    name: 'delete-expired-sessions',
    everyMs: hourMs,
    run: async (database, now) => {
      await database.transaction((tx) => tx.deleteFrom('sessions').where('expires_at', '<=', now).execute());
    },
  },
];
