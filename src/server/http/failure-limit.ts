import type { Clock } from '../clock.ts';
import { ShiplogFault } from '../errors.ts';

const windowMs = 60_000;
const mostKeys = 10_000;

/** Refuses who failed too often within a minute, before it costs anything to find out again. Each node counts for itself. */
export class FailureLimit {
  readonly #most: number;
  readonly #clock: Clock;
  readonly #failures = new Map<string, { count: number; readonly since: number }>();

  constructor(most: number, clock: Clock) {
    this.#most = most;
    this.#clock = clock;
  }

  /** Throws `rate_limited`. */
  refuse(key: string): void {
    const failed = this.#failures.get(key);
    if (!failed || failed.count < this.#most) return;
    const passed = Math.abs(this.#clock() - failed.since);
    if (passed >= windowMs) return;
    const message = `At most ${this.#most} of these may fail a minute. Wait, then try again.`;
    throw new ShiplogFault('rate_limited', message, { retryAfterMs: windowMs - passed });
  }

  count(key: string): void {
    const now = this.#clock();
    const failed = this.#failures.get(key);
    if (failed && Math.abs(now - failed.since) < windowMs) {
      failed.count += 1;
      return;
    }
    if (this.#failures.size >= mostKeys) this.#failures.clear();
    this.#failures.set(key, { count: 1, since: now });
  }
}
