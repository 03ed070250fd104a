import type { GitCall, GitProgram } from './git-program.ts';
import { checkFormat, isSha, objectsOf } from './mirror-refs.ts';

type LocalCall = Pick<GitCall, 'args' | 'input'> & { readonly outputBytes?: number };

/** What patch-ids need of a mirror. */
export interface PatchSource {
  readonly git: GitProgram;
  /** Without reaching the remote. */
  readonly local: (call: LocalCall) => GitCall;
  /** Gets the contents of these from the remote. */
  readonly fetchBlobs: (shas: readonly string[]) => Promise<void>;
}

/** Contents are fetched for so many files in one go, at most: who changes more is told from others by more than a patch. */
const mostBlobs = 5000;
const patchBytes = 256 * 1024 * 1024;
const diffArgs = [
  'diff-tree',
  '--stdin',
  '-r',
  '--root',
  '--no-renames',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
];

/**
 * Commit -> patch-id, as `git patch-id --stable` has it: alike for commits that make the same change elsewhere. Merges,
 * and commits whose contents are too many or not to be had, are left out.
 */
export async function patchIdsOf(source: PatchSource, shas: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { git, local } = source;
  const wanted = await known(source, shas.filter(isSha));
  if (wanted.length === 0) return new Map();
  const blobs = blobsOf(await git.text(local({ args: [...diffArgs, '--raw', '--no-abbrev'], input: lines(wanted) })));
  const few = withinLimit(blobs);
  const missing = await missingOf(source, [...new Set([...few.values()].flat())]);
  if (missing.length > 0) await source.fetchBlobs(missing);
  const still = new Set(await missingOf(source, missing));
  const whole = [...few].filter(([, names]) => !names.some((name) => still.has(name))).map(([sha]) => sha);
  const patches = git.stream(local({ args: [...diffArgs, '-p'], input: lines(whole), outputBytes: patchBytes }));
  const text = await git.text(local({ args: ['patch-id', '--stable'], input: patches }));
  const pairs = text.split('\n').map((line) => line.split(' '));
  return new Map(pairs.flatMap(([id = '', sha = '']) => (isSha(sha) ? [[sha, id] as const] : [])));
}

async function known({ git, local }: PatchSource, shas: readonly string[]): Promise<string[]> {
  const found = objectsOf(await git.text(local({ args: ['cat-file', checkFormat], input: lines(shas) })));
  return found.flatMap((object) => (object?.type === 'commit' ? [object.sha] : []));
}

async function missingOf({ git, local }: PatchSource, blobs: readonly string[]): Promise<string[]> {
  if (blobs.length === 0) return [];
  const found = objectsOf(await git.text(local({ args: ['cat-file', checkFormat], input: lines(blobs) })));
  return blobs.filter((_, index) => found[index] === undefined);
}

/** Commit -> the contents that its files had and have. */
function blobsOf(text: string): Map<string, string[]> {
  const blobs = new Map<string, string[]>();
  let names: string[] = [];
  for (const line of text.split('\n')) {
    if (isSha(line)) {
      names = [];
      blobs.set(line, names);
      continue;
    }
    const [, oldMode, newMode, oldName, newName] = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) /.exec(line) ?? [];
    if (oldName !== undefined && isFile(oldMode)) names.push(oldName);
    if (newName !== undefined && isFile(newMode)) names.push(newName);
  }
  return blobs;
}

/** A file or a link; not a submodule, whose commit lies elsewhere, nor nothing. */
function isFile(mode = ''): boolean {
  return mode.startsWith('100') || mode.startsWith('120');
}

function withinLimit(blobs: ReadonlyMap<string, string[]>): Map<string, string[]> {
  let sum = 0;
  const few = new Map<string, string[]>();
  for (const [sha, names] of blobs) {
    if (sum + names.length > mostBlobs) continue;
    sum += names.length;
    few.set(sha, names);
  }
  return few;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
