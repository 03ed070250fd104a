import { invalid, notFound } from '../../errors.ts';
import { type Principal, sees } from '../../principal.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { HistoryService } from '../repositories/history-service.ts';
import type { CommitRecord } from '../repositories/repository-types.ts';
import type { ChangeService } from './change-service.ts';
import type { PresenceService } from './presence-service.ts';
import type { DeploymentContents, TrackedProject } from './presence-types.ts';
import { type NamedChange, namedChange, type ProjectView, ProjectViews } from './project-views.ts';
import { type RepositoryStanding, standingOf } from './repository-standing.ts';
import type { ShipmentStore } from './shipment-store.ts';
import type { Shipment } from './shipment-types.ts';

/** A list that may be long: its first entries, and how many there are. */
export interface Counted<T> {
  readonly count: number;
  readonly items: readonly T[];
}

/** Commits, and the changes that land in them. */
export interface Side {
  readonly commits: Counted<CommitRecord>;
  readonly changes: Counted<NamedChange>;
}

export interface DeploymentDiff {
  readonly view: ProjectView;
  readonly from: Shipment;
  readonly to: Shipment;
  /** Why it is not known what differs, for people; null: it is known. */
  readonly reason: string | null;
  /** What `to` has and `from` has not. */
  readonly added: Side;
  readonly missing: Side;
  readonly standing: RepositoryStanding;
}

export interface ShippedChanges {
  readonly shipment: Shipment;
  readonly kind: DeploymentContents['kind'];
  readonly reason: string | null;
  readonly ships: Counted<NamedChange>;
  readonly takesOut: Counted<NamedChange>;
  readonly bringsBack: Counted<NamedChange>;
  readonly reverts: Counted<NamedChange>;
  readonly commits: Counted<CommitRecord>;
  readonly standing: RepositoryStanding;
}

interface DiffParts {
  readonly projects: ProjectService;
  readonly presence: PresenceService;
  readonly changes: ChangeService;
  readonly history: HistoryService;
  readonly shipments: ShipmentStore;
}

/** Lists show so many; their counts say how many there are. */
const mostListed = 100;

/** What deployments ship, and how two of them differ. */
export class DiffService {
  readonly #parts: DiffParts;

  constructor(parts: DiffParts) {
    this.#parts = parts;
  }

