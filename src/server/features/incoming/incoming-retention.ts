import type { Job } from '../../jobs/job-runner.ts';
import type { IncomingDeliveryStore } from './incoming-delivery-store.ts';
import { mostIncomingOfProject, type Settled } from './incoming-types.ts';

const dayMs = 86_400_000;
const atOnce = 500;

const settled = ['applied', 'failed', 'kept'] as const satisfies readonly Settled[];

/**
 * Forgets webhooks after so many days, by what became of them, asked anew at each run, in small transactions, so that what is
 * recorded meanwhile does not wait long.
 */
export function incomingRetention(
  deliveries: IncomingDeliveryStore,
  keptDays: (state: Settled) => Promise<number>,
): Job {
  return {
    name: 'delete-old-incoming-webhooks',
    everyMs: 3_600_000,
    run: async (now) => {
      for (const state of settled) {
        const before = now - (await keptDays(state)) * dayMs;
        await untilFew(() => deliveries.deleteBefore(state, before, atOnce));
      }
      for (const projectId of await deliveries.crowded(mostIncomingOfProject))
        await untilFew(() => deliveries.deleteBeyond(projectId, mostIncomingOfProject, atOnce));
    },
  };
}

async function untilFew(deleteSome: () => Promise<number>): Promise<void> {
  let deleted: number;
  do {
    deleted = await deleteSome();
  } while (deleted === atOnce);
}
