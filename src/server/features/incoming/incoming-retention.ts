import type { Job } from '../../jobs/job-runner.ts';
import type { IncomingDeliveryStore } from './incoming-delivery-store.ts';
import type { Settled } from './incoming-types.ts';

const dayMs = 86_400_000;
const atOnce = 500;

/** How long what is settled can be looked at: what may still be of use stays longer. */
const kept: readonly { readonly states: readonly Settled[]; readonly forMs: number }[] = [
  { states: ['applied'], forMs: 30 * dayMs },
  { states: ['failed', 'kept'], forMs: 90 * dayMs },
];

/** Forgets old webhooks, in small transactions, so that what is recorded meanwhile does not wait long. */
export function incomingRetention(deliveries: IncomingDeliveryStore): Job {
  return {
    name: 'delete-old-incoming-webhooks',
    everyMs: 3_600_000,
    run: async (now) => {
      for (const { states, forMs } of kept) {
        let deleted: number;
        do {
          deleted = await deliveries.deleteBefore(states, now - forMs, atOnce);
        } while (deleted === atOnce);
      }
    },
  };
}
