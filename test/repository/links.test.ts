import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((page) => page !== '' && existsSync(join(root, page)));

test.each(pages)('%s links and names only what exists', (page) => {
  const text = readFileSync(join(root, page), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  const links = [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map(([, target = '']) => target);
  const files = [...text.matchAll(/`((?:src|test|docs|scripts|bench|bin)\/[\w./-]*)`/g)].map(([, path = '']) => path);
  const missing = [
    ...links.filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(page), target))),
    ...files.filter((path) => !existsSync(join(root, path))),
  ];
  expect(missing).toEqual([]);
});
