import { expect, test } from 'vitest';
import { fitsPattern, readRef } from './ref-pattern.ts';

test.each([
  ['main', 'main', true],
  ['main', 'mainline', false],
  ['*', 'main', true],
  ['*', 'feature/x', false],
  ['feature/*', 'feature/x', true],
  ['feature/*', 'feature/x/y', false],
  ['feature/*', 'feature/', true],
  ['feature/**/*', 'feature/x/y/z', true],
  ['feature/**/*', 'feature/x', true],
  ['**/fix', 'fix', true],
  ['**/fix', 'a/b/fix', true],
  ['**/fix', 'a/b/fixed', false],
  ['a/**/b/**/c', 'a/x/b/y/z/c', true],
  ['a/**/b/**/c', 'a/x/y/z/c', false],
  ['**', 'a/b', false],
  ['v?.?', 'v1.2', true],
  ['v?.?', 'v1.20', false],
  ['v?/x', 'v//x', false],
  ['release-*-rc*', 'release-1-rc2', true],
  ['\\*', '*', true],
  ['\\*', 'x', false],
  ['a.c', 'abc', false],
  ['\u{1f680}?', '\u{1f680}\u{1f680}', true],
])('whether the pattern %s fits %s: %s', (pattern, name, fits) => {
  expect(fitsPattern(pattern, name)).toBe(fits);
});

test('a hostile pattern takes no longer than its length', () => {
  const began = performance.now();
  expect(fitsPattern(`${'*a'.repeat(127)}b`, 'a'.repeat(255))).toBe(false);
  expect(fitsPattern(`${'**/'.repeat(80)}b`, 'a/'.repeat(127))).toBe(false);
  expect(performance.now() - began).toBeLessThan(500);
});

test('a ref tells its kind where it is whole', () => {
  expect([readRef('refs/heads/a/b'), readRef('refs/tags/v1'), readRef('main')]).toEqual([
    { name: 'a/b', kind: 'branch' },
    { name: 'v1', kind: 'tag' },
    { name: 'main', kind: undefined },
  ]);
});
