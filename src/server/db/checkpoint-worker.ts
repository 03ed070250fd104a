import { parentPort, workerData } from 'node:worker_threads';
import { SqliteHandle } from './sqlite-driver.ts';

const everyMs = 1000;

const { path } = workerData as { path: string }; // given by SqliteCheckpoints
const handle = new SqliteHandle(path);
const timer = setInterval(() => {
  try {
    // Passive: never makes a reader or writer wait.
    handle.prepare('pragma wal_checkpoint(passive)').all([]);
  } catch {
    // Busy, or the disk is full: the next turn tries again.
  }
}, everyMs);

parentPort?.once('message', () => {
  clearInterval(timer);
  handle.close();
});
