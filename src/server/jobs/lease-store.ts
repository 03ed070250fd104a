import type { Database } from '../db/database.ts';

/** Who may do what only one node does at a time, and until when. */
export class LeaseStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Takes the lease unless somebody, the same holder included, has it beyond `now`. Answers whether it was taken. */
  async take(name: string, holder: string, now: number, until: number): Promise<boolean> {
    const lease = { holder, lease_until: until };
    return this.#database.transaction(async (tx) => {
      const taken = await tx
        .insertInto('leases')
        .values({ name, ...lease })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(lease).where('leases.lease_until', '<=', now))
        .returning('name')
        .execute();
      return taken.length > 0;
    });
  }

  /** Lets go of a lease before it ends, unless somebody else has it by now. */
  async release(name: string, holder: string): Promise<void> {
    await this.#database.transaction((tx) =>
      tx.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute(),
    );
  }
}
