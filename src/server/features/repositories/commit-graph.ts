/** Of a commit without such a parent, and of one that nothing contains. */
const none = -1;
const firstCapacity = 1024;

/**
 * The commits of a repository as numbers: each from 0 without gaps, and greater than those of its parents. It only grows,
 * so an answer about commits that are in it stays true. Every walk goes down the numbers once, children before parents,
 * and ends where nothing is left to find.
 */
export class CommitGraph {
  #size = 0;
  #first = new Int32Array(firstCapacity);
  #second = new Int32Array(firstCapacity);
  /** Parents after the second, which hardly any merge has. */
  readonly #further = new Map<number, readonly number[]>();
  /** A commit is marked where its cell holds the turn of the walk that asks: so no walk has to clear what the last one wrote. */
  #marks = new Int32Array(firstCapacity);
  #turn = 0;

  /** How many commits it holds; the next one's number. */
  get size(): number {
    return this.#size;
  }

  /** Adds the next commit. Throws RangeError where a parent is not in it yet. */
  append(parents: readonly number[]): void {
    const n = this.#size;
    if (parents.some((parent) => !(parent >= 0 && parent < n))) {
      throw new RangeError(`Commit ${n} has a parent that is not known yet.`);
    }
    if (n === this.#first.length) this.#grow();
    const [first = none, second = none, ...further] = parents;
    this.#first[n] = first;
    this.#second[n] = second;
    if (further.length > 0) this.#further.set(n, further);
    this.#size = n + 1;
  }

  /** First parent first. */
  parents(n: number): readonly number[] {
    const all = [this.#first[n] ?? none, this.#second[n] ?? none, ...(this.#further.get(n) ?? [])];
    return all.filter((parent) => parent !== none);
  }

  isMerge(n: number): boolean {
    return (this.#second[n] ?? none) !== none;
  }

  /** The commits that `tip` contains and none of `excluded` does, in descending order. */
  newSince(tip: number, excluded: readonly number[]): number[] {
    const wanted = this.#nextTurn();
    const unwanted = this.#nextTurn();
    const marks = this.#marks;
    marks[tip] = wanted;
    for (const n of excluded) marks[n] = unwanted;
    const found: number[] = [];
    let left = marks[tip] === wanted ? 1 : 0;
    for (let n = excluded.reduce((highest, other) => Math.max(highest, other), tip); left > 0 && n >= 0; n -= 1) {
      const mark = marks[n];
      if (mark === wanted) {
        found.push(n);
        left -= 1;
        this.#eachParent(n, (parent) => {
          if (marks[parent] === wanted || marks[parent] === unwanted) return;
          marks[parent] = wanted;
          left += 1;
        });
      } else if (mark === unwanted) {
        this.#eachParent(n, (parent) => {
          if (marks[parent] === wanted) left -= 1;
          marks[parent] = unwanted;
        });
      }
    }
    return found;
  }

  /** Whether `a` is `b`, or comes after it. */
  contains(a: number, b: number): boolean {
    const turn = this.#nextTurn();
    const marks = this.#marks;
    marks[a] = turn;
    for (let n = a; n > b; n -= 1) {
      if (marks[n] !== turn) continue;
      this.#eachParent(n, (parent) => {
        marks[parent] = turn;
      });
    }
    return marks[b] === turn && b <= a;
  }

  /** What a commit brought: of a merge all that came from its other parents, and itself; else itself. */
  own(n: number): readonly number[] {
    return this.isMerge(n) ? this.newSince(n, [this.#first[n] ?? none]) : [n];
  }

  /** For each commit the index of the first of `tips` that contains it; -1: none does. */
  firstContaining(tips: readonly number[]): Int32Array {
    const firsts = new Int32Array(this.#size).fill(none);
    tips.forEach((tip, index) => {
      if (firsts[tip] === none) firsts[tip] = index;
    });
    for (let n = this.#size - 1; n >= 0; n -= 1) {
      const index = firsts[n] ?? none;
      if (index === none) continue;
      this.#eachParent(n, (parent) => {
        const before = firsts[parent] ?? none;
        if (before === none || index < before) firsts[parent] = index;
      });
    }
    return firsts;
  }

  /** All that a commit contains; with `lowest` it is known of commits from that number on only. */
  reach(tip: number, lowest = 0): CommitSet {
    return this.reachOfAll([tip], lowest);
  }

  /** All that any of these commits contains; with `lowest` it is known of commits from that number on only. */
  reachOfAll(tips: readonly number[], lowest = 0): CommitSet {
    const highest = tips.reduce((most, tip) => Math.max(most, tip), none);
    const set = new CommitSet(highest + 1);
    for (const tip of tips) set.add(tip);
    for (let n = highest; n >= lowest; n -= 1) if (set.has(n)) this.#eachParent(n, (parent) => set.add(parent));
    return set;
  }

  /** All that contain any of these commits. */
  containing(ns: readonly number[]): CommitSet {
    const set = new CommitSet(this.#size);
    for (const n of ns) set.add(n);
    for (let n = ns.reduce((least, one) => Math.min(least, one), this.#size); n < this.#size; n += 1)
      this.#eachParent(n, (parent) => {
        if (set.has(parent)) set.add(n);
      });
    return set;
  }

  #eachParent(n: number, tell: (parent: number) => void): void {
    const first = this.#first[n] ?? none;
    if (first === none) return;
    tell(first);
    const second = this.#second[n] ?? none;
    if (second === none) return;
    tell(second);
    for (const parent of this.#further.get(n) ?? []) tell(parent);
  }

  #nextTurn(): number {
    if (this.#turn === 2 ** 31 - 1) {
      this.#marks.fill(0);
      this.#turn = 0;
    }
    this.#turn += 1;
    return this.#turn;
  }

  #grow(): void {
    this.#first = grown(this.#first);
    this.#second = grown(this.#second);
    this.#marks = grown(this.#marks);
  }
}

/** Commits below a number, one bit each. */
class CommitSet {
  readonly #bits: Uint8Array;

  constructor(size: number) {
    this.#bits = new Uint8Array((size + 7) >> 3);
  }

  add(n: number): void {
    this.#bits[n >> 3] = (this.#bits[n >> 3] ?? 0) | (1 << (n & 7));
  }

  has(n: number): boolean {
    return ((this.#bits[n >> 3] ?? 0) & (1 << (n & 7))) !== 0;
  }
}

function grown(cells: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * cells.length);
  larger.set(cells);
  return larger;
}
