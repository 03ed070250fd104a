import { notFound } from '../../errors.ts';
import type { Principal } from '../../principal.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { HistoryService } from '../repositories/history-service.ts';
import type { CommitRecord } from '../repositories/repository-types.ts';
import type { ChangeService } from './change-service.ts';
import type { Change, LandingKind, LiveState } from './change-types.ts';
import type { Counted } from './diff-service.ts';
import type { Landings } from './landings.ts';
import type { LandingsService } from './landings-service.ts';
import type { PresenceService } from './presence-service.ts';
import type { TrackedEnvironment, TrackedProject } from './presence-types.ts';
import { type NamedChange, namedChange, ProjectViews } from './project-views.ts';
import { type RepositoryStanding, standingOf } from './repository-standing.ts';
import type { ShipmentStore } from './shipment-store.ts';
import type { Shipment } from './shipment-types.ts';
import type { SuccessStore } from './success-store.ts';

/** How far a change has come. */
export interface Ladder extends NamedChange {
  /** In the order of the matrix. */
  readonly rungs: readonly Rung[];
  /** What it brought, newest first. */
  readonly commits: Counted<CommitRecord>;
  readonly standing: RepositoryStanding;
}

export interface Rung {
  readonly environment: TrackedEnvironment;
  readonly state: LiveState;
  /** The first deployment that contains it; undefined: none, or it was there before the first one known. */
  readonly first: Shipment | undefined;
  readonly landed: LandingKind | undefined;
  /** The deployment since which it is not live any more. */
  readonly gone: Shipment | undefined;
  readonly current: Shipment | undefined;
}

interface LadderParts {
  readonly projects: ProjectService;
  readonly presence: PresenceService;
  readonly changes: ChangeService;
  readonly history: HistoryService;
  readonly shipments: ShipmentStore;
  readonly landings: LandingsService;
  readonly successes: SuccessStore;
}

const mostListed = 100;
/** So many deployments are looked through for the one since which a change is not live. */
const mostSuccesses = 1000;

/** One change with all that is known of its way. */
export class LadderService {
  readonly #parts: LadderParts;

  constructor(parts: LadderParts) {
    this.#parts = parts;
  }

  /** Throws what `ProjectService.resolve` throws, and `not_found` where the project has no such change. */
  async of(principal: Principal, path: string, number: number): Promise<Ladder> {
    const { projects, presence, changes } = this.#parts;
    const view = await new ProjectViews(principal, projects, presence).named(path);
    const change = await changes.byNumber(view.project.id, number);
    if (!change) throw notFound('change');
    const { tracked } = view;
    const landings = tracked && (await this.#parts.landings.of(tracked.repository, tracked.history));
    return {
      ...namedChange(view, change),
      rungs: tracked && landings ? await this.#rungs(tracked, landings, change) : [],
      commits: tracked && landings ? await this.#commits(tracked, landings, change) : { count: 0, items: [] },
      standing: standingOf(tracked?.repository.state),
    };
  }

  async #rungs(tracked: TrackedProject, landings: Landings, change: Change): Promise<Rung[]> {
    const links = (await this.#parts.changes.links([change.id])).get(change.id) ?? [];
    const found = tracked.environments.map((environment) => ({
      environment,
      state: tracked.stateOf(change.id, environment.id),
      link: links.find(({ environmentId }) => environmentId === environment.id),
    }));
    const gone = new Map<number, number>();
    for (const { environment, state, link } of found) {
      if (state !== 'left' && state !== 'reverted') continue;
      const since = await this.#goneSince(tracked, landings, change.id, environment.id, link?.deploymentId);
      if (since !== undefined) gone.set(environment.id, since);
    }
    const shipments = await this.#parts.shipments.byIds(
      [
        ...found.flatMap(({ link, environment: { current } }) => [link?.deploymentId, current?.deploymentId]),
        ...gone.values(),
      ].filter((id) => id !== undefined),
    );
    const shipment = (id: number | undefined) => (id === undefined ? undefined : shipments.get(id));
    return found.map(({ environment, state, link }) => ({
      environment,
      state,
      first: shipment(link?.deploymentId),
      landed: link?.landed,
      gone: shipment(gone.get(environment.id)),
      current: shipment(environment.current?.deploymentId),
    }));
  }

  /**
   * The first of the last deployments without the change; where it was never live, the first that contains it, which brought
   * its revert as well. undefined where it is not known.
   */
  async #goneSince(
    tracked: TrackedProject,
    landings: Landings,
    changeId: number,
    environmentId: number,
    firstId: number | undefined,
  ): Promise<number | undefined> {
    const all = await this.#parts.successes.of(tracked.projectId, environmentId);
    const successes = all.slice(-mostSuccesses);
    const { graph, repositoryId } = tracked.history;
    const ns = await this.#parts.history.resolve(
      repositoryId,
      successes.map(({ revision }) => revision),
    );
    // What contains none of its commits needs no closer look, which is all of them after a rollback.
    const landed = graph.containing(landings.of(changeId).map(({ n }) => n));
    const has = new Map<number, boolean>();
    let gone: number | undefined;
    for (let index = successes.length - 1; index >= 0; index -= 1) {
      const n = ns[index] ?? null;
      if (n === null) continue;
      if (landed.has(n) && !has.has(n)) {
        has.set(n, landings.containment(changeId, graph.reach(n)) === 'live');
        await turnOfEventLoop();
      }
      if (has.get(n)) return gone;
      gone = successes[index]?.deploymentId;
    }
    return successes.some(({ deploymentId }) => deploymentId === firstId) ? firstId : undefined;
  }

  async #commits(tracked: TrackedProject, landings: Landings, { id }: Change): Promise<Counted<CommitRecord>> {
    const [landing] = landings.of(id);
    if (!landing) return { count: 0, items: [] };
    const { graph, repositoryId } = tracked.history;
    const { path } = tracked.repository;
    const touching = path === '' ? undefined : await this.#parts.history.touching(repositoryId, path);
    // What touches other folders only is of other projects, and of those who may read them.
    const own = graph.own(landing.n).filter((n) => n === landing.n || !touching || touching.has(n));
    return {
      count: own.length,
      items: await this.#parts.history.commits(repositoryId, own.slice(0, mostListed)),
    };
  }
}

/** Looking through all that one commit contains takes a moment: others are served between two of them. */
function turnOfEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
