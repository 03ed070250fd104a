import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gitHubRules } from '../support/github-rules.ts';

const doc = readFileSync(new URL('../../docs/github-api.md', import.meta.url), 'utf8');

test('docs/github-api.md lists exactly the paths that are served, with their verbs', () => {
  const rows = [...doc.matchAll(/^\|[^|]*\| `(\/[^`]*)` \| ([A-Z ]+) \|$/gm)];
  const documented = rows.flatMap(([, path = '', verbs = '']) =>
    verbs.split(' ').map((verb) => `${verb} /api/v3${path}`),
  );
  expect(documented.sort()).toEqual(Object.keys(gitHubRules).sort());
});