  /**
   * Two deployments of one project, by number; `path`: which, where the caller says. Throws `not_found`, also for what the
   * principal may not see, and `validation_failed` for deployments of other projects.
   */
  async ofDeployments(
    principal: Principal,
    path: string | undefined,
    fromId: number,
    toId: number,
  ): Promise<DeploymentDiff> {
    const [from, to] = [await this.#shipment(principal, fromId), await this.#shipment(principal, toId)];
    const view = await this.#views(principal).named(path ?? String(from.place.projectId));
    const pointers = [[from, '/from'] as const, [to, '/to'] as const];
    const wrong = pointers.filter(([{ place }]) => place.projectId !== view.project.id);
    const message = 'must be a deployment of the same project';
    if (wrong.length > 0) throw invalid(wrong.map(([, pointer]) => ({ pointer, message })));
    return this.#diff(view, from, to);
  }

  /** What runs in two environments of a project. Throws `not_found` where nothing was ever deployed successfully. */
  async ofEnvironments(principal: Principal, path: string, from: string, to: string): Promise<DeploymentDiff> {
    const view = await this.#views(principal).named(path);
    const live = await this.#parts.shipments.liveIn([view.project.id]);
    const [here, there] = [from, to].map((name) => live.find(({ place }) => place.environment === name));
    if (!here || !there) throw notFound(`live deployment in ${here ? to : from}`);
    return this.#diff(view, here, there);
  }

  /** What a deployment did to its environment. Throws `not_found`, also for what the principal may not see. */
  async ofDeployment(principal: Principal, id: number): Promise<ShippedChanges> {
    const shipment = await this.#shipment(principal, id);
    const { projectId, environmentId } = shipment.place;
    const view = await this.#views(principal).named(String(projectId));
    const { tracked } = view;
    const standing = standingOf(tracked?.repository.state);
    const contents = tracked && (await this.#parts.presence.contentsOf({ id, projectId, environmentId }));
    const { kind, commits, ships, takesOut, bringsBack, reverts } = contents ?? nothingKnown;
    return {
      shipment,
      kind,
      reason: kind === 'shipped' ? null : this.#reason(kind, view, shipment, standing),
      ships: await this.#changes(view, ships),
      takesOut: await this.#changes(view, takesOut),
      bringsBack: await this.#changes(view, bringsBack),
      reverts: await this.#changes(view, reverts),
      commits: await this.#commits(tracked, commits),
      standing,
    };
  }

  #reason(
    kind: 'baseline' | 'unknown',
    { tracked }: ProjectView,
    shipment: Shipment,
    standing: RepositoryStanding,
  ): string | null {
    if (kind === 'baseline') {
      return 'This is the first deployment there that is known. What it contains was there before, so nothing counts as shipped by it.';
    }
    if (tracked && !tracked.environments.some(({ id }) => id === shipment.place.environmentId)) {
      return 'Changes are not tracked in this environment: a setting of the project limits which are.';
    }
    return unknownCommit(shipment, standing);
  }

  async #diff(view: ProjectView, from: Shipment, to: Shipment): Promise<DeploymentDiff> {
    const { tracked } = view;
    const standing = standingOf(tracked?.repository.state);
    const resolved = tracked
      ? await this.#parts.history.resolve(tracked.repository.repositoryId, [from, to])
      : [null, null];
    const [a = null, b = null] = resolved;
    const head = { view, from, to, standing };
    if (!tracked || a === null || b === null) {
      const reason = unknownCommit(a === null ? from : to, standing);
      return { ...head, reason, added: emptySide, missing: emptySide };
    }
    const added = await this.#side(view, tracked, a, b);
    const missing = await this.#side(view, tracked, b, a);
    return { ...head, reason: null, added, missing };
  }

  /** What `to` has and `from` has not. */
  async #side(view: ProjectView, tracked: TrackedProject, from: number, to: number): Promise<Side> {
    return {
      commits: await this.#commits(tracked, tracked.between(from, to)),
      changes: await this.#changes(view, tracked.changesBetween(from, to)),
    };
  }

  async #commits(tracked: TrackedProject | undefined, ns: readonly number[]): Promise<Counted<CommitRecord>> {
    if (!tracked || ns.length === 0) return { count: ns.length, items: [] };
    const { repositoryId } = tracked.repository;
    return { count: ns.length, items: await this.#parts.history.commits(repositoryId, ns.slice(0, mostListed)) };
  }

  async #changes(view: ProjectView, ids: readonly number[]): Promise<Counted<NamedChange>> {
    const changes = [...(await this.#parts.changes.byIds(ids)).values()].sort((a, b) => b.number - a.number);
    return { count: changes.length, items: changes.slice(0, mostListed).map((change) => namedChange(view, change)) };
  }

  async #shipment(principal: Principal, id: number): Promise<Shipment> {
    const shipment = await this.#parts.shipments.byId(id);
    if (!shipment || !sees(principal, shipment.place)) throw notFound('deployment');
    return shipment;
  }

  #views(principal: Principal): ProjectViews {
    return new ProjectViews(principal, this.#parts.projects, this.#parts.presence);
  }
}

const nothing: Counted<never> = { count: 0, items: [] };
const emptySide: Side = { commits: nothing, changes: nothing };
const nothingKnown = { kind: 'unknown', commits: [], ships: [], takesOut: [], bringsBack: [], reverts: [] } as const;

/** Why the commit of a deployment is not known, for people. */
function unknownCommit({ sha, ref, version }: Shipment, standing: RepositoryStanding): string {
  if (standing.state === 'none' || standing.state === 'waiting') return standing.reason ?? '';
  const named = sha ?? ref ?? version;
  const what =
    named === null
      ? 'The deployment was reported without a commit, and without a tag that could name one.'
      : `The repository holds no commit or tag ${named}.`;
  return standing.state === 'failed' && standing.reason !== null ? `${what} ${standing.reason}` : what;
}
