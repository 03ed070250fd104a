import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';

/** The page's one timer: ticks each second while anybody listens and the page is seen. */
class Ticker {
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #now = Date.now();

  readonly now = (): number => this.#now;

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) this.#start();
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stop();
    };
  };

  #start(): void {
    this.#now = Date.now();
    this.#timer = setInterval(this.#tick, 1000);
    document.addEventListener('visibilitychange', this.#tick);
  }

  #stop(): void {
    clearInterval(this.#timer);
    document.removeEventListener('visibilitychange', this.#tick);
  }

  readonly #tick = (): void => {
    if (document.visibilityState === 'hidden') return;
    this.#now = Date.now();
    for (const listener of this.#listeners) listener();
  };
}

const Context = createContext<Ticker | undefined>(undefined);

export function NowProvider({ children }: { children: ReactNode }) {
  const [ticker] = useState(() => new Ticker());
  return <Context value={ticker}>{children}</Context>;
}

/** What `read` makes of the present moment; renders again only when that changes. */
export function useNow<T extends string | number | boolean>(read: (now: number) => T): T {
  const ticker = useContext(Context);
  if (!ticker) throw new Error('NowProvider is missing.');
  return useSyncExternalStore(ticker.subscribe, () => read(ticker.now()));
}

export const wholeMinute = (now: number): number => now - (now % 60_000);
