import { expect, test } from 'vitest';
import { shortVersion } from './short-version.ts';

test.each([
  ['a version', { version: '1.8.2', sha: 'a91957a8c0ffee' }, '1.8.2'],
  ['else the beginning of a sha', { sha: 'a91957a8c0ffee', ref: 'main' }, 'a91957a'],
  ['else a ref', { ref: 'main', run_number: 7 }, 'main'],
  ['else a run', { run_number: 7 }, 'run 7'],
  ['nothing', {}, 'no version'],
  ['in one line', { version: 'a\nb\tc' }, 'a\\nb\\u0009c'],
  ['with what turns a text written out', { version: '1\u202e2' }, '1\\u202e2'],
])('a deployment is called by %s', (_, deployment, called) => {
  expect(shortVersion(deployment)).toBe(called);
});
