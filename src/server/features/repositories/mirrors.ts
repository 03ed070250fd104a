import { basename, join } from 'node:path';
import { GitFailure } from './git-failure.ts';
import type { GitCall, GitProgram } from './git-program.ts';
import { commitFormat, commitsOf, linesOf } from './mirror-commits.ts';
import { MirrorFolders } from './mirror-folders.ts';
import { patchIdsOf } from './mirror-patches.ts';
import { checkFormat, headOf, isSame, isSha, objectsOf, refFormat, refsOf } from './mirror-refs.ts';
import { packCount, refuseTooLarge, withinSize } from './mirror-size.ts';
import type { RemoteAccess, RemoteCall } from './remote-access.ts';

export interface MirrorTarget {
  readonly id: number;
  readonly url: string;
  readonly username: string | null;
  readonly secret: string | null;
}

export interface MirrorState {
  readonly defaultBranch: string | null;
  /** Whether the remote's own history has an end before its first commit. */
  readonly isShallow: boolean;
  /** Name -> the commit that it leads to. */
  readonly tags: ReadonlyMap<string, string>;
}

export interface RawCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly author: string;
  /** Epoch milliseconds. */
  readonly authoredAt: number;
  readonly committedAt: number;
  /** Cut at 64 KiB. */
  readonly message: string;
}

interface Exchange extends Pick<GitCall, 'args' | 'config'> {
  readonly input?: string;
  /** Where what comes is put, and where its size is looked at. */
  readonly objects?: string;
}

interface MirrorParts {
  readonly git: GitProgram;
  readonly access: RemoteAccess;
  readonly folder: string;
  /** Tells remote and credentials from any other, and tells nothing of them. */
  readonly fingerprintOf: (target: MirrorTarget) => string;
  readonly limits: MirrorLimits;
}

export interface MirrorLimits {
  /** For one exchange with a remote. */
  readonly fetchMs: number;
  readonly sizeBytes: number;
}

const megabyte = 1024 * 1024;
const refBytes = 128 * megabyte;
/** Of what is read of a mirror: limited by the mirror's own size already. */
const historyBytes = 64 * 1024 * megabyte;
/** Reading is at the pace of whoever stores what is read. */
const readMs = 3_600_000;
const mostPacks = 50;
const mostCommits = 20;
const blobless = '--filter=blob:none';
const promisor = { 'remote.origin.promisor': 'true', 'remote.origin.partialCloneFilter': 'blob:none' };
const fetchArgs = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-auto-maintenance',
  '--no-recurse-submodules',
  blobless,
];
const initArgs = ['init', '--bare', '--quiet', '--template=', '--initial-branch=main'];
const branchesAndTags = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];

/**
 * Bare copies of repositories without the contents of their files, one folder each. What was fetched is kept, whatever is
 * force-pushed. Whoever calls sees to it that nobody else changes the same mirror at the same time.
 */
export class Mirrors {
  readonly #parts: MirrorParts;
  readonly #folders: MirrorFolders;

