import { ShiplogError } from '../client/shiplog-error.ts';
import { isTransient } from './failure.ts';

export interface RetryOptions {
  /** No attempt begins after this; the first one always does. */
  readonly deadlineAt: number;
  readonly now: () => number;
  readonly random: () => number;
  readonly pause: (ms: number) => Promise<void>;
  readonly onRetry?: (error: unknown, pauseMs: number) => void;
}

const firstPauseMs = 250;
const longestPauseMs = 5000;
const shortestAttemptMs = 500;

/**
 * Tries until it works, is refused, or the deadline comes. Waits a random share of a doubling pause ("full jitter",
 * Brooker, AWS Architecture Blog 2015), or as long as the server asked. Throws the last error.
 */
export async function retry<T>(attempt: (timeoutMs: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { deadlineAt, now, random, pause, onRetry } = options;
  for (let ceilingMs = firstPauseMs; ; ceilingMs = Math.min(ceilingMs * 2, longestPauseMs)) {
    try {
      return await attempt(Math.max(shortestAttemptMs, deadlineAt - now()));
    } catch (error) {
      if (!isTransient(error)) throw error;
      const asked = error instanceof ShiplogError ? error.retryAfterMs : undefined;
      const pauseMs = asked ?? Math.ceil(random() * ceilingMs);
      if (now() + pauseMs >= deadlineAt) throw error;
      onRetry?.(error, pauseMs);
      await pause(pauseMs);
    }
  }
}
