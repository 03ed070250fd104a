import type { HistoryService } from '../repositories/history-service.ts';
import type { TrackedEnvironment, TrackedProject } from './presence-types.ts';
import type { ProjectView } from './project-views.ts';
import type { SuccessStore } from './success-store.ts';
import type { PlaceFacts } from './where-types.ts';

/** Where commits are, whether or not they belong to a change. */
export class CommitPlaces {
  readonly #history: HistoryService;
  readonly #successes: SuccessStore;

  constructor(history: HistoryService, successes: SuccessStore) {
    this.#history = history;
    this.#successes = successes;
  }

  /** In each tracked environment of a project, in the order of the matrix. */
  async of({ project, tracked }: ProjectView, n: number): Promise<PlaceFacts[]> {
    if (!tracked) return [];
    const places: PlaceFacts[] = [];
    for (const environment of tracked.environments) {
      const firstId = await this.#first(tracked, environment, n);
      const state = tracked.stateOfCommit(n, environment.id);
      places.push({ project, environment, state, firstId, currentId: environment.current?.deploymentId });
    }
    return places;
  }

  /** The first successful deployment of an environment that contains a commit. */
  async #first(tracked: TrackedProject, { id }: TrackedEnvironment, n: number): Promise<number | undefined> {
    const { graph, repositoryId } = tracked.history;
    const successes = await this.#successes.of(tracked.projectId, id);
    const ns = await this.#history.resolve(
      repositoryId,
      successes.map(({ revision }) => revision),
    );
    const known = successes.flatMap(({ deploymentId }, index) => {
      const at = ns[index] ?? null;
      return at === null || at < n ? [] : [{ deploymentId, n: at }];
    });
    const index = graph.firstContaining(known.map((success) => success.n))[n] ?? -1;
    return known[index]?.deploymentId;
  }
}
