import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
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
