import { expect, test } from 'vitest';
import { pollUnlessLong } from './poll-unless-long.ts';

const paged = (pages: number) => ({ state: { data: { pages: Array.from({ length: pages }) } } });

test('a list is asked for anew by the clock until many of its pages are shown', () => {
  expect(pollUnlessLong({ state: { data: undefined } }, 1500)).toBe(1500);
  expect([1, 2, 3].map((pages) => pollUnlessLong(paged(pages), 1500))).toEqual([1500, 1500, false]);
});
