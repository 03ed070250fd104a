import type { Job } from '../../jobs/job-runner.ts';
import type { DeliveryLogStore } from './delivery-log-store.ts';

const dayMs = 86_400_000;
const keptMs = 30 * dayMs;
const atOnce = 500;

/** Forgets deliveries after thirty days, in small transactions, so that what is recorded meanwhile does not wait long. */
export function deliveryRetention(deliveries: DeliveryLogStore): Job {
  return {
    name: 'delete-old-deliveries',
    everyMs: 3_600_000,
    run: async (now) => {
      let deleted: number;
      do {
        deleted = await deliveries.deleteBefore(now - keptMs, atOnce);
      } while (deleted === atOnce);
    },
  };
}
