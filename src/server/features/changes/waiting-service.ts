import type { Clock } from '../../clock.ts';
import { invalid, notFound } from '../../errors.ts';
import type { Principal } from '../../principal.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { Project } from '../projects/project-types.ts';
import type { ChangeService } from './change-service.ts';
import type { Change, ChangeLink, LiveState } from './change-types.ts';
import { type ConnectedProjectStore, standingOfProjects } from './connected-project-store.ts';
import type { PresenceService } from './presence-service.ts';
import type { TrackedEnvironment, TrackedLanes } from './presence-types.ts';
import { type NamedChange, namedChange, ProjectViews } from './project-views.ts';
import { type RepositoryStanding, standingOf } from './repository-standing.ts';

export interface WaitingQuery {
  readonly project: string | undefined;
  /** Absent: the environment before each `to`. */
  readonly from: string | undefined;
  /** Absent: each environment that has one before it. */
  readonly to: string | undefined;
  /** Part of the title or the description, or the whole number. */
  readonly search: string | undefined;
}

/** Live in one environment and not in another. */
export interface WaitingChange extends NamedChange {
  readonly from: TrackedEnvironment;
  readonly to: TrackedEnvironment;
  readonly stateThere: LiveState;
  readonly link: ChangeLink | undefined;
  /** When it came to `from`; where that is not known, when it was merged. */
  readonly since: number;
  readonly waitingMs: number;
}

/** The last one of the page before. */
export interface WaitingCursor {
  readonly since: number;
  readonly changeId: number;
  readonly environmentId: number;
}

export interface WaitingPage {
  readonly items: readonly WaitingChange[];
  readonly next: WaitingCursor | undefined;
  readonly total: number;
  /** Environments of which nothing can be said: the commit that runs there is not known. */
  readonly unknown: readonly UnknownEnvironment[];
  readonly standing: RepositoryStanding;
}

export interface UnknownEnvironment {
  readonly project: ProjectName;
  readonly environment: TrackedEnvironment;
}

type ProjectName = Pick<Project, 'id' | 'namespace' | 'service'>;

const mostUnknown = 100;

/** Work that has come to one environment and not to the next. */
export class WaitingService {
  readonly #changes: ChangeService;
  readonly #presence: PresenceService;
  readonly #projects: ProjectService;
  readonly #connected: ConnectedProjectStore;
  readonly #clock: Clock;

  constructor(
    changes: ChangeService,
    presence: PresenceService,
    projects: ProjectService,
    connected: ConnectedProjectStore,
    clock: Clock,
  ) {
    this.#changes = changes;
    this.#presence = presence;
    this.#projects = projects;
    this.#connected = connected;
    this.#clock = clock;
  }

  /**
   * The longest wait first, going on after a page's `next`. Throws what `ProjectService.resolve` throws, and `not_found`
   * for an environment that the project it is asked of does not have, and `validation_failed` where both are the same.
   */
  async page(
    principal: Principal,
    query: WaitingQuery,
    limit: number,
    after: WaitingCursor | undefined,
  ): Promise<WaitingPage> {
    if (query.from !== undefined && query.from === query.to)
      throw invalid([{ pointer: '/to', message: 'must be another environment than from' }]);
    const { projects, standing } = await this.#asked(principal, query);
    const lanes = await this.#presence.lanes(projects.map(({ id }) => id));
    const unknown = projects.flatMap((project) => unknownIn(project, lanes.get(project.id), query));
    const waiting = await this.#since([...lanes.values()].flatMap((project) => waitingIn(project, query)));
    const all = await this.#found(waiting, query.search);
    all.sort((a, b) => compare(keyOf(a), keyOf(b)));
    const rest = after ? all.filter((item) => compare(keyOf(item), after) > 0) : all;
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    const next = last && rest.length > limit ? keyOf(last) : undefined;
    const items = await this.#named(principal, page);
    return { items, next, total: all.length, unknown: unknown.slice(0, mostUnknown), standing };
  }

