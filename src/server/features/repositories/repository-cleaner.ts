import type { Job } from '../../jobs/job-runner.ts';
import type { Mirrors } from './mirrors.ts';
import type { RepositoryFetchStore } from './repository-fetch-store.ts';
import type { RepositoryRemovalStore } from './repository-removal-store.ts';
import type { RepositoryStore } from './repository-store.ts';

/** Removes what is known of repositories that no project names any more. */
export function repositoryCleaning(store: RepositoryStore, removals: RepositoryRemovalStore): Job {
  return {
    name: 'remove-unused-repositories',
    everyMs: 300_000,
    run: async (now) => {
      for (const projectId of await store.deletedProjects()) await store.remove(projectId, undefined);
      for (const id of await removals.unused(now)) await removals.remove(id);
    },
  };
}

const sweepMs = 600_000;

/** Removes this node's copies of repositories that are gone: whoever removed them may have been another node. */
export class MirrorSweeper {
  readonly #mirrors: Mirrors;
  readonly #store: RepositoryFetchStore;
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(mirrors: Mirrors, store: RepositoryFetchStore, onError: (error: unknown) => void) {
    this.#mirrors = mirrors;
    this.#store = store;
    this.#onError = onError;
  }

  start(): void {
    this.#timer = setInterval(() => void this.runOnce(), sweepMs).unref();
    void this.runOnce();
  }

  runOnce(): Promise<void> {
    this.#running = this.#running.then(() => this.#sweep()).catch(this.#onError);
    return this.#running;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #sweep(): Promise<void> {
    const here = await this.#mirrors.ids();
    if (here.length === 0) return;
    const used = await this.#store.ids();
    for (const id of here) if (!used.has(id)) await this.#mirrors.remove(id);
  }
}
