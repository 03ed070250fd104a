import type { Job } from '../../jobs/job-runner.ts';
import type { IncomingDeliveryStore } from './incoming-delivery-store.ts';
import type { Settled } from './incoming-types.ts';

const dayMs = 86_400_000;
const atOnce = 500;

/** How long what is settled can be looked at: what may still be of use stays longer. */
const kept: readonly { readonly state: Settled; readonly forMs: number }[] = [
  { state: 'applied', forMs: 30 * dayMs },
  { state: 'failed', forMs: 90 * dayMs },
  { state: 'kept', forMs: 90 * dayMs },
];
/** Of one project, whatever their age: each may be as large as 1 MiB. */
const mostOfProject = 1000;

/** Forgets old webhooks, in small transactions, so that what is recorded meanwhile does not wait long. */
export function incomingRetention(deliveries: IncomingDeliveryStore): Job {
  return {
    name: 'delete-old-incoming-webhooks',
    everyMs: 3_600_000,
    run: async (now) => {
      for (const { state, forMs } of kept) await untilFew(() => deliveries.deleteBefore(state, now - forMs, atOnce));
      for (const projectId of await deliveries.crowded(mostOfProject))
        await untilFew(() => deliveries.deleteBeyond(projectId, mostOfProject, atOnce));
    },
  };
}

async function untilFew(deleteSome: () => Promise<number>): Promise<void> {
  let deleted: number;
  do {
    deleted = await deleteSome();
  } while (deleted === atOnce);
}
