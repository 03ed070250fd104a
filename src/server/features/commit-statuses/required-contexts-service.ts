import type { Project } from '../projects/project-types.ts';
import type { CommitStatusStore } from './commit-status-store.ts';
import { type CommitStatus, type ConsideredContext, mostContexts } from './commit-status-types.ts';
import { ContextsNotSuccessful } from './contexts-fault.ts';

/** What deployments ask of the checks of their commits. */
export class RequiredContextsService {
  readonly #store: CommitStatusStore;

  constructor(store: CommitStatusStore) {
    this.#store = store;
  }

  /**
   * Throws ContextsNotSuccessful unless these contexts of a commit succeeded. undefined: all that were ever told of it, which
   * may be none. `sha` null: it is found by the ref.
   */
  async refuseUnlessSuccessful(
    project: Pick<Project, 'id'>,
    { ref, sha }: { readonly ref: string; readonly sha: string | null },
    contexts: readonly string[] | undefined,
  ): Promise<void> {
    if (contexts?.length === 0) return;
    // Most projects tell of no checks: then there is nothing to look for.
    const isTold = await this.#store.hasAny(project.id);
    const statuses = isTold
      ? await this.#store.latest(project.id, await this.#store.commitOf(project.id, sha ?? ref), mostContexts)
      : [];
    const considered = consider(statuses, contexts);
    if (considered.some(({ state }) => state !== 'success')) throw new ContextsNotSuccessful(considered);
  }
}

function consider(statuses: readonly CommitStatus[], wanted: readonly string[] | undefined): ConsideredContext[] {
  if (wanted === undefined) return statuses.map(({ context, state }) => ({ context, state }));
  const told = new Map(statuses.map(({ context, state }) => [context.toLowerCase(), state]));
  return wanted.map((context) => ({ context, state: told.get(context.toLowerCase()) ?? 'missing' }));
}
