import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { jsonInShell, pathInShell, shellWord } from './shell-text.ts';

const texts = ['plain-1.0/path', 'it\'s; $(rm -rf .) `x` \\ "quoted" \\n', 'two words', ''];

describe('text in a shell', () => {
  test.each(texts)('%j is one word of it', (text) => {
    expect(said(shellWord(text))).toBe(text);
  });

  test.each(texts)('%j comes out of JSON in single quotes', (text) => {
    expect(JSON.parse(said(`'${jsonInShell(text)}'`))).toBe(text);
  });

  test.each(texts)('%j as a path means nothing to it, with quotes and without', (text) => {
    expect(decodeURIComponent(said(`x${pathInShell(text)}`))).toBe(`x${text}`);
    expect(decodeURIComponent(said(`"x${pathInShell(text)}"`))).toBe(`x${text}`);
  });
});

/** What a shell makes of an argument. */
function said(argument: string): string {
  return execFileSync('sh', ['-c', `printf %s ${argument}`], { encoding: 'utf8' });
}
