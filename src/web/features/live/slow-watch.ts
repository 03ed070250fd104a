import type { QueryCache } from '@tanstack/react-query';

/** A reader begins to wonder. */
const slowAfterMs = 3000;

/** Whether an answer is long in coming, as state outside of React. */
export class SlowWatch {
  readonly #cache: QueryCache;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #late = new Set<string>();

  constructor(cache: QueryCache) {
    this.#cache = cache;
  }

  readonly isSlow = (): boolean => this.#late.size > 0;

  readonly watch = (onChange: () => void): (() => void) => {
    const done = (hash: string) => {
      clearTimeout(this.#timers.get(hash));
      this.#timers.delete(hash);
      if (this.#late.delete(hash)) onChange();
    };
    const stop = this.#cache.subscribe(({ type, query: { queryHash: hash, state } }) => {
      if (type === 'removed' || state.fetchStatus !== 'fetching') return done(hash);
      if (this.#timers.has(hash)) return;
      const late = () => {
        this.#late.add(hash);
        onChange();
      };
      this.#timers.set(hash, setTimeout(late, slowAfterMs));
    });
    return () => {
      stop();
      for (const hash of [...this.#timers.keys()]) done(hash);
    };
  };
}
