import { expect, test } from 'vitest';
import { acceptedNativeStatuses, nativeStatuses, statuses, statusOfNative, statusTable } from './statuses.ts';

test('the native API takes the eight words of the event contract', () => {
  expect(acceptedNativeStatuses.toSorted()).toEqual(
    ['pending', 'queued', 'waiting', 'in-progress', 'success', 'failure', 'cancelled', 'rejected'].toSorted(),
  );
});

test('every status has a native word of its own, which leads back to it', () => {
  expect(nativeStatuses.map(statusOfNative)).toEqual(statuses);
  expect(statusOfNative('done')).toBeUndefined();
});

test('every status has a word that GitLab and GitHub know', () => {
  const gitlab = ['created', 'running', 'success', 'failed', 'canceled', 'skipped', 'blocked'];
  const github = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success', 'waiting'];
  for (const status of statuses) {
    expect(gitlab).toContain(statusTable[status].gitlab);
    expect(github).toContain(statusTable[status].github);
  }
});
