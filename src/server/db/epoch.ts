import { randomInt } from 'node:crypto';

/** Names one log for good: numbers of another log, or of this one before a restore, mean something else. */
export function newEpoch(): number {
  return randomInt(2 ** 47);
}
