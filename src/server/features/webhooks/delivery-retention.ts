import type { Job } from '../../jobs/job-runner.ts';
import type { DeliveryLogStore } from './delivery-log-store.ts';

const dayMs = 86_400_000;
const atOnce = 500;

/**
 * Forgets deliveries after so many days, asked anew at each run, in small transactions, so that what is recorded meanwhile
 * does not wait long.
 */
export function deliveryRetention(deliveries: DeliveryLogStore, keptDays: () => Promise<number>): Job {
  return {
    name: 'delete-old-deliveries',
    everyMs: 3_600_000,
    run: async (now) => {
      const before = now - (await keptDays()) * dayMs;
      let deleted: number;
      do {
        deleted = await deliveries.deleteBefore(before, atOnce);
      } while (deleted === atOnce);
    },
  };
}
