import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { report } from '../../../test/support/factories.ts';
import { limits } from '../../contract/limits.ts';
import { chunkReports } from './chunk-reports.ts';
import { readReports } from './read-reports.ts';

const read = (text: string) => all(readReports({ name: 'test', bytes: undefined, stream: Readable.from([text]) }));

describe('reading reports', () => {
  it('takes one JSON object on each line, with blank lines and Windows line ends', async () => {
    const found = await read('{"a":1}\r\n\n{"a":2}\n');
    expect(found.map(({ place }) => place)).toEqual(['line 1', 'line 3']);
    expect(found.map((item) => item.report)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('takes a JSON array over several lines', async () => {
    const found = await read('\n[\n  {"a":1},\n  {"a":2}\n]\n');
    expect(found.map(({ place }) => place)).toEqual(['item 1', 'item 2']);
  });

  it('names the line that is not JSON', async () => {
    await expect(read('{"a":1}\n{"a":\n')).rejects.toThrow(/^line 2 is not JSON/);
  });

  it('finds nothing in an empty file', async () => {
    expect(await read('')).toEqual([]);
  });
});

describe('chunks', () => {
  const items = (count: number, extra = {}) =>
    Array.from({ length: count }, (_, index) => ({
      report: report(extra),
      place: `line ${index + 1}`,
      bytes: 0,
    }));

  it('hold at most as many reports as asked for', async () => {
    const chunks = await all(chunkReports(items(2500), 1000));
    expect(chunks.map((chunk) => chunk.items.length)).toEqual([1000, 1000, 500]);
    expect(new Set(chunks.map((chunk) => chunk.idempotencyKey)).size).toBe(3);
  });

  it('are never larger than the server takes', async () => {
    const chunks = await all(chunkReports(items(1000, { run_url: `https://ci.example/${'é'.repeat(1900)}` }), 1000));
    expect(chunks.length).toBeGreaterThan(1);
    for (const chunk of chunks) {
      const body = JSON.stringify(chunk.items.map((item) => item.report));
      expect(Buffer.byteLength(body)).toBeLessThan(limits.bodyBytes);
    }
  });

  it('have a key that depends on their content alone', async () => {
    const same = items(3);
    const [first] = await all(chunkReports(same, 1000));
    const [second] = await all(chunkReports(same, 1000));
    expect(first?.idempotencyKey).toBe(second?.idempotencyKey);
  });
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
