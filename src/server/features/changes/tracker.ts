import type { Clock } from '../../clock.ts';
import { WorkerLoop } from '../../jobs/worker-loop.ts';
import type { ProjectAccess } from '../../principal.ts';
import type { LinkQueueStore } from './link-queue-store.ts';
import type { Linker } from './linker.ts';

/** Told of what the tracker does. */
interface TrackObserver {
  /** More is known of a project's changes or commits, or they are linked otherwise, by whichever node. */
  relinked(project: ProjectAccess): void;
  /** A deployment was told of whose commit is not known: the project's repository may have news. */
  missesCommit(projectId: number): Promise<void>;
  /** Nobody foresaw it, or the database does not serve now: the environment is tried again later. */
  failed(error: unknown): void;
}

const pollMs = 2000;
const gatherMs = 50;
/** Longer than linking one takes. */
const claimMs = 60_000;
const restMs = 10_000;

/**
 * Keeps links what they ought to be: looks through the log behind a cursor for what concerns tracked projects, and links
 * environments anew for which something happened. All of it is in the database, so any node does it, and one that ends
 * leaves nothing undone.
 */
export class Tracker {
  readonly #queue: LinkQueueStore;
  readonly #linker: Linker;
  readonly #clock: Clock;
  readonly #observer: TrackObserver;
  /** When linking last showed something new, of environments of which that was told lately. */
  #told = new Map<number, number>();
  readonly #loop: WorkerLoop;

  constructor(queue: LinkQueueStore, linker: Linker, clock: Clock, observer: TrackObserver) {
    this.#queue = queue;
    this.#linker = linker;
    this.#clock = clock;
    this.#observer = observer;
    const failed = (error: unknown) => observer.failed(error);
    this.#loop = new WorkerLoop({ turn: () => this.#turn(), failed, pollMs, gatherMs });
  }

  start(): void {
    this.#loop.start();
  }

  /** Something was recorded. */
  notice(): void {
    this.#loop.notice();
  }

  /** More is known of a repository's commits than before. */
  async onIndexed(repositoryId: number): Promise<void> {
    await this.#queue.markRepository(repositoryId);
    this.notice();
  }

  /** More is known of a project's changes, or its repository is another. */
  async onTold(projectId: number): Promise<void> {
    await this.#queue.markProject(projectId);
    this.notice();
  }

  /** Links all that is due and that no other node works on. */
  runOnce(): Promise<void> {
    return this.#loop.runOnce();
  }

  /** Finishes the environment that is under way. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #turn(): Promise<boolean> {
    while (!this.#loop.stopped && (await this.#queue.advance())) await turnOfEventLoop();
    while (!this.#loop.stopped && (await this.#linkOne())) await turnOfEventLoop();
    await this.#tell();
    return false;
  }

  /** Other nodes link, too. One that takes longer than a claim is done again. */
  async #tell(): Promise<void> {
    const news = await this.#queue.changedSince(this.#clock() - claimMs);
    const fresh = news.filter(({ environmentId, changedAt }) => this.#told.get(environmentId) !== changedAt);
    this.#told = new Map(news.map(({ environmentId, changedAt }) => [environmentId, changedAt]));
    const projects = new Map(fresh.map(({ project }) => [project.id, project]));
    for (const project of projects.values()) this.#observer.relinked(project);
  }

  /** Answers whether there was one. */
  async #linkOne(): Promise<boolean> {
    const now = this.#clock();
    const claimed = await this.#queue.claim(now, now + claimMs);
    if (!claimed) return false;
    try {
      const { differing, unknown, unknownToldAt } = await this.#linker.relink(claimed);
      const isNew = differing > 0 || unknown !== claimed.unknown || claimed.hasNews;
      await this.#queue.settle(claimed, now, { unknown, isNew });
      if (unknown > 0 && unknownToldAt >= (claimed.linkedAt ?? 0)) await this.#observer.missesCommit(claimed.projectId);
    } catch (error) {
      await this.#queue.putOff(claimed, now + restMs);
      this.#observer.failed(error);
    }
    return true;
  }
}

function turnOfEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
