import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Job } from '../../jobs/job-runner.ts';
import type { LeaseStore } from '../../jobs/lease-store.ts';
import type { SecretBox } from '../../secret-box.ts';
import type { ChangeService } from '../changes/change-service.ts';
import type { ToldChange } from '../changes/change-types.ts';
import { type ForgeClient, perPage } from './forge-client.ts';
import type { ForgeStore } from './forge-store.ts';
import { ForgeFailure, type ForgeSource } from './forge-types.ts';

interface ReaderParts {
  readonly store: ForgeStore;
  readonly client: ForgeClient;
  readonly changes: ChangeService;
  readonly leases: LeaseStore;
  readonly box: SecretBox;
  readonly clock: Clock;
  /** Nobody foresaw it. */
  readonly onError: (error: unknown, source: ForgeSource | undefined) => void;
}

/** How far reading has come that was not done in one turn. */
interface Progress {
  readonly next: string;
  readonly pages: number;
  /** Of all that was read, epoch milliseconds. */
  readonly newest: number;
  readonly faults: readonly string[];
}

/** Projects that are read together: one request answers for all of them. */
interface Group {
  readonly sources: readonly [ForgeSource, ...ForgeSource[]];
  readonly token: string;
  /** What is asked for, and for whom. */
  readonly key: string;
}

const everyMs = 5 * 60_000;
/** Longer than reading takes, so that no two nodes read the same. */
const leaseMs = 30 * 60_000;
/** So much is read in one turn: other projects have theirs before it goes on. */
const turnPages = 100;
const turnMs = 2 * 60_000;
/** So many changes are read in all: a forge with more is not read to its end. */
const mostPages = 1000;
const mostUnfinished = 1000;
/** What a forge stores in several steps may be seen after something later. */
const overlapMs = 60_000;

/**
 * Reads the changes of projects from their forges, from where it has come the last time. One node reads a project at a
 * time; what is read twice changes nothing.
 */
export class ForgeReaderService {
  readonly #parts: ReaderParts;
  readonly #holder = randomUUID();
  readonly #notBefore = new Map<string, number>();
  /** By what is asked for. What is lost with this node is read once more. */
  readonly #unfinished = new Map<string, Progress>();
  #running: Promise<void> = Promise.resolve();
  #stopped = false;
  readonly job: Job = {
    name: 'read-changes-of-forges',
    everyMs,
    // Other jobs do not wait for it.
    run: async () => void this.#enqueue(undefined),
  };

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /** Reads one project soon, in its turn: its forge or its token is another. */
  readSoon(projectId: number): void {
    void this.#enqueue(projectId);
  }

  /** Commits told of changes of a project, updated from a moment on, that it did not know when they were read. */
  async readAgainFrom(projectId: number, at: number): Promise<void> {
    await this.#parts.store.rewind(projectId, at);
    this.readSoon(projectId);
  }

  /** Reads all projects, or one. */
  async runOnce(projectId?: number): Promise<void> {
    void this.#enqueue(projectId);
    await this.idle();
  }

  /** Settles when nothing is left to read of what was asked for before. */
  async idle(): Promise<void> {
    for (let last: Promise<void> | undefined; last !== this.#running; ) {
      last = this.#running;
      await last;
    }
  }

