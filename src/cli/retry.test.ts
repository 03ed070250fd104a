import { describe, expect, it } from 'vitest';
import { ShiplogError, UnreachableError } from '../client/shiplog-error.ts';
import { retry } from './retry.ts';

/** A clock that only a pause moves on. */
function pretendTime(random = 0.5) {
  let time = 0;
  const pauses: number[] = [];
  const pause = (ms: number) => {
    pauses.push(ms);
    time += ms;
    return Promise.resolve();
  };
  return { pauses, options: { deadlineAt: 10_000, now: () => time, random: () => random, pause } };
}

const away = () => Promise.reject(new UnreachableError('http://x', new Error('ECONNREFUSED')));

describe('trying again', () => {
  it('ends with the first success', async () => {
    const { options, pauses } = pretendTime();
    let left = 3;
    expect(await retry(() => (--left > 0 ? away() : Promise.resolve('done')), options)).toBe('done');
    expect(pauses).toEqual([125, 250]);
  });

  it('waits longer each time, up to five seconds, until the deadline', async () => {
    const { options, pauses } = pretendTime(1);
    await expect(retry(away, options)).rejects.toThrow('ECONNREFUSED');
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000]);
  });

  it('waits as long as the server asks', async () => {
    const { options, pauses } = pretendTime();
    const busy = new ShiplogError(429, undefined, 3000);
    let calls = 0;
    await retry(() => (calls++ === 0 ? Promise.reject(busy) : Promise.resolve()), options);
    expect(pauses).toEqual([3000]);
  });

  it('does not wait for longer than there is time', async () => {
    const { options, pauses } = pretendTime();
    await expect(retry(() => Promise.reject(new ShiplogError(503, undefined, 60_000)), options)).rejects.toThrow('503');
    expect(pauses).toEqual([]);
  });

  it('accepts a refusal at once', async () => {
    const { options, pauses } = pretendTime();
    await expect(retry(() => Promise.reject(new ShiplogError(422, undefined, undefined)), options)).rejects.toThrow(
      '422',
    );
    expect(pauses).toEqual([]);
  });
});
