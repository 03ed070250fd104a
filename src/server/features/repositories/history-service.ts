import { CommitGraph } from './commit-graph.ts';
import type { HistoryStore } from './history-store.ts';
import type { History } from './history-types.ts';
import type { CommitNote, CommitRecord, Revision } from './repository-types.ts';

/** Commits of which graphs are held: 12 to 16 bytes each. A repository beyond that is held alone. */
const heldCommits = 4_000_000;
const heldFolders = 200;
const shortestPrefix = 7;

/** Grows in place; whoever holds a History of it sees what was added, and what it has derived stays true. */
interface Held {
  version: number;
  readonly graph: CommitGraph;
  readonly notes: CommitNote[];
  lastNoteId: number;
  /** What came is read by one at a time. */
  reading: Promise<void> | undefined;
}

interface HeldFolder {
  readonly version: number;
  readonly commits: ReadonlySet<number>;
}

/** What is known of repositories' commits: graphs from memory, brought up to date by what was added, the rest from tables. */
export class HistoryService {
  readonly #store: HistoryStore;
  /** Least recently used first. */
  readonly #held = new Map<number, Held>();
  readonly #folders = new Map<string, HeldFolder>();

  constructor(store: HistoryStore) {
    this.#store = store;
  }

  /** The history as it is now; empty where the repository is not there. */
  async of(repositoryId: number): Promise<History> {
    const versions = await this.#store.versions([repositoryId]);
    return this.#at(repositoryId, versions.get(repositoryId) ?? 0);
  }

  /** The histories of several, by id. */
  async ofAll(repositoryIds: readonly number[]): Promise<ReadonlyMap<number, History>> {
    const ids = [...new Set(repositoryIds)];
    const versions = await this.#store.versions(ids);
    const histories = new Map<number, History>();
    for (const id of ids) histories.set(id, await this.#at(id, versions.get(id) ?? 0));
    return histories;
  }

  /**
   * The commits that deployments name, in their order; null: not known. A sha is taken whole, or as a prefix of at least
   * seven digits that is unique; where there is none, the ref and then the version as a tag, with or without a `v` before it.
   */
  async resolve(repositoryId: number, revisions: readonly Revision[]): Promise<readonly (number | null)[]> {
    const names = revisions.map(namesOf);
    const tags = await this.#store.tags(repositoryId, distinct(names.flatMap(({ tags: named }) => named)));
    const shas = names.map(({ sha, tags: named }) => {
      const tag = named.find((name) => tags.has(name));
      return sha ?? (tag === undefined ? undefined : tags.get(tag));
    });
    const known = await this.shas(
      repositoryId,
      shas.filter((sha) => sha !== undefined),
    );
    return shas.map((sha) => (sha === undefined ? null : (known.get(sha) ?? null)));
  }

  /**
   * The commits of shas, whole or abbreviated, in small or large letters; those not known, or not unique, are left out, and
   * those that are being added: what they contain is not known before the history is.
   */
  async shas(repositoryId: number, shas: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const asked = distinct(shas.map((sha) => sha.toLowerCase()).filter(isSha));
    const [whole, short] = [asked.filter(isWhole), asked.filter((sha) => !isWhole(sha))];
    const known = new Map([
      ...(await this.#store.bySha(repositoryId, whole)),
      ...(await this.#store.byPrefix(repositoryId, short)),
    ]);
    if (known.size === 0) return known;
    const { graph } = await this.of(repositoryId);
    const published = (n: number | undefined) => (n !== undefined && n < graph.size ? n : undefined);
    return new Map(shas.flatMap((sha) => pairWith(sha, published(known.get(sha.toLowerCase())))));
  }

  /** Commits as they are shown, in the order asked for; those not there are left out. */
  async commits(repositoryId: number, ns: readonly number[]): Promise<readonly CommitRecord[]> {
    const found = new Map((await this.#store.commits(repositoryId, distinct(ns))).map((commit) => [commit.n, commit]));
    return ns.flatMap((n) => found.get(n) ?? []);
  }

  /** Commits whose sha begins with four or more given digits, newest first. */
  async find(repositoryId: number, shaOrPrefix: string, limit: number): Promise<readonly CommitRecord[]> {
    if (!/^[\da-f]{4,64}$/i.test(shaOrPrefix)) return [];
    return this.#store.find(repositoryId, shaOrPrefix.toLowerCase(), limit);
  }

  /** The commits, without merges, that touch a folder that a project is limited to. */
  async touching(repositoryId: number, path: string): Promise<ReadonlySet<number>> {
    const { version } = await this.of(repositoryId);
    const key = `${repositoryId} ${path}`;
    const held = this.#folders.get(key);
    if (held?.version === version) return held.commits;
    const commits = new Set(await this.#store.touching(repositoryId, path));
    this.#folders.delete(key);
    this.#folders.set(key, { version, commits });
    const [oldest] = this.#folders.keys();
    if (this.#folders.size > heldFolders && oldest !== undefined) this.#folders.delete(oldest);
    return commits;
  }

  async #at(repositoryId: number, version: number): Promise<History> {
    const held = this.#used(repositoryId);
    while (held.version < version) {
      held.reading ??= this.#read(repositoryId, held, version).finally(() => {
        held.reading = undefined;
      });
      await held.reading;
    }
    return { repositoryId, version: held.version, graph: held.graph, notes: held.notes };
  }

  async #read(repositoryId: number, held: Held, version: number): Promise<void> {
    // Notes before commits: each is then of a commit that is read with it or was before.
    const { notes, lastId } = await this.#store.notesAfter(repositoryId, held.lastNoteId);
    for await (const parents of this.#store.parentsFrom(repositoryId, held.graph.size)) held.graph.append(parents);
    for (const note of notes) held.notes.push(note);
    held.lastNoteId = lastId;
    held.version = version;
  }

  #used(repositoryId: number): Held {
    const made = { version: 0, graph: new CommitGraph(), notes: [], lastNoteId: 0, reading: undefined };
    const held: Held = this.#held.get(repositoryId) ?? made;
    this.#held.delete(repositoryId);
    this.#held.set(repositoryId, held);
    this.#forgetOldest();
    return held;
  }

  #forgetOldest(): void {
    let commits = [...this.#held.values()].reduce((sum, { graph }) => sum + graph.size, 0);
    for (const [id, { graph }] of this.#held) {
      if (commits <= heldCommits || this.#held.size === 1) return;
      commits -= graph.size;
      this.#held.delete(id);
    }
  }
}

interface Names {
  /** Small letters. */
  readonly sha: string | undefined;
  /** What a tag may be called, the likeliest first. */
  readonly tags: readonly string[];
}

/** A sha that is not known is not looked for under another name: the deployment has said what it ships. */
function namesOf({ sha, ref, version }: Revision): Names {
  const named = [sha, ref].map((text) => text?.toLowerCase()).find((text) => text !== undefined && isSha(text));
  if (named !== undefined && (isSha(sha?.toLowerCase() ?? '') || isWhole(named))) return { sha: named, tags: [] };
  const tag = ref?.replace(/^refs\/tags\//, '');
  return { sha: undefined, tags: [...(tag ? [tag] : []), ...(version ? [version, `v${version}`] : [])] };
}

function isSha(text: string): boolean {
  return text.length >= shortestPrefix && /^[\da-f]{7,64}$/.test(text);
}

function isWhole(sha: string): boolean {
  return sha.length === 40 || sha.length === 64;
}

function distinct<T>(all: readonly T[]): T[] {
  return [...new Set(all)];
}

function pairWith<T>(sha: string, value: T | undefined): [string, T][] {
  return value === undefined ? [] : [[sha, value]];
}
