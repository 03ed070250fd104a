import { describe, expect, test } from 'vitest';
import { parseFlatSearch, stringifyFlatSearch } from './flat-search.ts';
import { globMatcher } from './glob.ts';
import { safeLink } from './safe-link.ts';
import { formatSlotAddress, parseSlotAddress } from './slot-address.ts';

describe('a slot’s address', () => {
  test.each([
    { service: 'checkout', environment: 'production' },
    { namespace: 'acme', service: 'checkout', environment: 'production' },
    { namespace: 'a/b', service: 'c@d', environment: 'e/f@g %&?' },
  ])('survives the way into a URL and back: %j', (address) => {
    const url = stringifyFlatSearch({ slot: formatSlotAddress(address) });
    expect(parseSlotAddress(String(parseFlatSearch(url)['slot']))).toEqual(address);
  });

  test('that was cut or made up is none', () => {
    for (const text of ['', 'checkout', 'a/b/c@d', '%@x', 'a@']) expect(parseSlotAddress(text)).toBeUndefined();
  });
});

test('the search part of a URL stays readable, and text stays text', () => {
  expect(
    stringifyFlatSearch({ q: 'acme/*', status: ['failure', 'waiting'], slot: 'a/b@c', none: undefined, namespace: '' }),
  ).toBe('?q=acme/*&status=failure&status=waiting&slot=a/b@c&namespace=');
  expect(parseFlatSearch('?q=1.10&status=a&status=b&n=%22x%22')).toEqual({ q: '1.10', status: ['a', 'b'], n: '"x"' });
});

describe('a glob', () => {
  const cart = { namespace: 'acme', service: 'cart-api' };
  test.each([
    ['acme/*', true],
    ['ACME/cart-*', true],
    ['cart-???', true],
    ['cart', false],
    ['other/*', false],
    ['*api', true],
    ['c*t*i', true],
    ['cart-api?', false],
    ['cart.api', false],
  ])('%s', (pattern, fits) => {
    expect(globMatcher(pattern)(cart)).toBe(fits);
  });

  test('of many stars is still quick', () => {
    expect(globMatcher(`${'*a'.repeat(60)}b`)({ service: 'a'.repeat(128) })).toBe(false);
  });
});

test('only http and https are linked', () => {
  expect(safeLink('https://ci.example/1')).toBe('https://ci.example/1');
  for (const address of ['javascript:alert(1)', 'data:text/html,x', '/relative', 'no address', undefined]) {
    expect(safeLink(address)).toBeUndefined();
  }
});
