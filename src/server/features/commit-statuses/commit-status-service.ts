import type { Status } from '../../../contract/statuses.ts';
import type { Clock } from '../../clock.ts';
import { invalid, levelTooLow, notFound, ShiplogFault } from '../../errors.ts';
import { accessLevels, levelOn, type Principal } from '../../principal.ts';
import type { RequestService } from '../deployments/request-service.ts';
import type { Project } from '../projects/project-types.ts';
import { type CommitName, commitNamed, keyOf } from './commit-name.ts';
import type { CommitStatusStore } from './commit-status-store.ts';
import type {
  CombinedStatus,
  CommitState,
  CommitStatus,
  ConsideredContext,
  NewCommitStatus,
} from './commit-status-types.ts';
import { ContextsNotSuccessful } from './contexts-fault.ts';
import { deploymentNamed } from './deploy-contexts.ts';

/** GitHub's own limit for statuses of one context; and so many contexts are shown and looked at. */
const most = { statuses: 1000, contexts: 1000 } as const;

/** What a check means for a deployment that its context stands for. */
const statusOfState: Readonly<Record<CommitState, Status>> = {
  error: 'failed',
  failure: 'failed',
  pending: 'pending',
  success: 'success',
};

/** What checks say of commits, and what deployments ask of them. Who may deploy may tell; who sees the project may read. */
export class CommitStatusService {
  readonly #store: CommitStatusStore;
  readonly #requests: Pick<RequestService, 'addStatus'>;
  readonly #deployContexts: readonly string[];
  readonly #clock: Clock;

  /** `deployContexts`: patterns of contexts whose statuses are those of a deployment, too (deploy-contexts.ts). */
  constructor(
    store: CommitStatusStore,
    requests: Pick<RequestService, 'addStatus'>,
    deployContexts: readonly string[],
    clock: Clock,
  ) {
    this.#store = store;
    this.#requests = requests;
    this.#deployContexts = deployContexts;
    this.#clock = clock;
  }

  /**
   * Records what a check says of a commit. Where its context stands for a deployment, the newest one of the commit that is
   * not over reaches the same status. Throws `forbidden`, and `validation_failed` where too much was told already.
   */
  async create(principal: Principal, project: Project, commit: string, told: NewCommitStatus): Promise<CommitStatus> {
    if (levelOn(principal, project) < accessLevels.developer) throw levelTooLow();
    const name = commitNamed(commit);
    const { userId } = principal;
    const stored = { ...told, projectId: project.id, sha: keyOf(name), userId, createdAt: this.#clock() };
    const id = await this.#store.insert(stored, most);
    if (typeof id === 'string') throw tooMany(id);
    await this.#tellDeployment(principal, project, name, told);
    const made = await this.#store.byId(project.id, id);
    if (!made) throw notFound('commit status');
    return made;
  }

  /** What was told of a commit, the newest first. `ref` is a sha, whole or abbreviated, or a branch or tag. */
  async list(
    project: Project,
    ref: string,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ readonly items: readonly CommitStatus[]; readonly hasNext: boolean }> {
    return this.#store.page(project.id, await this.#commitOf(project, ref), page);
  }

  /** What all checks together say: `failure` where one failed, `pending` where one is, or none is there. */
  async combined(project: Project, ref: string): Promise<CombinedStatus> {
    const name = await this.#commitOf(project, ref);
    const statuses = await this.#store.latest(project.id, name, most.contexts);
    return { state: combine(statuses), sha: keyOf(name), statuses };
  }

  /**
   * Throws ContextsNotSuccessful unless these contexts of a commit succeeded. undefined: all that were ever told of it, which
   * may be none. `sha` null: it is found by the ref.
   */
  async refuseUnlessSuccessful(
    project: Project,
    { ref, sha }: { readonly ref: string; readonly sha: string | null },
    contexts: readonly string[] | undefined,
  ): Promise<void> {
    if (contexts?.length === 0) return;
    // Most projects tell of no checks: then there is nothing to look for.
    const isTold = await this.#store.hasAny(project.id);
    const statuses = isTold
      ? await this.#store.latest(project.id, await this.#commitOf(project, sha ?? ref), most.contexts)
      : [];
    const considered = consider(statuses, contexts);
    if (considered.some(({ state }) => state !== 'success')) throw new ContextsNotSuccessful(considered);
  }

  async #tellDeployment(
    principal: Principal,
    project: Project,
    commit: CommitName,
    { context, state, targetUrl, description }: NewCommitStatus,
  ): Promise<void> {
    const named = deploymentNamed(this.#deployContexts, context);
    const id = named && (await this.#store.unfinished(project.id, commit, named.environment));
    if (id === undefined) return;
    const status = {
      status: statusOfState[state],
      word: state,
      logUrl: targetUrl,
      description,
      environmentUrl: null,
      environment: null,
      autoInactive: true,
    };
    await this.#requests.addStatus(principal, project, id, status).catch((error: unknown) => {
      // Somebody has just deleted the deployment: what was told of the commit stands all the same.
      if (!(error instanceof ShiplogFault && error.code === 'not_found')) throw error;
    });
  }

  /** A ref stands for the commit that was last deployed from it; where none was, statuses may have been told of the ref itself. */
  async #commitOf(project: Project, text: string): Promise<CommitName> {
    const name = commitNamed(text);
    if (name.kind === 'sha') return name;
    const sha = await this.#store.shaOf(project.id, name.ref);
    return sha === undefined ? name : commitNamed(sha);
  }
}

function combine(statuses: readonly CommitStatus[]): CombinedStatus['state'] {
  if (statuses.some(({ state }) => state === 'error' || state === 'failure')) return 'failure';
  const isDone = statuses.length > 0 && statuses.every(({ state }) => state === 'success');
  return isDone ? 'success' : 'pending';
}

function consider(statuses: readonly CommitStatus[], wanted: readonly string[] | undefined): ConsideredContext[] {
  if (wanted === undefined) return statuses.map(({ context, state }) => ({ context, state }));
  const told = new Map(statuses.map(({ context, state }) => [context.toLowerCase(), state]));
  return wanted.map((context) => ({ context, state: told.get(context.toLowerCase()) ?? 'missing' }));
}

function tooMany(what: keyof typeof most) {
  const message =
    what === 'statuses'
      ? `has ${most.statuses} statuses for this commit already`
      : `is one too many: this commit has ${most.contexts} contexts`;
  return invalid([{ pointer: '/context', message }]);
}
