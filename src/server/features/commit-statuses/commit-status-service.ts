import { accessLevels } from '../../../contract/access-levels.ts';
import type { Status } from '../../../contract/statuses.ts';
import type { Clock } from '../../clock.ts';
import { invalid, notFound, ShiplogFault } from '../../errors.ts';
import type { Principal } from '../../principal.ts';
import { requireLevel } from '../../require-level.ts';
import type { RequestService } from '../deployments/request-service.ts';
import type { Project } from '../projects/project-types.ts';
import { type CommitName, commitNamed, keyOf } from './commit-name.ts';
import type { CommitStatusStore } from './commit-status-store.ts';
import {
  type CombinedStatus,
  type CommitState,
  type CommitStatus,
  mostContexts,
  type NewCommitStatus,
} from './commit-status-types.ts';
import { deploymentNamed } from './deploy-contexts.ts';

/** GitHub's own limit for statuses of one context. */
const most = { statuses: 1000, contexts: mostContexts } as const;

/** What a check means for a deployment that its context stands for. */
const statusOfState: Readonly<Record<CommitState, Status>> = {
  error: 'failed',
  failure: 'failed',
  pending: 'pending',
  success: 'success',
};

/** What checks say of commits. Who may deploy may tell; who sees the project may read. */
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
    requireLevel(principal, project, accessLevels.developer);
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
    return this.#store.page(project.id, await this.#store.commitOf(project.id, ref), page);
  }

  /** What all checks together say: `failure` where one failed, `pending` where one is, or none is there. */
  async combined(project: Project, ref: string): Promise<CombinedStatus> {
    const name = await this.#store.commitOf(project.id, ref);
    const statuses = await this.#store.latest(project.id, name, most.contexts);
    return { state: combine(statuses), sha: keyOf(name), statuses };
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
}

function combine(statuses: readonly CommitStatus[]): CombinedStatus['state'] {
  if (statuses.some(({ state }) => state === 'error' || state === 'failure')) return 'failure';
  const isDone = statuses.length > 0 && statuses.every(({ state }) => state === 'success');
  return isDone ? 'success' : 'pending';
}

function tooMany(what: keyof typeof most) {
  const message =
    what === 'statuses'
      ? `has ${most.statuses} statuses for this commit already`
      : `is one too many: this commit has ${most.contexts} contexts`;
  return invalid([{ pointer: '/context', message }]);
}
