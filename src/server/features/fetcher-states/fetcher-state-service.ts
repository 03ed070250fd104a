import type { Clock } from '../../clock.ts';
import { notFound } from '../../errors.ts';
import type { FetcherStateStore } from './fetcher-state-store.ts';

export interface FetcherState {
  readonly adapter: string;
  readonly cursor: string;
  readonly updatedAt: number;
}

/** Where pollers left off: one opaque cursor an adapter, the latest write wins. */
export class FetcherStateService {
  readonly #store: FetcherStateStore;
  readonly #clock: Clock;

  constructor(store: FetcherStateStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Throws `not_found` for an adapter that has kept nothing yet. */
  async get(adapter: string): Promise<FetcherState> {
    const state = await this.#store.get(adapter);
    if (!state) throw notFound('fetcher state');
    return { adapter, cursor: state.cursor, updatedAt: state.updated_at };
  }

  async put(adapter: string, cursor: string): Promise<void> {
    await this.#store.put(adapter, cursor, this.#clock());
  }
}
