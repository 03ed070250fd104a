import type { Commits, History } from '../repositories/history-types.ts';
import type { CommitNote } from '../repositories/repository-types.ts';
import { Steps } from './steps.ts';

/** So many commits are gone through for what reverted merges brought; of the others only the merge itself is undone. */
const mostSteps = 20_000_000;

/** The commits that undo all that one commit brought. */
type Undoing = readonly number[];

interface Active {
  readonly reverts: ReadonlySet<number>;
  /** Those that hold any of them. */
  readonly lists: ReadonlySet<Undoing>;
}

/** Which commits undo others, as their messages say: of a merge all that it brought. */
export class Reverts {
  readonly #graph: History['graph'];
  /** What undoes a commit: one list for each commit that reverts name and that brought it. */
  readonly #of = new Map<number, Undoing[]>();
  /** The lists that a revert is in, of the newest first. */
  readonly #listsOf: ReadonlyMap<number, readonly Undoing[]>;
  readonly #activeIn = new WeakMap<Commits, Active>();

  /** `targetsOf`: the commits that a note means. */
  constructor({ graph, notes }: Pick<History, 'graph' | 'notes'>, targetsOf: (note: CommitNote) => readonly number[]) {
    this.#graph = graph;
    const byTarget = new Map<number, Set<number>>();
    for (const note of notes) {
      if (note.kind !== 'revert') continue;
      for (const target of targetsOf(note)) put(byTarget, target, () => new Set()).add(note.n);
    }
    const steps = new Steps(mostSteps);
    const listsOf = new Map<number, Undoing[]>();
    for (const [target, reverts] of byTarget) {
      const list = [...reverts];
      const brought = steps.areLeft ? graph.own(target) : [target];
      steps.take(target - (brought.at(-1) ?? target) + 1);
      for (const n of brought) put(this.#of, n, () => []).push(list);
      for (const revert of list) put(listsOf, revert, () => []).push(list);
    }
    this.#listsOf = new Map([...listsOf].sort(([a], [b]) => b - a));
  }

  get areNone(): boolean {
    return this.#of.size === 0;
  }

  /** Whether a commit undoes anything. */
  undoes(n: number): boolean {
    return this.#listsOf.has(n);
  }

  /** Whether anything ever undid a commit. */
  has(n: number): boolean {
    return this.#of.has(n);
  }

  /** The commits among `commits` that undo `n` and that none of them undoes in turn. */
  active(n: number, commits: Commits): readonly number[] {
    return this.activeForAll([n], commits);
  }

  /** The same of several together; none where there is one that none of them undoes. */
  activeForAll(ns: readonly number[], commits: Commits): readonly number[] {
    if (!ns.every((n) => this.#of.has(n))) return [];
    const active = this.#activeAmong(commits);
    const lists = new Set<Undoing>();
    for (const n of ns) {
      const own = this.#of.get(n)?.filter((list) => active.lists.has(list)) ?? [];
      if (own.length === 0) return [];
      for (const list of own) lists.add(list);
    }
    return [...new Set([...lists].flat())].filter((revert) => active.reverts.has(revert));
  }

  /** The commits among `ns` that none of these reverts came after, and so undid where they were. */
  spared(reverts: readonly number[], ns: readonly number[]): readonly number[] {
    if (reverts.length === 0) return ns;
    const lowest = ns.reduce((least, n) => Math.min(least, n), Number.POSITIVE_INFINITY);
    const undone = this.#graph.reachOfAll(reverts, lowest);
    return ns.filter((n) => !undone.has(n));
  }

  /**
   * The reverts among `commits` that none of them undoes: decided from the newest on, as a revert comes after what it undoes.
   * One that is said to undo a later one was given an abbreviation that came true: it does not.
   */
  #activeAmong(commits: Commits): Active {
    const known = this.#activeIn.get(commits);
    if (known) return known;
    const [reverts, lists] = [new Set<number>(), new Set<Undoing>()];
    for (const [revert, own] of this.#listsOf) {
      if (!commits.has(revert) || this.#of.get(revert)?.some((list) => lists.has(list))) continue;
      reverts.add(revert);
      for (const list of own) lists.add(list);
    }
    const active = { reverts, lists };
    this.#activeIn.set(commits, active);
    return active;
  }
}

function put<K, V>(map: Map<K, V>, key: K, made: () => V): V {
  const value = map.get(key) ?? made();
  map.set(key, value);
  return value;
}