  async #asked(
    principal: Principal,
    { project: path, from, to }: WaitingQuery,
  ): Promise<{ readonly projects: readonly ProjectName[]; readonly standing: RepositoryStanding }> {
    if (path === undefined) {
      const connected = await this.#connected.visibleTo(principal);
      return { projects: connected, standing: standingOfProjects(connected) };
    }
    const project = await this.#projects.resolve(principal, path);
    const lanes = (await this.#presence.lanes([project.id])).get(project.id);
    const names = lanes?.environments.map(({ name }) => name);
    if ([from, to].some((name) => name !== undefined && names && !names.includes(name))) throw notFound('Environment');
    return { projects: [project], standing: standingOf(lanes?.repository.state) };
  }

  /** With when each came to where it is live. */
  async #since(waiting: readonly Waiting[]): Promise<Dated[]> {
    const ids = [...new Set(waiting.map(({ changeId }) => changeId))];
    const [changes, links] = [await this.#changes.byIds(ids), await this.#changes.links(ids)];
    return waiting.flatMap((item): Dated[] => {
      const change = changes.get(item.changeId);
      const link = links.get(item.changeId)?.find(({ environmentId }) => environmentId === item.from.id);
      return change ? [{ ...item, change, link, since: link?.deployedAt ?? change.mergedAt ?? change.createdAt }] : [];
    });
  }

  /** By the rule of the list of changes, whose database folds case in its own way. */
  async #found(waiting: Dated[], search: string | undefined): Promise<Dated[]> {
    if (search === undefined) return waiting;
    const ids = await this.#changes.found([...new Set(waiting.map(({ changeId }) => changeId))], search);
    return waiting.filter(({ changeId }) => ids.has(changeId));
  }

  async #named(principal: Principal, page: readonly Dated[]): Promise<WaitingChange[]> {
    const views = new ProjectViews(principal, this.#projects, this.#presence);
    const now = this.#clock();
    const items: WaitingChange[] = [];
    for (const { change, from, to, link, since } of page) {
      const view = await views.of(change.projectId);
      const stateThere = view?.tracked?.stateOf(change.id, to.id) ?? 'unknown';
      const waitingMs = Math.max(0, now - since);
      if (view) items.push({ ...namedChange(view, change), from, to, stateThere, link, since, waitingMs });
    }
    return items;
  }
}

interface Lane {
  readonly from: TrackedEnvironment;
  readonly to: TrackedEnvironment;
}

interface Waiting extends Lane {
  readonly changeId: number;
}

interface Dated extends Waiting {
  readonly change: Change;
  readonly link: ChangeLink | undefined;
  readonly since: number;
}

function waitingIn(project: TrackedLanes, query: WaitingQuery): Waiting[] {
  return lanesOf(project, query).flatMap(({ from, to }) => {
    const n = from.current?.n ?? null;
    const isKnown = n !== null && (to.current === null || to.current.n !== null);
    const ids = isKnown ? project.changesBetween(to.current?.n ?? null, n) : [];
    return ids.map((changeId) => ({ changeId, from, to }));
  });
}

function unknownIn(project: ProjectName, lanes: TrackedLanes | undefined, { from, to }: WaitingQuery) {
  const asked = [from, to].filter((name) => name !== undefined);
  return (lanes?.environments ?? [])
    .filter(({ name, current }) => current?.n === null && (asked.length === 0 || asked.includes(name)))
    .map((environment): UnknownEnvironment => ({ project, environment }));
}

function lanesOf(project: TrackedLanes, { from, to }: WaitingQuery): Lane[] {
  const { environments } = project;
  const named = from === undefined ? undefined : environments.find(({ name }) => name === from);
  if (from !== undefined && !named) return [];
  return environments.flatMap((target): Lane[] => {
    if (to !== undefined && target.name !== to) return [];
    const before = project.before(target.id);
    // Without a word about the target it is each environment that follows the one asked for.
    if (to === undefined) return before && (!named || before.id === named.id) ? [{ from: before, to: target }] : [];
    const source = named ?? before;
    return source && source.id !== target.id ? [{ from: source, to: target }] : [];
  });
}

function keyOf({ since, change, to }: Pick<Dated, 'since' | 'change' | 'to'>): WaitingCursor {
  return { since, changeId: change.id, environmentId: to.id };
}

function compare(a: WaitingCursor, b: WaitingCursor): number {
  return a.since - b.since || a.changeId - b.changeId || a.environmentId - b.environmentId;
}
