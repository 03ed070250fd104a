import type { CommitIndexStore, NewCommit } from './commit-index-store.ts';
import { notesOf } from './commit-notes.ts';
import type { CommitPathStore } from './commit-path-store.ts';
import type { CopyFinder } from './copies.ts';
import type { MirrorState, Mirrors, MirrorTarget, RawCommit } from './mirrors.ts';

/** One transaction each: SQLite has one writer, and deployments wait for it. */
const batchSize = 500;
const longestSubject = 500;
const longestAuthor = 255;
/** The end of the year 9999, the last that answers can name. */
const lastMoment = 253_402_300_799_999;

interface IndexerParts {
  readonly commits: CommitIndexStore;
  readonly paths: CommitPathStore;
  readonly copies: CopyFinder;
  readonly mirrors: Pick<Mirrors, 'newCommits' | 'touching' | 'allTouching' | 'markIndexed'>;
}

/** What became of one turn. */
export interface Indexed {
  /** Commits that were not known before. */
  readonly added: number;
  /** Whether the history is known to begin before its first commit here. */
  readonly isCut: boolean;
}

/**
 * Brings what the database knows of a repository's commits up to its mirror. What ends halfway is done again by the next turn,
 * on whichever node: nothing gets two numbers, and the mirror forgets what is new only at the end.
 */
export class RepositoryIndexer {
  readonly #parts: IndexerParts;

  constructor(parts: IndexerParts) {
    this.#parts = parts;
  }

  /** Reads the commits that the mirror has and the database may not; `state` is what the last fetch answered. */
  async index(target: MirrorTarget, state: MirrorState): Promise<Indexed> {
    const { commits, copies, mirrors } = this.#parts;
    const news = await this.#addCommits(target.id);
    // Nobody names the repository any more.
    if (!news) return { added: 0, isCut: false };
    const { read, added, isCut } = news;
    const retagged = await commits.setTags(target.id, storableTags(state.tags));
    const looked = await this.#addPaths(target.id, read > 0);
    if (read > 0 || retagged || looked) await commits.publish(target.id);
    await mirrors.markIndexed(target.id);
    if ((await copies.find(target)) > 0) await commits.publish(target.id);
    return { added, isCut: isCut || state.isShallow };
  }

  /** undefined: the repository is gone. */
  async #addCommits(repositoryId: number): Promise<(Indexed & { readonly read: number }) | undefined> {
    let [read, added, isCut] = [0, 0, false];
    for await (const batch of batchesOf(this.#parts.mirrors.newCommits(repositoryId), newCommitOf)) {
      const done = await this.#parts.commits.add(repositoryId, batch);
      if (!done) return undefined;
      read += batch.length;
      added += done.added;
      isCut ||= done.isCut;
    }
    return { read, added, isCut };
  }

  /** Answers whether a folder was looked through that was not before. */
  async #addPaths(repositoryId: number, hasNew: boolean): Promise<boolean> {
    const { paths, mirrors } = this.#parts;
    const wanted = await paths.wanted(repositoryId);
    for (const { path, isComplete } of wanted) {
      if (isComplete && !hasNew) continue;
      const shas = isComplete ? mirrors.touching(repositoryId, path) : mirrors.allTouching(repositoryId, path);
      for await (const some of batchesOf(shas, (sha) => sha)) await paths.add(repositoryId, path, some);
      if (!isComplete) await paths.markComplete(repositoryId, path);
    }
    return wanted.some(({ isComplete }) => !isComplete);
  }
}

function newCommitOf({ sha, parents, author, authoredAt, committedAt, message }: RawCommit): NewCommit {
  const storable = textOf(message).trimStart();
  const [subject = ''] = storable.split(/\r?\n/, 1);
  return {
    sha,
    parentShas: parents,
    author: cut(textOf(author), longestAuthor),
    subject: cut(subject, longestSubject),
    authored_at: momentOf(authoredAt),
    committed_at: momentOf(committedAt),
    notes: notesOf(storable, parents.length).map(({ title, ...note }) => ({
      ...note,
      title: title === null ? null : cut(title, longestSubject),
    })),
  };
}

/** Without what PostgreSQL does not take. */
function textOf(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** Not through the middle of a character. */
function cut(text: string, length: number): string {
  const short = text.slice(0, length);
  return short.isWellFormed() ? short : short.slice(0, -1);
}

function momentOf(epochMs: number): number {
  return Number.isFinite(epochMs) ? Math.min(Math.max(Math.trunc(epochMs), 0), lastMoment) : 0;
}

function storableTags(tags: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...tags].filter(([name]) => name.length <= longestSubject && textOf(name) === name));
}

/** Made of each as it comes: of long messages only what they say is held. */
async function* batchesOf<T, R>(items: AsyncIterable<T>, madeOf: (item: T) => R): AsyncGenerator<R[]> {
  let batch: R[] = [];
  for await (const item of items) {
    batch.push(madeOf(item));
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
