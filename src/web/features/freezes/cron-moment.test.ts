import { describe, expect, test } from 'vitest';
import { periodText, readCron, writeCron } from './cron-moment.ts';

describe('cron lines in words', () => {
  test.each([
    ['0 18 * * 5', '0 7 * * 1', 'Fri 18:00 → Mon 07:00'],
    ['0 18 * * fri', '5 7 * * 7', 'Fri 18:00 → Sun 07:05'],
    ['30 22 * * *', '0 6 * * *', 'Every day 22:30 → 06:00'],
    ['0 0 24 12 *', '0 7 2 1 *', '24 Dec 00:00 → 2 Jan 07:00'],
    ['0  0 29 2 *', '0 7 * * *', '29 Feb 00:00 → 07:00'],
  ])('%s to %s is %s', (start, end, words) => {
    expect(periodText(start, end)).toBe(words);
  });

  test.each([
    '*/30 9 * * *',
    '0 18 * * 1-5',
    '0 0 1 * *',
    '0 0 30 2 *',
    '60 0 * * *',
    '0 24 * * *',
    '0 0 1 13 *',
    '0 0 1 1 1',
    'nonsense',
    '',
  ])('%s is shown as it is', (line) => {
    expect(periodText(line, '0 7 * * 1')).toBeUndefined();
  });

  test.each(['0 18 * * 5', '30 22 * * *', '0 0 24 12 *'])('%s is written as it was read', (line) => {
    const moment = readCron(line) ?? expect.fail('it can be read');
    expect(writeCron(moment)).toBe(line);
  });
});
