import { describe, expect, test } from 'vitest';
import { compareUrl } from './compare-url.ts';

const from = '0a1b2c3d4e5f';
const to = '9f8e7d6c5b4a';

describe('The address of a diff', () => {
  test.each([
    ['GitHub', 'https://github.com/shop/cart/pull/12', `https://github.com/shop/cart/compare/${from}...${to}`],
    ['Gitea', 'https://git.example/shop/cart/pulls/3', `https://git.example/shop/cart/compare/${from}...${to}`],
    [
      'GitLab, in a group of a group',
      'https://gitlab.example/acme/shop/cart/-/merge_requests/7/diffs',
      `https://gitlab.example/acme/shop/cart/-/compare/${from}...${to}`,
    ],
  ])('is made as %s makes it', (_, changeUrl, expected) => {
    expect(compareUrl(changeUrl, from, to)).toBe(expected);
  });

  test.each([
    ['the address is of no forge that is known', 'https://reviews.example/c/12', to],
    ['the address is not one of the web', 'javascript:alert(1)//x/pull/1', to],
    ['a sha is none', 'https://github.com/shop/cart/pull/12', 'main...evil?x='],
  ])('is not known where %s', (_, changeUrl, sha) => {
    expect(compareUrl(changeUrl, from, sha)).toBeUndefined();
  });
});
