import type { Database, LogSession } from '../db/database.ts';
import { newEpoch } from '../db/epoch.ts';
import type { LiveFeed } from './live-feed.ts';
import { headWrite, logStore } from './log-store.ts';

/**
 * Changes of what deployments refer to: projects, environments, groups, members, hooks. They are made under the log lock,
 * so that no event is written by what was true before, and every node notices: the append lane compares places_version in
 * each batch, and the matrix is read anew where the epoch is another.
 */
export class Structure {
  readonly #database: Database;
  readonly #feed: LiveFeed;
  readonly #onChange: () => void;

  /** `onChange` is told after each change made here, for whoever remembers what principals may do. */
  constructor(database: Database, feed: LiveFeed, onChange: () => void) {
    this.#database = database;
    this.#feed = feed;
    this.#onChange = onChange;
  }

  /**
   * Runs `work` in one log transaction. `shown`: names, tiers, visibility or existence of what the matrix shows may be
   * others afterwards, so every reader of it begins anew.
   */
  async change<T>(work: (session: LogSession) => Promise<T>, { shown = false } = {}): Promise<T> {
    const result = await this.#database.logTransaction(async (session) => {
      const answer = await work(session);
      const head = await logStore.head(session);
      await session.kysely
        .updateTable('log_head')
        .set((eb) => ({ places_version: eb('places_version', '+', 1), ...(shown ? { epoch: newEpoch() } : {}) }))
        .execute();
      await session.write([headWrite(head)]);
      return answer;
    });
    this.#feed.wake();
    this.#onChange();
    return result;
  }
}
