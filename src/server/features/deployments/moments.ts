import { limits } from '../../../contract/limits.ts';

/** Why a moment cannot be one that something happened at; undefined where it can. Epoch milliseconds. */
export function momentFault(happenedAt: number, now: number): string | undefined {
  if (happenedAt < 0) return 'must not be before 1970';
  return happenedAt - now > limits.clockSkewRefusedMs ? 'must not be more than 24 hours in the future' : undefined;
}

/** Whether a moment is so far ahead that the clock of whoever told it must be wrong. */
export function isSkewed(happenedAt: number, now: number): boolean {
  return happenedAt - now > limits.clockSkewSilentMs;
}
