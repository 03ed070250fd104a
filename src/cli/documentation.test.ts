import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runShiplog } from '../../test/support/run-shiplog.ts';
import { exitCodes } from './exit-codes.ts';
import { ciTools } from './record/ci-tools.ts';

const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');

describe('docs/cli.md', () => {
  it('lists the commands that the help lists', async () => {
    const { stdout } = await runShiplog(['--help']);
    const helped = [...stdout.matchAll(/^ {2}([a-z]+) {2,}[A-Z]/gm)].map(([, name]) => name);
    const documented = [...page.matchAll(/^\| `([a-z]+)` \| /gm)].map(([, name]) => name);
    expect(documented.toSorted()).toEqual(helped.toSorted());
    expect(documented.length).toBeGreaterThan(10);
  });

  it('lists every exit code', () => {
    const documented = [...page.matchAll(/^\| (\d) \| /gm)].map(([, code]) => Number(code));
    expect(documented).toEqual(Object.values(exitCodes));
  });

  it('names every CI tool that is recognised', () => {
    for (const { title } of ciTools) expect(page).toContain(`| ${title} |`);
  });
});

describe('the help', () => {
  it('of every command has examples and says what it is for', async () => {
    const { stdout } = await runShiplog([]);
    const names = [...stdout.matchAll(/^ {2}([a-z]+) {2,}[A-Z]/gm)].flatMap(([, name]) => name ?? []);
    for (const name of names.filter((command) => command !== 'version')) {
      const help = await runShiplog(['help', name]);
      expect(help.code, name).toBe(0);
      expect(help.stdout, name).toMatch(/\nExamples:\n {2}\$ (?:.* )?shiplog /);
      expect(help.stdout, name).toContain('--json');
    }
  });
});
