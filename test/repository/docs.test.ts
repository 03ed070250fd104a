import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { auditActions } from '../../src/contract/audit-actions.ts';
import { type Config, settings } from '../../src/server/config.ts';
import { errorCodes } from '../../src/server/errors.ts';

const doc = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

describe('docs/settings.md', () => {
  test('lists exactly the settings of the server, as they are', () => {
    const documented = doc('settings.md').match(/^\| `--.*$/gm);
    const rows = settings.map(({ flag, value, variable, fallback, description }) => {
      const option = value === undefined ? flag : `${flag} ${value}`;
      return `| \`${option}\` | \`${variable}\` | ${fallback === undefined ? 'none' : `\`${fallback}\``} | ${description} |`;
    });
    expect(documented).toEqual(rows);
  });

  test('has one row for each key of the configuration', () => {
    // Does not compile while a key is missing here.
    const keys = {
      host: true,
      port: true,
      dataDir: true,
      databaseUrl: true,
      publicRead: true,
      adminToken: true,
      rateLimit: true,
      publicUrl: true,
      trustProxy: true,
      logLevel: true,
      drainMs: true,
      webhookAllowedHosts: true,
      secretKey: true,
      inactivateProduction: true,
      deployContexts: true,
      gitProgram: true,
      repositoryPaths: true,
      repositoryIntervalMs: true,
      repositoryLimitMs: true,
      repositoryLimitMib: true,
    } satisfies Record<keyof Config, true>;
    expect(settings.map(({ key }) => key).sort()).toEqual(Object.keys(keys).sort());
  });
});

describe('docs/errors.md', () => {
  const sections = [...doc('errors.md').matchAll(/^### (\w+)\n\n(\d+) · (.+)\n\n(\S.*)$/gm)];

  test('explains exactly the codes that exist, with their status and title', () => {
    const documented = sections.map(([, code, status, title]) => [code, { status: Number(status), title }]);
    expect(Object.fromEntries(documented)).toEqual(errorCodes);
  });

  test('explains no code twice', () => {
    const headings = doc('errors.md').match(/^### .*$/gm) ?? [];
    expect(headings).toHaveLength(Object.keys(errorCodes).length);
  });
});

describe('docs/audit.md', () => {
  const actions = [...doc('audit.md').matchAll(/^\| [^|]+ \| (`\w+_\w+`.*) \|$/gm)].flatMap(([, list = '']) =>
    list.split(', ').map((each) => each.slice(1, -1)),
  );

  test('lists exactly the actions that there are, each once', () => {
    expect(actions.toSorted()).toEqual(auditActions.toSorted());
  });

  test('lists none that no part of the server writes down', () => {
    const folder = new URL('../../src/server/', import.meta.url);
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /(?<!\.test)\.ts$/.test(path),
    );
    const text = sources.map((path) => readFileSync(new URL(path, folder), 'utf8')).join('\n');
    expect(auditActions.filter((action) => !text.includes(`'${action}'`))).toEqual([]);
  });
});

describe('ARCHITECTURE.md', () => {
  const root = new URL('../../', import.meta.url);
  const text = readFileSync(new URL('ARCHITECTURE.md', root), 'utf8');
  const foldersOf = (path: string) =>
    readdirSync(new URL(path, root), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? entry.name : [],
    );

  test('names each feature of the server, and no other', () => {
    const [, table = ''] = /^## The features\n([\s\S]*?)^## /m.exec(text) ?? [];
    const named = [...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) => cell.match(/[\w-]+/g) ?? []);
    expect(named.sort()).toEqual(foldersOf('src/server/features').sort());
  });

  test.each(['src/server', 'test'])('draws each folder of %s', (path) => {
    const [, tree = ''] = /^```\n([\s\S]*?)^```/m.exec(text) ?? [];
    const known = new Set([...tree.matchAll(/([\w-]+)\//g)].map(([, name]) => name));
    expect(foldersOf(path).filter((name) => !known.has(name))).toEqual([]);
  });
});
