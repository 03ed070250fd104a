import type { HistoryService } from '../repositories/history-service.ts';
import type { History } from '../repositories/history-types.ts';
import type { ProjectRepository } from '../repositories/repository-types.ts';
import type { ChangeService } from './change-service.ts';
import { Landings, shasAskedFor } from './landings.ts';
import type { PresenceStore } from './presence-store.ts';

/** Changes of which landings are remembered, over all projects: a few hundred bytes each. */
const heldChanges = 500_000;

interface Held {
  /** What it was made of. */
  readonly print: string;
  readonly landings: Landings;
  readonly changes: number;
}

/** The landings of projects' changes, made anew when the history or what is known of the changes is another. */
export class LandingsService {
  readonly #changes: ChangeService;
  readonly #history: HistoryService;
  readonly #store: PresenceStore;
  /** Least recently used first. */
  readonly #held = new Map<number, Held>();

  constructor(changes: ChangeService, history: HistoryService, store: PresenceStore) {
    this.#changes = changes;
    this.#history = history;
    this.#store = store;
  }

  async of(repository: ProjectRepository, history: History): Promise<Landings> {
    const found = (await this.ofAll([{ repository, history }])).get(repository.projectId);
    return found ?? this.#make(repository, history, '');
  }

  /** By project. */
  async ofAll(
    asked: readonly { readonly repository: ProjectRepository; readonly history: History }[],
  ): Promise<ReadonlyMap<number, Landings>> {
    const versions = await this.#store.changesVersions(asked.map(({ repository }) => repository.projectId));
    const found = new Map<number, Landings>();
    for (const { repository, history } of asked) {
      const { projectId, repositoryId, path, createdAt } = repository;
      const print = JSON.stringify([repositoryId, createdAt, path, history.version, versions.get(projectId)]);
      const held = this.#held.get(projectId);
      if (held?.print === print) this.#hold(projectId, held);
      found.set(projectId, held?.print === print ? held.landings : await this.#make(repository, history, print));
    }
    return found;
  }

  async #make(
    { projectId, repositoryId, path }: ProjectRepository,
    history: History,
    print: string,
  ): Promise<Landings> {
    const changes = await this.#changes.allOf(projectId);
    const shas = await this.#history.shas(repositoryId, shasAskedFor(history, changes));
    const touching = path === '' ? undefined : await this.#history.touching(repositoryId, path);
    const landings = new Landings({ history, changes, shas, touching });
    this.#hold(projectId, { print, landings, changes: changes.length });
    this.#forgetOldest();
    return landings;
  }

  #hold(projectId: number, held: Held): void {
    this.#held.delete(projectId);
    this.#held.set(projectId, held);
  }

  #forgetOldest(): void {
    let changes = [...this.#held.values()].reduce((sum, held) => sum + held.changes, 0);
    for (const [projectId, held] of this.#held) {
      if (changes <= heldChanges || this.#held.size === 1) return;
      changes -= held.changes;
      this.#held.delete(projectId);
    }
  }
}
