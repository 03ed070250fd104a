import { tiers } from '../../../contract/tiers.ts';
import type { Commits, History } from '../repositories/history-types.ts';
import type { ProjectRepository } from '../repositories/repository-types.ts';
import type { LiveState } from './change-types.ts';
import type { Containment, Landings } from './landings.ts';
import type { TrackedEnvironment, TrackedProject } from './presence-types.ts';

/** What a commit contains. */
export type Reach = (n: number) => Commits;

/** All that was read of a project when it was asked what is where. */
export interface LaneFacts {
  readonly repository: ProjectRepository;
  readonly history: History;
  readonly landings: Landings;
  readonly touching: Commits | undefined;
  readonly environments: readonly TrackedEnvironment[];
  readonly reach: Reach;
  /** Of an environment: all that its successful deployments ever contained. */
  readonly ever: ReadonlyMap<number, Commits>;
}

/** Answers from what was read, and from the graph. */
export class Lanes implements TrackedProject {
  readonly #facts: LaneFacts;

  constructor(facts: LaneFacts) {
    this.#facts = facts;
  }

  get projectId(): number {
    return this.#facts.repository.projectId;
  }

  get history(): History {
    return this.#facts.history;
  }

  get repository(): ProjectRepository {
    return this.#facts.repository;
  }

  get environments(): readonly TrackedEnvironment[] {
    return this.#facts.environments;
  }

  stateOf(changeId: number, environmentId: number): LiveState {
    return this.#state(environmentId, (commits) => this.#facts.landings.containment(changeId, commits));
  }

  stateOfCommit(n: number, environmentId: number): LiveState {
    return this.#state(environmentId, (commits) => this.#facts.landings.commitIn(n, commits));
  }

  changesAmong(ns: readonly number[]): readonly number[] {
    return [...new Set(ns.flatMap((n) => this.#facts.landings.at(n)))];
  }

  changesBetween(from: number | null, to: number): readonly number[] {
    const { history, landings, reach } = this.#facts;
    const before = from === null ? undefined : reach(from);
    const after = reach(to);
    const brought = history.graph.newSince(to, from === null ? [] : [from]);
    return landings
      .concerning(brought)
      .filter((id) => landings.containment(id, after) === 'live')
      .filter((id) => !before || landings.containment(id, before) !== 'live');
  }

  between(from: number | null, to: number): readonly number[] {
    const { history, touching, landings } = this.#facts;
    const all = history.graph.newSince(to, from === null ? [] : [from]);
    // Merges touch nothing by themselves, but are what people look for.
    return touching ? all.filter((n) => touching.has(n) || landings.at(n).length > 0) : all;
  }

  before(environmentId: number): TrackedEnvironment | undefined {
    const own = this.#environment(environmentId);
    if (!own || own.tier === 'other') return undefined;
    const lower = this.environments.filter(
      ({ tier, current }) => typeof current?.n === 'number' && tiers.indexOf(tier) < tiers.indexOf(own.tier),
    );
    const nearest = lower.reduce((highest, { tier }) => Math.max(highest, tiers.indexOf(tier)), -1);
    return this.#furthest(lower.filter(({ tier }) => tiers.indexOf(tier) === nearest));
  }

  /** Of those whose commit none of the others has already, the one that was deployed last. */
  #furthest(environments: readonly TrackedEnvironment[]): TrackedEnvironment | undefined {
    const { graph } = this.#facts.history;
    const ahead: TrackedEnvironment[] = [];
    // No commit contains one with a greater number.
    for (const environment of environments.toSorted((a, b) => commitOf(b) - commitOf(a))) {
      const n = commitOf(environment);
      if (!ahead.some((other) => commitOf(other) !== n && graph.contains(commitOf(other), n))) ahead.push(environment);
    }
    return ahead.toSorted((a, b) => (b.current?.at ?? 0) - (a.current?.at ?? 0))[0];
  }

  #state(environmentId: number, containment: (commits: Commits) => Containment): LiveState {
    const { reach, ever } = this.#facts;
    const current = this.#environment(environmentId)?.current;
    if (current && current.n === null) return 'unknown';
    const now = current ? containment(reach(current.n ?? 0)) : 'absent';
    if (now !== 'absent') return now;
    const past = ever.get(environmentId);
    return past && containment(past) !== 'absent' ? 'left' : 'never';
  }

  #environment(id: number): TrackedEnvironment | undefined {
    return this.environments.find((environment) => environment.id === id);
  }
}

/** Of an environment in which something known runs. */
function commitOf({ current }: TrackedEnvironment): number {
  return current?.n ?? 0;
}
