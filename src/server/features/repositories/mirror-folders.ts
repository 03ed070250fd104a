import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GitFailure } from './git-failure.ts';
import { namesIn } from './mirror-size.ts';
import type { MirrorTarget } from './mirrors.ts';
import { keyFile } from './remote-access.ts';

/** Notes beside the files of git: which commits are no news, of how many then, and which branch HEAD names there. */
const notes = { marks: 'shiplog-indexed', count: 'shiplog-count', head: 'shiplog-head' } as const;
const fingerprintFile = 'shiplog-remote';
/** Folders of what is needed for as long as one call takes. */
const passing = 'shiplog-passing-';

/** Where the mirrors lie on this server. */
export class MirrorFolders {
  readonly #folder: string;
  readonly #fingerprintOf: (target: MirrorTarget) => string;
  readonly #init: (folder: string) => Promise<void>;

  constructor(
    folder: string,
    fingerprintOf: (target: MirrorTarget) => string,
    init: (folder: string) => Promise<void>,
  ) {
    this.#folder = folder;
    this.#fingerprintOf = fingerprintOf;
    this.#init = init;
  }

  /**
   * The folder of a mirror, made where there is none. One of another remote, or of other credentials, is not used: it may
   * hold what these do not show.
   */
  async prepare(target: MirrorTarget): Promise<string> {
    const folder = this.#pathOf(target.id);
    const fingerprint = this.#fingerprintOf(target);
    const known = await readFile(join(folder, fingerprintFile), 'utf8').catch(() => undefined);
    if (known !== fingerprint) {
      await this.remove(target.id);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await this.#init(folder);
      await writeFile(join(folder, fingerprintFile), fingerprint);
    }
    await removeLeftovers(folder);
    return folder;
  }

  /** Runs `work` with a folder for objects that are needed no longer than that. */
  async withPassing<T>(folder: string, work: (objects: string) => Promise<T>): Promise<T> {
    const objects = await mkdtemp(join(folder, passing));
    try {
      return await work(objects);
    } finally {
      await rm(objects, { recursive: true, force: true });
    }
  }

  /** Removes private keys that a server which was killed left behind. At once: no fetch begins meanwhile. */
  removeKeys(): void {
    for (const id of idsOf(existsSync(this.#folder) ? readdirSync(this.#folder) : []))
      rmSync(join(this.#pathOf(id), keyFile), { force: true });
  }

  /** Throws GitFailure where there is none. */
  async of(id: number): Promise<string> {
    const folder = this.#pathOf(id);
    if ((await namesIn(folder)).includes(fingerprintFile)) return folder;
    throw new GitFailure('There is no copy of the repository on this server yet.');
  }

  /** Empty where it was not written yet. */
  read(id: number, note: keyof typeof notes): Promise<string> {
    return readFile(join(this.#pathOf(id), notes[note]), 'utf8').catch(() => '');
  }

  async has(id: number, note: keyof typeof notes): Promise<boolean> {
    return (await namesIn(this.#pathOf(id))).includes(notes[note]);
  }

  async write(id: number, note: keyof typeof notes, text: string): Promise<void> {
    await writeFile(join(await this.of(id), notes[note]), text);
  }

  async remove(id: number): Promise<void> {
    await rm(this.#pathOf(id), { recursive: true, force: true });
  }

  async ids(): Promise<readonly number[]> {
    return idsOf(await namesIn(this.#folder));
  }

  #pathOf(id: number): string {
    return join(this.#folder, `${id}.git`);
  }
}

function idsOf(names: readonly string[]): readonly number[] {
  return names.flatMap((name) => /^(\d{1,15})\.git$/.exec(name)?.[1] ?? []).map(Number);
}

/** Of a git that was killed: nobody else works here. */
async function removeLeftovers(folder: string): Promise<void> {
  const isLeft = (name: string) =>
    name.endsWith('.lock') || name.startsWith(passing) || /^tmp_(?:pack|idx|rev|obj)_/.test(name);
  for (const part of ['.', 'objects/pack', 'refs']) {
    const names = await readdir(join(folder, part), { recursive: part === 'refs' }).catch(() => []);
    for (const name of names.filter(isLeft)) await rm(join(folder, part, name), { force: true, recursive: true });
  }
}
