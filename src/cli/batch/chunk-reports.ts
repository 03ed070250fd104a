import { createHash } from 'node:crypto';
import { limits } from '../../contract/limits.ts';
import type { ReadReport } from './read-reports.ts';

export interface Chunk {
  readonly items: readonly ReadReport[];
  /** Derived from the content: the same chunk sent twice is stored once. */
  readonly idempotencyKey: string;
}

/** Room for what surrounds the reports in the body. */
const bodyBytes = limits.bodyBytes - 1024;

/** Cuts a flow of reports into requests that the server takes. */
export async function* chunkReports(
  reports: AsyncIterable<ReadReport> | Iterable<ReadReport>,
  size: number,
): AsyncGenerator<Chunk> {
  let items: ReadReport[] = [];
  let hash = createHash('sha256');
  let bytes = 0;
  for await (const item of reports) {
    const text = JSON.stringify(item.report);
    const length = Buffer.byteLength(text) + 1;
    if (items.length > 0 && (items.length === size || bytes + length > bodyBytes)) {
      yield { items, idempotencyKey: keyOf(hash) };
      items = [];
      hash = createHash('sha256');
      bytes = 0;
    }
    items.push(item);
    hash.update(text).update('\n');
    bytes += length;
  }
  if (items.length > 0) yield { items, idempotencyKey: keyOf(hash) };
}

function keyOf(hash: ReturnType<typeof createHash>): string {
  return `shiplog-batch-${hash.digest('hex').slice(0, 40)}`;
}
