import { compareEnvironments, type Tier } from '../../../contract/tiers.ts';
import type { Clock } from '../../clock.ts';
import type { LiveFeed } from '../../log/live-feed.ts';
import { type Principal, type ProjectAccess, sees, seesEverything } from '../../principal.ts';
import type { FullSlot, MatrixStore } from './matrix-store.ts';
import { type ShownSlot, showProject } from './shown-slot.ts';

export interface MatrixProject extends ProjectAccess {
  /** In the order of the columns. */
  readonly slots: readonly ShownSlot[];
}

/** The whole matrix at one moment. The same object as long as nothing in it has changed. */
export interface MatrixSnapshot {
  /** Names the log whose versions these are. */
  readonly epoch: number;
  readonly version: number;
  /** Running deployments without news; their number changes with time alone. */
  readonly stale: ReadonlySet<ShownSlot>;
  /** When the next of them counts as stale; Infinity for none. */
  readonly nextStaleAt: number;
  readonly running: readonly ShownSlot[];
  readonly columns: readonly { readonly name: string; readonly tier: Tier }[];
  readonly projects: readonly MatrixProject[];
  readonly at: number;
}

/**
 * Holds the matrix in memory and brings it up to date when it is asked for: only slots that changed since the last time
 * are read, and nothing is where nothing was committed.
 */
export class MatrixService {
  readonly #store: MatrixStore;
  readonly #feed: LiveFeed;
  readonly #clock: Clock;
  readonly #slots = new Map<number, Map<number, FullSlot>>();
  readonly #projects = new Map<number, MatrixProject>();
  #version = 0;
  #epoch: number | undefined;
  #seen = -1;
  #snapshot: MatrixSnapshot | undefined;
  #refreshing: Promise<MatrixSnapshot> | undefined;

  constructor(store: MatrixStore, feed: LiveFeed, clock: Clock) {
    this.#store = store;
    this.#feed = feed;
    this.#clock = clock;
  }

  /**
   * The matrix with everything that was committed here before the call, and, where another node has told the caller of an
   * event already, with everything up to its position.
   */
  async snapshot(after?: number): Promise<MatrixSnapshot> {
    if (after !== undefined && after > this.#feed.position) await this.#feed.catchUp();
    const now = this.#clock();
    if (this.#snapshot && this.#seen === this.#feed.version) return this.#aged(this.#snapshot, now);
    // A refresh under way may have begun before the caller's own commit: wait for it, then look again.
    if (this.#refreshing) {
      await this.#refreshing;
      return this.snapshot();
    }
    this.#refreshing = this.#refresh(now);
    try {
      return await this.#refreshing;
    } finally {
      this.#refreshing = undefined;
    }
  }

  async #refresh(now: number): Promise<MatrixSnapshot> {
    const seen = this.#feed.version;
    const epoch = await this.#store.epoch();
    if (epoch !== this.#epoch) this.#beginAnew(epoch);
    const changed = await this.#store.changedAfter(this.#version);
    for (const slot of changed) {
      const { projectId, environmentId } = slot.place;
      const project = this.#slots.get(projectId) ?? new Map<number, FullSlot>();
      this.#slots.set(projectId, project.set(environmentId, slot));
      this.#version = Math.max(this.#version, slot.version);
    }
    for (const projectId of new Set(changed.map(({ place }) => place.projectId))) this.#show(projectId);
    this.#seen = seen;
    if (this.#snapshot && changed.length === 0) return this.#aged(this.#snapshot, now);
    const projects = [...this.#projects.values()].toSorted(byPath);
    const running = projects.flatMap(({ slots }) => slots.filter(({ staleAt }) => staleAt !== null));
    const stale = staleSlots(running, now);
    this.#snapshot = {
      epoch,
      version: this.#version,
      columns: columnsOf(projects),
      projects,
      running,
      stale,
      nextStaleAt: nextStale(running, now),
      at: now,
    };
    return this.#snapshot;
  }

  /** Another log, or other names in this one: nothing that is known of it holds. */
  #beginAnew(epoch: number): void {
    this.#epoch = epoch;
    this.#version = 0;
    this.#snapshot = undefined;
    this.#slots.clear();
    this.#projects.clear();
  }

  #show(projectId: number): void {
    const slots = [...(this.#slots.get(projectId)?.values() ?? [])];
    const [first] = slots;
    if (!first) return;
    const { namespace, service, visibility, everyoneLevel } = first.place;
    const order = (a: FullSlot, b: FullSlot) => compareEnvironments(asColumn(a), asColumn(b));
    const shown = showProject(slots.toSorted(order));
    this.#projects.set(projectId, { namespace, service, visibility, everyoneLevel, slots: shown });
  }

  /** Time alone makes running deployments stale. */
  #aged(snapshot: MatrixSnapshot, now: number): MatrixSnapshot {
    if (now < snapshot.nextStaleAt) return snapshot;
    const stale = staleSlots(snapshot.running, now);
    this.#snapshot = { ...snapshot, stale, nextStaleAt: nextStale(snapshot.running, now), at: now };
    return this.#snapshot;
  }
}

/** The projects of a matrix that a principal may know of: the same array where that is all of them. */
export function visibleProjects({ projects }: MatrixSnapshot, principal: Principal): readonly MatrixProject[] {
  if (seesEverything(principal)) return projects;
  const visible = projects.filter((project) => sees(principal, project));
  return visible.length === projects.length ? projects : visible;
}

function asColumn({ place }: FullSlot) {
  return { name: place.environment, tier: place.tier };
}

function byPath(a: MatrixProject, b: MatrixProject): number {
  return compareText(a.namespace, b.namespace) || compareText(a.service, b.service);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One column for each name; where projects disagree on its tier, that of the first project counts. */
function columnsOf(projects: readonly MatrixProject[]) {
  const columns = new Map<string, { name: string; tier: Tier }>();
  for (const { slots } of projects) {
    for (const { place } of slots)
      if (!columns.has(place.environment))
        columns.set(place.environment, { name: place.environment, tier: place.tier });
  }
  return [...columns.values()].toSorted(compareEnvironments);
}

function staleSlots(running: readonly ShownSlot[], now: number): ReadonlySet<ShownSlot> {
  return new Set(running.filter(({ staleAt }) => staleAt !== null && staleAt <= now));
}

function nextStale(running: readonly ShownSlot[], now: number): number {
  return running.reduce(
    (next, { staleAt }) => (staleAt !== null && staleAt > now ? Math.min(next, staleAt) : next),
    Infinity,
  );
}
