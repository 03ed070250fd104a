import { describe, expect, test } from 'vitest';
import { addressOfChange, addressOfRepository, compareUrl } from './compare-url.ts';

const from = '0a1b2c3d4e5f';
const to = '9f8e7d6c5b4a';

function byChange(changeUrl: string, sha: string): string | undefined {
  const address = addressOfChange(changeUrl);
  return address && compareUrl(address, from, sha);
}

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
    expect(byChange(changeUrl, to)).toBe(expected);
  });

  test.each([
    ['the address is of no forge that is known', 'https://reviews.example/c/12', to],
    ['the address is not one of the web', 'javascript:alert(1)//x/pull/1', to],
    ['a sha is none', 'https://github.com/shop/cart/pull/12', 'main...evil?x='],
  ])('is not known where %s', (_, changeUrl, sha) => {
    expect(byChange(changeUrl, sha)).toBeUndefined();
  });

  const github = { kind: 'github', url: 'https://api.github.com', project: 'shop/cart' } as const;
  const gitlab = { kind: 'gitlab', url: 'https://git.example/lab/api/v4', project: 'acme/shop/cart' } as const;
  test.each([
    ['github.com', 'git@github.com:shop/cart.git', github, 'https://github.com/shop/cart/compare/'],
    ['its own remote', 'git@github.com:shop/cart.git', null, 'https://github.com/shop/cart/compare/'],
    ['a remote at gitlab.com', 'https://gitlab.com/a/b/c.git', null, 'https://gitlab.com/a/b/c/-/compare/'],
    ['a GitLab below a path', '/srv/cart', gitlab, 'https://git.example/lab/acme/shop/cart/-/compare/'],
    [
      'an Enterprise Server',
      'https://ghe.example/shop/cart',
      { ...github, url: 'https://ghe.example/api/v3' },
      'https://ghe.example/shop/cart/compare/',
    ],
  ])('is told by a repository at %s', (_, url, forge, expected) => {
    const address = addressOfRepository({ url, forge: forge && { ...forge, hasToken: false, error: null } });
    expect(address && compareUrl(address, from, to)).toBe(`${expected}${from}...${to}`);
  });

  test.each([
    ['a remote of no forge that is known', 'ssh://git@git.example/shop/cart.git', null],
    ['a folder', '/srv/git/cart', null],
    ['an API at an address of its own', '/srv/cart', { ...github, url: 'https://api.git.example' }],
  ])('is not told by %s', (_, url, forge) => {
    expect(addressOfRepository({ url, forge: forge && { ...forge, hasToken: false, error: null } })).toBeUndefined();
  });
});
