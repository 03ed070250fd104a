import type { History } from '../repositories/history-types.ts';
import type { Landing } from './landings.ts';
import { Steps } from './steps.ts';

/** So many commits are gone through for what was repeated commit by commit. */
const mostSteps = 50_000_000;
/** Of one commit. */
const mostCopies = 1000;

/** Commits that are looked for: each by itself or by what repeats it. */
interface Wanted {
  readonly each: readonly (readonly number[])[];
  /** The lowest of all those numbers. */
  readonly lowest: number;
  /** What comes before this number cannot contain all. */
  readonly needed: number;
}

/** Which commits repeat others elsewhere, as their messages or their patch-ids say. */
export class Copies {
  readonly #graph: History['graph'];
  readonly #of = new Map<number, Landing[]>();
  readonly #steps = new Steps(mostSteps);

  /** `shas`: the commits of the shas that notes name. */
  constructor({ graph, notes }: Pick<History, 'graph' | 'notes'>, shas: ReadonlyMap<string, number>) {
    this.#graph = graph;
    for (const { n, kind, sha } of notes) {
      if ((kind !== 'pick' && kind !== 'copy') || sha === null) continue;
      const source = shas.get(sha);
      if (source === undefined || source === n) continue;
      const copies = this.#of.get(source) ?? [];
      if (copies.length < mostCopies) copies.push({ n, kind });
      this.#of.set(source, copies);
    }
  }

  get areNone(): boolean {
    return this.#of.size === 0;
  }

  of(n: number): readonly Landing[] {
    return this.#of.get(n) ?? [];
  }

  /** Where all that a merge brought was repeated commit by commit: it is there with the last of them. */
  oneByOne(merge: number): readonly Landing[] {
    if (!this.#graph.isMerge(merge) || !this.#steps.areLeft) return [];
    const own = this.#graph.own(merge);
    this.#steps.take(own.length);
    const candidates = new Map(own.flatMap((n) => this.#all(n)).map((copy) => [copy.n, copy]));
    if (candidates.size === 0) return [];
    const wanted = this.#wanted(own);
    return [...candidates.values()].filter(({ n }) => this.#holdsAll(n, wanted));
  }

  /** Whether a copy of a commit comes with copies of all that the commit has and it has not, those without that `isOther`. */
  isWhole(n: number, copy: number, isOther: (before: number) => boolean): boolean {
    if (!this.#steps.areLeft) return false;
    const apart = this.#graph.newSince(n, [copy]);
    const others = apart.filter((before) => before !== n && isOther(before));
    this.#steps.take(2 * (Math.max(n, copy) - (apart.at(-1) ?? n) + 1));
    return this.#holdsAll(copy, this.#wanted(this.#graph.newSince(n, [copy, ...others])));
  }

  #wanted(commits: readonly number[]): Wanted {
    const single = commits.filter((n) => !this.#graph.isMerge(n));
    const each = single.map((n) => [n, ...this.#all(n).map((copy) => copy.n)]);
    const firsts = each.map((one) => one.reduce((least, n) => Math.min(least, n)));
    return {
      each,
      lowest: firsts.reduce((least, n) => Math.min(least, n), this.#graph.size),
      needed: firsts.reduce((most, n) => Math.max(most, n), 0),
    };
  }

  /** Whether `tip` contains one of each. */
  #holdsAll(tip: number, { each, lowest, needed }: Wanted): boolean {
    if (tip < needed || !this.#steps.areLeft) return false;
    const contained = this.#graph.reach(tip, lowest);
    this.#steps.take(Math.max(tip - lowest, 0) + each.length);
    return each.every((one) => one.some((n) => contained.has(n)));
  }

  /** What repeats a commit, and what repeats that. */
  #all(n: number): Landing[] {
    const found = new Map<number, Landing>();
    const waiting = [n];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const copy of this.of(next)) {
        if (copy.n === n || found.has(copy.n) || found.size >= mostCopies) continue;
        found.set(copy.n, copy);
        waiting.push(copy.n);
      }
    }
    return [...found.values()];
  }
}