  constructor(parts: MirrorParts) {
    this.#parts = parts;
    const init = (folder: string) => parts.git.run(this.#local(folder, initArgs));
    this.#folders = new MirrorFolders(parts.folder, parts.fingerprintOf, init);
  }

  /** Brings the mirror up to date; makes it where there is none. Throws GitFailure; so do the others. */
  async fetch(target: MirrorTarget): Promise<MirrorState> {
    const { git, access, limits } = this.#parts;
    const folder = await this.#folders.prepare(target);
    try {
      return await access.with(target, folder, async (call) => {
        const there = refsOf(
          await git.text(this.#remote(folder, call, ['ls-remote', '--quiet', '--heads', '--tags', 'origin'])),
        );
        const here = refsOf(await this.#text(target.id, ['for-each-ref', refFormat, 'refs/heads', 'refs/tags']));
        const isNews = !isSame(there, here);
        if (isNews) await this.#update(folder, call);
        // A server that was killed may have had the commits and not come as far as this.
        if (isNews || !(await this.#folders.has(target.id, 'head'))) await this.#noteHead(target.id, folder, call);
        await refuseTooLarge(join(folder, 'objects'), limits.sizeBytes);
        return this.#stateOf(target.id);
      });
    } catch (error) {
      if (error instanceof GitFailure && error.dropsCopy) await this.remove(target.id);
      throw error;
    }
  }

  /** Gets commits that no branch contains, and keeps them. Answers those that are there now. */
  async fetchCommits(target: MirrorTarget, shas: readonly string[]): Promise<readonly string[]> {
    const { access } = this.#parts;
    const wanted = [...new Set(shas)].filter(isSha).slice(0, mostCommits);
    const folder = await this.#folders.prepare(target);
    const missing = await this.#missing(target.id, wanted);
    if (missing.length > 0) {
      await access.with(target, folder, async (call) => {
        if (await this.#fetchEach(folder, call, missing)) return;
        // One that the remote refuses spoils it for the others.
        for (const sha of missing.length > 1 ? missing : []) await this.#fetchEach(folder, call, [sha]);
      });
    }
    const still = new Set(await this.#missing(target.id, wanted));
    const got = wanted.filter((sha) => !still.has(sha));
    if (got.length > 0) {
      const input = got.map((sha) => `update refs/shiplog/kept/${sha} ${sha}\n`).join('');
      await this.#text(target.id, ['update-ref', '--stdin'], input);
    }
    return got;
  }

  /** Commits that any ref contains and none of those that were marked: parents first. */
  async *newCommits(id: number): AsyncGenerator<RawCommit> {
    const args = [
      'log',
      '--all',
      '--stdin',
      '--ignore-missing',
      '--topo-order',
      '--reverse',
      '-z',
      '--no-notes',
      '--no-patch',
      commitFormat,
    ];
    yield* commitsOf(this.#read(await this.#folders.of(id), args, await this.#folders.read(id, 'marks')));
  }

  /** Of those that newCommits lists, the ones that touch a folder: not merges. */
  async *touching(id: number, path: string): AsyncGenerator<string> {
    yield* this.#touching(id, path, await this.#folders.read(id, 'marks'));
  }

  /** Of all commits, the ones that touch a folder: not merges. */
  async *allTouching(id: number, path: string): AsyncGenerator<string> {
    yield* this.#touching(id, path, '');
  }

  /** What is there now is no news any more. */
  async markIndexed(id: number): Promise<void> {
    const tips = await this.#text(id, ['for-each-ref', '--format=^%(objectname)']);
    await this.#folders.write(id, 'marks', tips);
  }

  /** How many commits the database has now that those that were marked are in it. */
  noteCount(id: number, commitCount: number): Promise<void> {
    return this.#folders.write(id, 'count', String(commitCount));
  }

  /** Everything is news again where the database has fewer commits than it had: it was restored from a backup. */
  async checkCount(id: number, commitCount: number): Promise<void> {
    if (Number(await this.#folders.read(id, 'count')) > commitCount) await this.#folders.write(id, 'marks', '');
  }

  /**
   * Commit -> patch-id, for those whose files can be had: their contents are fetched, and not kept. At most 500 are
   * looked at.
   */
  async patchIds(target: MirrorTarget, shas: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { git, access, limits } = this.#parts;
    const folder = await this.#folders.prepare(target);
    return this.#folders.withPassing(folder, (objects) => {
      // git runs in the folder of the mirror: what lies there has a name without anything to be escaped.
      const environment = { GIT_OBJECT_DIRECTORY: basename(objects), GIT_ALTERNATE_OBJECT_DIRECTORIES: 'objects' };
      return patchIdsOf(
        {
          git,
          local: (call) => ({ folder, limitMs: limits.fetchMs, outputBytes: refBytes, environment, ...call }),
          fetchBlobs: (blobs) =>
            access.with(target, folder, (call) =>
              this.#exchange(
                folder,
                { ...call, environment: { ...call.environment, ...environment } },
                {
                  args: [...fetchArgs, '--stdin', 'origin'],
                  input: blobs.map((sha) => `${sha}\n`).join(''),
                  config: { 'fetch.negotiationAlgorithm': 'noop' },
                  objects,
                },
              ),
            ),
        },
        shas.slice(0, 500),
      );
    });
  }

  /** Before the first fetch: a server that was killed may have left private keys behind. */
  removeKeys(): void {
    this.#folders.removeKeys();
  }

  remove(id: number): Promise<void> {
    return this.#folders.remove(id);
  }

  /** Ids of the mirrors on this server. */
  ids(): Promise<readonly number[]> {
    return this.#folders.ids();
  }

  async #update(folder: string, call: RemoteCall): Promise<void> {
    const { git } = this.#parts;
    await this.#exchange(folder, call, {
      args: [...fetchArgs, '--prune', '--force', '--update-shallow', 'origin', ...branchesAndTags],
    });
    await git.run(this.#local(folder, ['pack-refs', '--all']));
    // Every fetch adds a pack, and each is looked through for each commit.
    if ((await packCount(folder)) > mostPacks)
      await git.run({ ...this.#local(folder, ['repack', '-a', '-d', '-k', '-q']), config: promisor });
  }

  async #noteHead(id: number, folder: string, call: RemoteCall): Promise<void> {
    const asked = this.#remote(folder, call, ['ls-remote', '--quiet', '--symref', 'origin', 'HEAD']);
    await this.#folders.write(id, 'head', headOf(await this.#parts.git.text(asked)) ?? '');
  }

  async #stateOf(id: number): Promise<MirrorState> {
    const head = await this.#folders.read(id, 'head');
    const refs = [...refsOf(await this.#text(id, ['for-each-ref', refFormat, 'refs/tags']))];
    const input = refs.map(([, sha]) => `${sha}^{commit}\n`).join('');
    const commits = objectsOf(await this.#text(id, ['cat-file', checkFormat], input));
    const tags = refs.flatMap(([name], index) => {
      const commit = commits[index];
      return commit?.type === 'commit' ? [[name.slice('refs/tags/'.length), commit.sha] as const] : [];
    });
    const isShallow = (await this.#text(id, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
    return { defaultBranch: head === '' ? null : head, isShallow, tags: new Map(tags) };
  }

  /** Answers whether all came. What stops the server, or takes too long, is thrown. */
  async #fetchEach(folder: string, call: RemoteCall, shas: readonly string[]): Promise<boolean> {
    const input = shas.map((sha) => `+${sha}:refs/shiplog/kept/${sha}\n`).join('');
    try {
      await this.#exchange(folder, call, { args: [...fetchArgs, '--update-shallow', '--stdin', 'origin'], input });
      return true;
    } catch (error) {
      if (error instanceof GitFailure && error.said !== '') return false;
      throw error;
    }
  }

  async #exchange(
    folder: string,
    call: RemoteCall,
    { args, input = '', config, objects = join(folder, 'objects') }: Exchange,
  ): Promise<void> {
    const { git, limits } = this.#parts;
    await withinSize(objects, limits.sizeBytes, (signal) => {
      const remote = this.#remote(folder, call, args);
      return git.run({ ...remote, config: { ...remote.config, ...promisor, ...config }, input, signal });
    });
  }

  async *#touching(id: number, path: string, marks: string): AsyncGenerator<string> {
    const args = ['rev-list', '--all', '--stdin', '--ignore-missing', '--no-merges', '--full-history'];
    // After `--` it is a path, whatever it looks like; pathspecs are literal.
    for await (const line of linesOf(this.#read(await this.#folders.of(id), args, `${marks}--\n${path}\n`))) {
      if (isSha(line)) yield line;
    }
  }

  async #missing(id: number, shas: readonly string[]): Promise<string[]> {
    if (shas.length === 0) return [];
    const found = objectsOf(await this.#text(id, ['cat-file', checkFormat], shas.map((sha) => `${sha}\n`).join('')));
    return shas.filter((_, index) => found[index]?.type !== 'commit');
  }

  async #text(id: number, args: readonly string[], input = ''): Promise<string> {
    return this.#parts.git.text({ ...this.#local(await this.#folders.of(id), args), input });
  }

  #read(folder: string, args: readonly string[], input: string): AsyncIterable<Buffer> {
    return this.#parts.git.stream({ args, folder, input, limitMs: readMs, outputBytes: historyBytes });
  }

  #local(folder: string, args: readonly string[]): GitCall {
    return { args, folder, limitMs: this.#parts.limits.fetchMs, outputBytes: refBytes };
  }

  #remote(folder: string, call: RemoteCall, args: readonly string[]): GitCall {
    return { ...this.#local(folder, args), ...call };
  }
}
