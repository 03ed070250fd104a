import { describe, expect, test } from 'vitest';
import { loadConfig } from './config.ts';

describe('SHIPLOG_RATE_LIMIT', () => {
  const limitOf = (text: string) => loadConfig({}, { SHIPLOG_RATE_LIMIT: text }).rateLimit;

  test('is writes a minute, off for none, and 6000 where it is not set', () => {
    expect([limitOf('off'), limitOf('1'), limitOf('250'), limitOf('')]).toEqual([undefined, 1, 250, 6000]);
    expect(loadConfig({}, {}).rateLimit).toBe(6000);
  });

  test('gives way to the flag', () => {
    expect(loadConfig({ rateLimit: 'off' }, { SHIPLOG_RATE_LIMIT: '5' }).rateLimit).toBeUndefined();
  });

  test.each(['0', '-1', '1.5', 'none', 'OFF', '1000001'])('is refused as %s, by name', (text) => {
    expect(() => limitOf(text)).toThrow(
      `SHIPLOG_RATE_LIMIT: expected writes per minute, 1 to 1000000, or off, not "${text}"`,
    );
  });
});
