import { KeptRowsStore } from '../features/retention/kept-rows-store.ts';
import { RetentionService } from '../features/retention/retention-service.ts';
import { RetentionStore } from '../features/retention/retention-store.ts';
import type { Base } from './log-wiring.ts';

/** How long things are kept. */
export function wireRetention({ database, clock }: Pick<Base, 'database' | 'clock'>): RetentionService {
  return new RetentionService(new RetentionStore(database), new KeptRowsStore(database), clock);
}