  /** Ends after the page that is being read. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.idle();
  }

  #enqueue(projectId: number | undefined): Promise<void> {
    this.#running = this.#running
      .then(() => this.#read(projectId))
      .catch((error) => this.#parts.onError(error, undefined));
    return this.#running;
  }

  async #read(projectId: number | undefined): Promise<void> {
    const { store } = this.#parts;
    const groups = await this.#grouped(this.#stopped ? [] : await store.sources());
    for (const group of groups) {
      if (this.#stopped) return;
      if (projectId !== undefined && !group.sources.some((source) => source.projectId === projectId)) continue;
      await this.#readGroup(group);
    }
  }

  async #grouped(sources: readonly ForgeSource[]): Promise<Group[]> {
    const groups = new Map<string, Omit<Group, 'key'>>();
    for (const source of sources) {
      const token = await this.#tokenOf(source);
      if (token === undefined) continue;
      const key = JSON.stringify([source.kind, source.url, source.project, token]);
      const known = groups.get(key);
      groups.set(key, { token, sources: known ? [...known.sources, source] : [source] });
    }
    return [...groups].map(([asked, group]) => ({
      ...group,
      key: JSON.stringify([asked, group.sources.map(({ projectId, syncedAt }) => [projectId, syncedAt])]),
    }));
  }

  async #tokenOf(source: ForgeSource): Promise<string | undefined> {
    try {
      return this.#parts.box.open(source.sealedToken);
    } catch {
      const error = 'This server cannot open the token: it was sealed with another key. Set the token again.';
      await this.#parts.store.settle([source], { syncedAt: undefined, error });
      return undefined;
    }
  }

  async #readGroup(group: Group): Promise<void> {
    const { leases, clock } = this.#parts;
    const [first] = group.sources;
    const name = `forge:${first.projectId}`;
    const now = clock();
    if ((this.#notBefore.get(name) ?? 0) > now) return;
    if (!(await leases.take(name, this.#holder, now, now + leaseMs))) return;
    try {
      await this.#readAll(group, name);
    } finally {
      await leases.release(name, this.#holder);
    }
  }

  async #readAll(group: Group, name: string): Promise<void> {
    const { store, clock, onError } = this.#parts;
    const { sources, key } = group;
    const before = this.#unfinished.get(key);
    this.#unfinished.delete(key);
    try {
      const { next, pages, newest, faults } = await this.#readTurn(group, before);
      if (this.#stopped) return;
      if (next !== undefined && pages < mostPages) {
        this.#goOnLater(group, { next, pages, newest, faults });
        return;
      }
      // Of a forge whose clock is ahead nothing is to be missed.
      const syncedAt = newest === 0 ? undefined : Math.min(newest, clock());
      await store.settle(sources, { syncedAt, error: noteOf(next !== undefined, faults) });
    } catch (error) {
      if (!(error instanceof ForgeFailure)) onError(error, sources[0]);
      else if (error.notBefore !== undefined) {
        this.#notBefore.set(name, error.notBefore);
        if (before) this.#unfinished.set(key, before);
      }
      const reason =
        error instanceof ForgeFailure ? error.message : 'The server made a mistake. Its log has the details.';
      await store.settle(sources, { syncedAt: undefined, error: reason });
    }
  }

  /** From where the last turn ended. What is updated meanwhile moves to the front, and is read the next time. */
  async #readTurn({ sources, token }: Group, before: Progress | undefined) {
    const { client, clock } = this.#parts;
    const [{ kind, url, project }] = sources;
    const synced = sources.map(({ syncedAt }) => syncedAt);
    const since = synced.includes(null) ? null : Math.min(...synced.flatMap((at) => at ?? [])) - overlapMs;
    const end = clock() + turnMs;
    const last = (before?.pages ?? 0) + turnPages;
    let newest = before?.newest ?? Math.max(0, ...synced.flatMap((at) => at ?? []));
    let pages = before?.pages ?? 0;
    let next: string | undefined;
    const faults = [...(before?.faults ?? [])];
    for await (const page of client.changes({ kind, url, project, token, since, from: before?.next })) {
      newest = Math.max(newest, ...page.changes.map(({ updatedAt }) => updatedAt));
      faults.push(...page.faults);
      for (const source of sources) await this.#tell(source, page.changes);
      pages += 1;
      next = page.next;
      if (this.#stopped || pages >= last || clock() > end) break;
    }
    return { next, pages, newest, faults };
  }

  #goOnLater({ sources: [first], key }: Group, progress: Progress): void {
    if (this.#unfinished.size >= mostUnfinished) this.#unfinished.clear();
    this.#unfinished.set(key, progress);
    void this.#enqueue(first.projectId);
  }

  /** A project that is limited to a folder has those changes that its commits tell of: the forge says nothing of folders. */
  async #tell({ projectId, path }: ForgeSource, changes: readonly ToldChange[]): Promise<void> {
    if (path === '') return this.#parts.changes.tell(projectId, changes, 'tool');
    const known = await this.#parts.changes.known(
      projectId,
      changes.map(({ number }) => number),
    );
    await this.#parts.changes.tell(
      projectId,
      changes.filter(({ number }) => known.has(number)),
      'tool',
    );
  }
}

/** What people ought to know of a reading that went well. */
function noteOf(isCut: boolean, faults: readonly string[]): string | null {
  if (isCut) return `It has more than ${mostPages * perPage} changes: the oldest were left out.`;
  return faults.length === 0 ? null : `${faults.length} changes could not be understood: ${faults[0]}.`;
}
