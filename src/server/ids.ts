import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Makes UUIDv7 texts (RFC 9562, section 5.7) that ascend strictly within this process. */
export type IdSource = () => string;

/**
 * rand_a is a counter within the millisecond (RFC 9562, section 6.2, method 1), so two ids made in one millisecond keep
 * their order. A clock that goes back does not take the ids back with it.
 */
export function createIdSource(clock: Clock): IdSource {
  let lastMs = 0;
  let counter = 0;
  let random = randomBytes(8 * 512);
  let offset = 0;
  return () => {
    const now = clock();
    if (now > lastMs) {
      lastMs = now;
      counter = 0;
    } else if (++counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
    if (offset === random.length) {
      random = randomBytes(random.length);
      offset = 0;
    }
    const tail = random.subarray(offset, offset + 8);
    offset += 8;
    tail[0] = ((tail[0] ?? 0) & 0x3f) | 0x80;
    const time = lastMs.toString(16).padStart(12, '0');
    const end = tail.toString('hex');
    const middle = (0x7000 | counter).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8)}-${middle}-${end.slice(0, 4)}-${end.slice(4)}`;
  };
}

/** Names requests in the log and in problems: cheap, different on each node and after each start. */
export function createRequestIdSource(): () => string {
  const start = randomBytes(6).toString('base64url');
  let count = 0;
  return () => {
    count += 1;
    return `${start}-${count.toString(36)}`;
  };
}
