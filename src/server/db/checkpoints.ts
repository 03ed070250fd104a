import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Where the built worker lies: beside the built server's chunks, or seen from the sources, as tests run them. */
const workerPaths = ['../checkpoint-worker.js', '../../../dist/cli/checkpoint-worker.js'];

/**
 * Moves the write-ahead log into the database file from a thread of its own, so that no report waits for it. Where the worker
 * is not built, SQLite does it by itself within a commit once the log is long.
 */
export class SqliteCheckpoints {
  readonly #worker: Worker | undefined;

  constructor(path: string) {
    const file = workerPaths
      .map((relative) => fileURLToPath(new URL(relative, import.meta.url)))
      .find((candidate) => existsSync(candidate));
    if (file === undefined) return;
    this.#worker = new Worker(file, { workerData: { path } });
    // The server is well without it.
    this.#worker.on('error', () => {});
    this.#worker.unref();
  }

  /** Waits until the thread has closed its connection. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    if (!worker || worker.threadId === -1) return;
    await new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
      worker.ref();
      worker.postMessage('stop');
    });
  }
}
