import { expect, test } from 'vitest';
import type { InboxItem } from '../../../contract/approvals.ts';
import { effectText, isOlder } from './effect-text.ts';

const deployment = { environment: 'production' } as InboxItem['deployment']; // all that the words need
const replaces = { deployment: 7, environment: 'production', version: '6.31.0', ref: null, sha: null, at: '' };
const none = { commits: 0, changes: 0 };

test.each([
  ['brings changes', { commits: 5, changes: 3 }, none, 'Ships 3 changes, replaces 6.31.0'],
  ['brings commits alone', { commits: 1, changes: 0 }, none, 'Ships 1 commit, replaces 6.31.0'],
  [
    'is of another branch',
    { commits: 5, changes: 1 },
    { commits: 2, changes: 0 },
    'Ships 1 change, takes out 2 commits, replaces 6.31.0',
  ],
  ['is older', none, { commits: 5, changes: 3 }, 'Takes out 3 changes: older than 6.31.0, which runs there'],
  ['is the same', none, none, 'Ships nothing new: 6.31.0, which runs there, has the same commits'],
  ['is of no known commit', null, null, 'Replaces 6.31.0'],
])('what waits %s', (_, brings, takesOut, text) => {
  const item = { deployment, replaces, brings, takes_out: takesOut };
  expect(effectText(item)).toBe(text);
  expect(isOlder(item)).toBe(text.includes('older'));
});

test('what waits where nothing runs is the first', () => {
  const item = { deployment, replaces: null, brings: null, takes_out: null };
  expect(effectText(item)).toBe('Would be the first in production');
});
