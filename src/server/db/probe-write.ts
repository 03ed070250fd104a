import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Stores next to nothing: a database that answers but cannot store, as on a full disk, is of no use to a log. */
export async function probeWrite(tx: Kysely<Schema>): Promise<void> {
  const probe = { holder: 'probe', lease_until: 0 };
  await tx
    .insertInto('leases')
    .values({ name: 'readiness-probe', ...probe })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(probe))
    .execute();
}
