import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gitLabRules } from '../support/gitlab-rules.ts';

const doc = readFileSync(new URL('../../docs/gitlab-api.md', import.meta.url), 'utf8');

/** `/{projects,groups}/:id` stands for both. */
function pathsOf(path: string): string[] {
  const [, start = '', words = '', end = ''] = /^(.*?)\{(.*?)\}(.*)$/.exec(path) ?? [];
  return words === '' ? [path] : words.split(',').map((word) => `${start}${word}${end}`);
}

test('docs/gitlab-api.md lists exactly the paths that are served, with their verbs', () => {
  const rows = [...doc.matchAll(/^\|[^|]*\| `(\/[^`]*)` \| ([A-Z ]+) \|$/gm)];
  const documented = rows.flatMap(([, path = '', verbs = '']) =>
    pathsOf(path).flatMap((each) => verbs.split(' ').map((verb) => `${verb} /api/v4${each}`)),
  );
  expect(documented.sort()).toEqual(Object.keys(gitLabRules).sort());
});
