import type { ShiplogClient } from '../../client/shiplog-client.ts';
import { ShiplogError } from '../../client/shiplog-error.ts';
import { type RetryOptions, retry } from '../retry.ts';
import type { Chunk } from './chunk-reports.ts';

export interface SendOptions {
  readonly client: ShiplogClient;
  /** How long to go on trying a chunk that gets no answer. */
  readonly patienceMs: number;
  readonly retry: Omit<RetryOptions, 'deadlineAt'>;
  readonly progressReporter: string;
  /** After each chunk: reports stored so far, and the last one's place in its source. */
  readonly onStored?: (stored: number, chunk: Chunk) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Thrown where a chunk was not stored. Everything before it was; nothing of it and after it. */
export class ChunkFailed extends Error {
  readonly stored: number;
  readonly chunk: Chunk;

  constructor(stored: number, chunk: Chunk, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'ChunkFailed';
    this.stored = stored;
    this.chunk = chunk;
  }
}

/** Sends chunk after chunk and answers how many reports were stored. Throws ChunkFailed. */
export async function sendChunks(chunks: AsyncIterable<Chunk>, options: SendOptions): Promise<number> {
  let stored = 0;
  for await (const chunk of chunks) {
    if (options.signal?.aborted) break;
    const reports = chunk.items.map(({ report }) => report);
    const { idempotencyKey } = chunk;
    try {
      await retry(
        () => options.client.recordBatch(reports, { idempotencyKey, progressReporter: options.progressReporter }),
        {
          ...options.retry,
          deadlineAt: options.retry.now() + options.patienceMs,
        },
      );
    } catch (error) {
      throw new ChunkFailed(stored, chunk, error);
    }
    stored += reports.length;
    options.onStored?.(stored, chunk);
  }
  return stored;
}

/** The server's complaints with the places of the source: `/3/status` of a chunk becomes `line 1004: /status`. */
export function complaints({ chunk, cause }: ChunkFailed): string[] {
  const errors = cause instanceof ShiplogError ? (cause.problem?.errors ?? []) : [];
  return errors.map(({ pointer, message }) => {
    const [, index, rest] = /^\/(\d+)(\/.*)?$/.exec(pointer) ?? [];
    const item = index === undefined ? undefined : chunk.items[Number(index)];
    return item ? `${item.place}: ${rest ? `${rest}: ` : ''}${message}` : `${pointer || '/'}: ${message}`;
  });
}
