import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DeploymentReport } from '../../contract/deployment-event.ts';
import type { Environment } from '../terminal.ts';

/** A report with all that sending it again needs, except the token: secrets do not lie about on disks. */
export interface SpooledReport {
  readonly server: string;
  readonly idempotencyKey: string;
  readonly progressReporter: string;
  readonly report: DeploymentReport;
}

export interface SpoolFile extends SpooledReport {
  readonly path: string;
}

/**
 * Reports that could not be delivered, one file each, named so that they sort by age. A file appears under its name
 * only when it is whole and on disk. Any number of processes may add and send at once: a report that two of them send
 * is one event, by its idempotency key.
 */
export class Spool {
  readonly folder: string;
  readonly #now: () => number;

  constructor(folder: string, now: () => number) {
    this.folder = folder;
    this.#now = now;
  }

  /** Keeps a report and answers the file that holds it. */
  async add(entry: SpooledReport): Promise<string> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const name = `${String(this.#now()).padStart(15, '0')}-${randomUUID()}`;
    const unfinished = join(this.folder, `.${name}.tmp`);
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify({ format: 1, ...entry })}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    const path = join(this.folder, `${name}.json`);
    await rename(unfinished, path);
    return path;
  }

  /** What waits, oldest first. A file that is none of ours is moved aside and named in `damaged`. */
  async list(): Promise<{ readonly waiting: readonly SpoolFile[]; readonly damaged: readonly string[] }> {
    const waiting: SpoolFile[] = [];
    const damaged: string[] = [];
    for (const name of await this.#names()) {
      const path = join(this.folder, name);
      const text = await readFile(path, 'utf8').catch(ignoreMissing);
      if (text === undefined) continue; // another process has just sent it
      const entry = parseEntry(text);
      if (entry) waiting.push({ ...entry, path });
      else damaged.push(await this.#moveAside(path));
    }
    return { waiting, damaged };
  }

  async remove({ path }: SpoolFile): Promise<void> {
    await rm(path, { force: true });
  }

  /** Takes a report that will never be accepted out of the queue, but keeps it for a person to look at. */
  refuse({ path }: SpoolFile): Promise<string> {
    return this.#moveAside(path);
  }

  async #names(): Promise<string[]> {
    const names = (await readdir(this.folder).catch(ignoreMissing)) ?? [];
    return names.filter((name) => /^\d{15}-.*\.json$/.test(name)).sort();
  }

  async #moveAside(path: string): Promise<string> {
    const folder = join(this.folder, 'refused');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const target = join(folder, path.slice(this.folder.length + 1));
    await rename(path, target).catch(ignoreMissing);
    return target;
  }
}

/**
 * Where reports wait: the XDG state folder, or its like on Windows. See specifications.freedesktop.org/basedir-spec.
 */
export function spoolFolder(given: string | undefined, environment: Environment): string {
  const named = given || environment['SHIPLOG_SPOOL_DIR'];
  if (named) return resolve(named);
  const state =
    environment['XDG_STATE_HOME'] ||
    environment['LOCALAPPDATA'] ||
    join(environment['HOME'] || homedir(), '.local', 'state');
  return join(state, 'shiplog', 'spool');
}

/** The same report always has the same key, so that sending it twice in whatever way makes one event. */
export function idempotencyKey(report: DeploymentReport): string {
  const sorted = Object.entries(report).sort(([a], [b]) => (a < b ? -1 : 1));
  return `shiplog-cli-${createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 40)}`;
}

function parseEntry(text: string): SpooledReport | undefined {
  try {
    const { format, ...entry } = JSON.parse(text) as SpooledReport & { format?: unknown }; // looked at below
    const whole =
      format === 1 &&
      typeof entry.server === 'string' &&
      typeof entry.idempotencyKey === 'string' &&
      typeof entry.report === 'object';
    return whole ? entry : undefined;
  } catch {
    return undefined;
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
