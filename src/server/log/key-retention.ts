import type { Database } from '../db/database.ts';
import type { Job } from '../jobs/job-runner.ts';

const hourMs = 3_600_000;
/** Long enough for a pipeline that is run again after a week. */
export const keyLifeDays = 7;
const keyLifeMs = keyLifeDays * 24 * hourMs;

/** Forgets idempotency keys that nobody will repeat. */
export function keyRetention(database: Database): Job {
  return {
    name: 'delete-old-idempotency-keys',
    everyMs: hourMs,
    run: async (now) => {
      await database.transaction((tx) =>
        tx
          .deleteFrom('idempotency_keys')
          .where('created_at', '<', now - keyLifeMs)
          .execute(),
      );
    },
  };
}
