import { expect, test } from 'vitest';
import { formatAge, formatDuration } from './time-format.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [0, '0s'],
  [12 * second, '12s'],
  [3 * minute + 12 * second, '3m 12s'],
  [3 * minute, '3m'],
  [2 * hour + 30 * second, '2h'],
  [26 * hour, '1d 2h'],
])('%i ms took %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([
  [59 * second, 'just now'],
  [4 * minute, '4m ago'],
  [23 * hour, '23h ago'],
  [12 * day, '12d ago'],
  [60 * day, '8w ago'],
  [-5 * minute, 'in 5m'],
  [-100 * day, 'in 14w'],
])('%i ms ago is %s', (age, text) => {
  expect(formatAge(1_800_000_000_000 - age, 1_800_000_000_000)).toBe(text);
});
