import type { Principal } from '../../principal.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { Project } from '../projects/project-types.ts';
import type { ChangeFilter } from './change-filter.ts';
import type { ChangeService } from './change-service.ts';
import type { Change, ChangeLink, ChangeState, LiveState } from './change-types.ts';
import { type ConnectedProjectStore, standingOfProjects } from './connected-project-store.ts';
import type { PresenceService } from './presence-service.ts';
import type { TrackedEnvironment } from './presence-types.ts';
import { type NamedChange, namedChange, type ProjectView, ProjectViews } from './project-views.ts';
import { type RepositoryStanding, standingOf } from './repository-standing.ts';

/** Which changes. What is absent does not matter; moments in epoch milliseconds. */
export interface ChangeQuery {
  readonly project: string | undefined;
  /** Was deployed there; the moments are of that deployment. */
  readonly environment: string | undefined;
  readonly deployedAfter: number | undefined;
  readonly deployedBefore: number | undefined;
  /** Is not live there now, as far as is known. */
  readonly notIn: string | undefined;
  readonly state: ChangeState | undefined;
  readonly author: string | undefined;
  readonly search: string | undefined;
}

export interface ChangeWithPlaces extends NamedChange {
  /** In the order of the matrix. */
  readonly places: readonly ChangePlace[];
}

export interface ChangePlace {
  readonly environment: TrackedEnvironment;
  readonly state: LiveState;
  /** The first deployment that contains it; undefined: none, or what was there before the first one known. */
  readonly link: ChangeLink | undefined;
}

/** The last one of the page before. */
export interface ListCursor {
  readonly value: number;
  readonly id: number;
}

export interface ListedChanges {
  readonly items: readonly ChangeWithPlaces[];
  /** undefined on the last page. */
  readonly next: ListCursor | undefined;
  readonly standing: RepositoryStanding;
}

/** So much is looked through for a page of what only the graph can tell; it may hold less, and the next one goes on. */
const sliceSize = 500;
const mostSlices = 10;

/** Changes for whoever asks, with where they are. */
export class ChangeQueryService {
  readonly #changes: ChangeService;
  readonly #presence: PresenceService;
  readonly #projects: ProjectService;
  readonly #connected: ConnectedProjectStore;

  constructor(
    changes: ChangeService,
    presence: PresenceService,
    projects: ProjectService,
    connected: ConnectedProjectStore,
  ) {
    this.#changes = changes;
    this.#presence = presence;
    this.#projects = projects;
    this.#connected = connected;
  }

  /** The latest updated first, going on after a page's `next`. Throws what `ProjectService.resolve` throws. */
  async list(
    principal: Principal,
    query: ChangeQuery,
    limit: number,
    after: ListCursor | undefined,
  ): Promise<ListedChanges> {
    const views = new ProjectViews(principal, this.#projects, this.#presence);
    const named = query.project === undefined ? undefined : await views.named(query.project);
    const filter = filterOf(principal, query, named?.project);
    const { items, next } = await this.#matching(filter, query.notIn, views, limit, after);
    const links = await this.#changes.links(items.map(({ change }) => change.id));
    return {
      items: items.map((item) => placed(item.view, item.change, links.get(item.change.id) ?? [])),
      next,
      standing: named
        ? standingOf(named.tracked?.repository.state)
        : standingOfProjects(await this.#connected.visibleTo(principal)),
    };
  }

  async #matching(
    filter: ChangeFilter,
    notIn: string | undefined,
    views: ProjectViews,
    limit: number,
    from: ListCursor | undefined,
  ): Promise<{ readonly items: readonly Seen[]; readonly next: ListCursor | undefined }> {
    const items: Seen[] = [];
    let after = from;
    for (let slices = 0; slices < mostSlices; slices += 1) {
      const size = notIn === undefined ? limit : Math.max(limit, sliceSize);
      const page = await this.#changes.page(filter, { limit: size, after });
      for (const change of page.items) {
        after = { value: change.updatedAt, id: change.id };
        const view = await views.of(change.projectId);
        if (!view || (notIn !== undefined && !isMissing(view, change, notIn))) continue;
        items.push({ change, view });
        const isLast = change === page.items.at(-1) && !page.hasNext;
        if (items.length === limit) return { items, next: isLast ? undefined : after };
      }
      if (!page.hasNext) return { items, next: undefined };
    }
    return { items, next: after };
  }
}

interface Seen {
  readonly change: Change;
  readonly view: ProjectView;
}

function filterOf(principal: Principal, query: ChangeQuery, project: Project | undefined): ChangeFilter {
  const { environment, deployedAfter, deployedBefore, state, author, search } = query;
  return {
    seenBy: principal,
    ...(project ? { projectIds: [project.id] } : {}),
    link: { environment, deployedAfter, deployedBefore },
    ...(state === undefined ? {} : { states: [state] }),
    writtenBy: author,
    search,
    orderBy: 'updated_at',
    direction: 'desc',
  };
}

/** Whether it is known not to be live in an environment of that name; nothing is in one that was never deployed to. */
function isMissing({ tracked }: ProjectView, change: Change, name: string): boolean {
  if (!tracked) return false;
  const environment = tracked.environments.find((one) => one.name === name);
  const state = environment ? tracked.stateOf(change.id, environment.id) : 'never';
  return state !== 'live' && state !== 'unknown';
}

function placed(view: ProjectView, change: Change, links: readonly ChangeLink[]): ChangeWithPlaces {
  const { tracked } = view;
  const places = (tracked?.environments ?? []).map((environment) => ({
    environment,
    state: tracked?.stateOf(change.id, environment.id) ?? 'unknown',
    link: links.find(({ environmentId }) => environmentId === environment.id),
  }));
  return { ...namedChange(view, change), places };
}
