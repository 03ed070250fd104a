import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GitFailure } from './git-failure.ts';

const lookEveryMs = 250;
/** What a file takes at least: many small ones fill a disk, too. */
const blockBytes = 512;

/** Runs `work`, and aborts it with a GitFailure when a folder of objects grows beyond a size. git itself has no such limit. */
export async function withinSize<T>(
  objects: string,
  sizeBytes: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const control = new AbortController();
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    if ((await bytesIn(objects)) > sizeBytes) control.abort(tooLarge(sizeBytes));
    looking = false;
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  try {
    return await work(control.signal);
  } finally {
    clearInterval(timer);
  }
}

/** Throws GitFailure: what came may have come faster than it was looked at. */
export async function refuseTooLarge(objects: string, sizeBytes: number): Promise<void> {
  if ((await bytesIn(objects)) > sizeBytes) throw tooLarge(sizeBytes);
}

/** With what is still under way, and what did not come in packs: plain web servers give one object at a time. */
async function bytesIn(objects: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(objects, { recursive: true }).catch(() => [])) {
    bytes += await stat(join(objects, name)).then(
      (found) => (found.isFile() ? Math.max(found.size, blockBytes) : 0),
      // It was given its name, or removed, since it was listed.
      () => 0,
    );
  }
  return bytes;
}

export async function packCount(folder: string): Promise<number> {
  return (await namesIn(join(folder, 'objects/pack'))).filter((name) => name.endsWith('.pack')).length;
}

/** Names in a folder; none where it is not there. */
export function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

function tooLarge(sizeBytes: number): GitFailure {
  return new GitFailure(
    `The repository, without the contents of its files, is larger than ${Math.round(sizeBytes / 1024 / 1024)} MiB.`,
    { dropsCopy: true, waitMs: 24 * 3_600_000 },
  );
}
