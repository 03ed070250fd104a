import { expect, test } from 'vitest';
import { linesOf } from './lines.ts';

async function* pieces(...texts: readonly (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  yield* texts;
}

async function read(...texts: readonly (string | Uint8Array)[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(pieces(...texts))) lines.push(line);
  return lines;
}

test('lines end at line feeds, wherever the pieces end', async () => {
  expect(await read('a\nb', 'c\r\n\n', 'd')).toEqual(['a', 'bc', '', 'd']);
  expect(await read('a\n')).toEqual(['a']);
  expect(await read()).toEqual([]);
});

test('separators that JSON text may hold are no ends of lines', async () => {
  expect(await read('"a\u2028b\u2029c\u0085d"\n')).toEqual(['"a\u2028b\u2029c\u0085d"']);
});

test('a character may be cut in two by the end of a piece', async () => {
  const bytes = new TextEncoder().encode('🚢\n');
  expect(await read(bytes.subarray(0, 2), bytes.subarray(2))).toEqual(['🚢']);
});
