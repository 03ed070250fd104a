import type { Commits, History } from '../repositories/history-types.ts';
import type { CommitNote } from '../repositories/repository-types.ts';
import type { ChangeLandingFacts, LandingKind } from './change-types.ts';
import { Copies } from './copies.ts';
import { Reverts } from './reverts.ts';

/** A commit by which whatever contains it contains the change. */
export interface Landing {
  readonly n: number;
  readonly kind: LandingKind;
}

/** All that landings follow from. */
interface LandingFacts {
  readonly history: Pick<History, 'graph' | 'notes'>;
  readonly changes: readonly ChangeLandingFacts[];
  /** The commits of the shas that changes and notes name; those not known are absent. */
  readonly shas: ReadonlyMap<string, number>;
  /** The commits that touch the project's folder, without merges; undefined: all are the project's. */
  readonly touching: Commits | undefined;
}

type ByNumber = ReadonlyMap<number, ChangeLandingFacts>;

/** Whether a set of commits holds a change. */
export type Containment = 'live' | 'reverted' | 'absent';

/** Of one change. */
const mostLandings = 1000;
/** So far the commits of a change without a merge are looked for before its last one. */
const longestChain = 250;

/** The shas that landings ask for: those that tools told of merged changes, and those that messages name. */
export function shasAskedFor({ notes }: Pick<History, 'notes'>, changes: readonly ChangeLandingFacts[]): string[] {
  const told = changes.flatMap(({ state, mergeCommitSha, squashCommitSha, headSha }) =>
    state === 'merged' ? [mergeCommitSha, squashCommitSha, headSha] : [],
  );
  return [...new Set([...told, ...notes.map(({ sha }) => sha)].filter((sha) => sha !== null))];
}

/**
 * Which commits land and undo which changes of a project: the table of docs/decisions/0011. Made of the history and of what
 * is known of changes, and nothing else.
 */
export class Landings {
  readonly #graph: History['graph'];
  readonly #byChange = new Map<number, Landing[]>();
  readonly #changesAt = new Map<number, number[]>();
  /** Those that only a message speaks for. */
  readonly #said = new Set<Landing | undefined>();
  readonly #copies: Copies;
  readonly #reverts: Reverts;
  /** What the merge of a change brought, merges aside, where some of it was reverted. */
  readonly #partlyReverted = new Map<number, readonly number[]>();

  constructor(facts: LandingFacts) {
    this.#graph = facts.history.graph;
    this.#copies = new Copies(facts.history, facts.shas);
    const byNumber = new Map(facts.changes.map((change) => [change.number, change]));
    this.#addTold(facts);
    this.#addSaid(facts, byNumber);
    if (!this.#copies.areNone) this.#addCopies();
    this.#reverts = new Reverts(facts.history, (note) => this.#targetsOf(note, facts.shas, byNumber));
    if (facts.touching) this.#keepOnly(facts.touching);
    if (!this.#reverts.areNone) this.#findPartlyReverted();
    this.#said.clear();
  }

  /** Ids of the project's changes that land anywhere. */
  get changeIds(): Iterable<number> {
    return this.#byChange.keys();
  }

  /** What a tool told comes first. */
  of(changeId: number): readonly Landing[] {
    return this.#byChange.get(changeId) ?? [];
  }

  /** Ids of the changes that land in a commit. */
  at(n: number): readonly number[] {
    return this.#changesAt.get(n) ?? [];
  }

  /** Ids of the changes that any of these commits lands, or undoes, or undoes the undoing of. */
  concerning(ns: readonly number[]): readonly number[] {
    const landed = ns.flatMap((n) => this.at(n));
    if (this.#reverts.areNone || !ns.some((n) => this.#reverts.undoes(n))) return [...new Set(landed)];
    return [...this.changeIds];
  }

  /**
   * Whether commits, all that some commit contains, hold a change: any landing that nothing undid. A revert undoes each
   * landing of the change that it contains, so picks that were merged back before it are undone with the landing it names,
   * and one that is picked later counts anew.
   */
  containment(changeId: number, commits: Commits): Containment {
    const landings = this.of(changeId);
    const contained = landings.filter(({ n }) => commits.has(n));
    if (contained.length === 0) return 'absent';
    if (this.#reverts.areNone) return 'live';
    const own = this.#partlyReverted.get(changeId);
    // With what a merge brought at hand, its last commit is a part of it like the others.
    const whole = landings.filter(({ kind }) => kind !== 'head' || !own);
    const undoing = whole.flatMap(({ n }) => this.#reverts.active(n, commits));
    const all = undoing.concat(own ? this.#reverts.activeForAll(own, commits) : []);
    const landed = contained.map(({ n }) => n);
    return this.#reverts.spared(all, landed).length > 0 ? 'live' : 'reverted';
  }

  /** Whether commits, all that some commit contains, hold a commit of whatever change. */
  commitIn(n: number, commits: Commits): Containment {
    if (!commits.has(n)) return 'absent';
    return this.#reverts.spared(this.#reverts.active(n, commits), [n]).length > 0 ? 'live' : 'reverted';
  }

  /** What a revert means: a commit, or all by which the change that it names came to it. */
  #targetsOf({ n, number, sha }: CommitNote, shas: LandingFacts['shas'], byNumber: ByNumber): readonly number[] {
    const target = sha === null ? undefined : shas.get(sha);
    if (target !== undefined) return [target];
    const change = number === null ? undefined : byNumber.get(number);
    const landings = change ? this.of(change.id).filter((landing) => landing.n !== n) : [];
    const lowest = landings.reduce((least, landing) => Math.min(least, landing.n), n);
    const contained = this.#graph.reach(n, lowest);
    return landings.filter((landing) => contained.has(landing.n)).map(({ n: at }) => at);
  }

  #addTold({ changes, shas }: LandingFacts): void {
    for (const change of changes) {
      const { id, state, mergeCommitSha, squashCommitSha, headSha } = change;
      if (state !== 'merged') continue;
      const isTold = isToldOf(change, shas);
      const named = (sha: string | null) =>
        sha === null || (isTold && !change.toldShas.includes(sha)) ? undefined : shas.get(sha);
      const [merge, squash] = [named(mergeCommitSha), named(squashCommitSha)];
      const head = headSha === null ? undefined : shas.get(headSha);
      if (merge !== undefined) this.#add(id, { n: merge, kind: mergeKind(this.#graph.isMerge(merge), merge === head) });
      if (squash !== undefined) this.#add(id, { n: squash, kind: 'squash' });
      if (head !== undefined) this.#add(id, { n: head, kind: 'head' });
    }
  }

  /**
   * Where the tool named the commit that landed a change, other commits with its number speak of another change: of the forge
   * that the project was at before, or of a history that was merged. Its picks and copies are found as such.
   */
  #addSaid({ history, shas }: LandingFacts, byNumber: ByNumber): void {
    for (const { n, kind, number } of history.notes) {
      if (kind !== 'merge' && kind !== 'squash') continue;
      const change = number === null ? undefined : byNumber.get(number);
      // `(#N)` may name a change that a commit merely belongs to; only one that is merged can have been squashed.
      if (!change || (kind === 'squash' && change.state !== 'merged') || isToldOf(change, shas)) continue;
      const landing = { n, kind };
      this.#add(change.id, landing);
      this.#said.add(landing);
    }
  }

  /** Picks and copies, one after another: those of what a change is landed by already, until none is left. */
  #addCopies(): void {
    for (const [changeId, landings] of this.#byChange) {
      // It grows while it is gone through.
      for (const source of landings) {
        for (const { n, kind } of this.#copies.of(source.n)) {
          if (kind === 'pick' || source.kind !== 'head' || this.#isWhole(changeId, source.n, n))
            this.#add(changeId, { n, kind });
        }
      }
      for (const landing of landings.flatMap(({ n }) => this.#copies.oneByOne(n))) this.#add(changeId, landing);
    }
  }

  /** Whether a copy of a change's last commit comes with copies of all before it that no other change brought. */
  #isWhole(changeId: number, head: number, copy: number): boolean {
    return this.#copies.isWhole(head, copy, (n) => this.at(n).some((id) => id !== changeId));
  }

  #add(changeId: number, landing: Landing): void {
    if (landing.n >= this.#graph.size) return;
    const landings = this.#byChange.get(changeId) ?? [];
    const known = landings.findIndex(({ n }) => n === landing.n);
    if (known !== -1) {
      // The message of a pick is that of what it picks.
      if (this.#said.delete(landings[known])) landings[known] = landing;
      return;
    }
    if (landings.length >= mostLandings) return;
    landings.push(landing);
    this.#byChange.set(changeId, landings);
    const changes = this.#changesAt.get(landing.n) ?? [];
    changes.push(changeId);
    this.#changesAt.set(landing.n, changes);
  }

  /** A change of which no commit touches the folder is not the project's. */
  #keepOnly(touching: Commits): void {
    for (const [changeId, landings] of this.#byChange) {
      if (landings.some((landing) => this.#ownOf(changeId, landing).some((n) => touching.has(n)))) continue;
      this.#byChange.delete(changeId);
      for (const { n } of landings)
        this.#changesAt.set(
          n,
          this.at(n).filter((id) => id !== changeId),
        );
    }
  }

  /** Without a merge nothing says where a change begins: after the last one before it, or after a merge. */
  #ownOf(changeId: number, { n: last, kind }: Landing): readonly number[] {
    if (kind !== 'head' || this.#graph.isMerge(last)) return this.#graph.own(last);
    const own = [last];
    for (
      let [n] = this.#graph.parents(last);
      n !== undefined && own.length < longestChain;
      [n] = this.#graph.parents(n)
    ) {
      if (this.#graph.isMerge(n) || this.at(n).some((id) => id !== changeId)) break;
      own.push(n);
    }
    return own;
  }

  #findPartlyReverted(): void {
    for (const [changeId, landings] of this.#byChange) {
      const merge = landings.find(({ n }) => this.#graph.isMerge(n));
      const own = merge ? this.#graph.own(merge.n).filter((n) => !this.#graph.isMerge(n)) : [];
      if (own.some((n) => this.#reverts.has(n))) this.#partlyReverted.set(changeId, own);
    }
  }
}

/** Whether the commit that a tool named is known. */
function isToldOf({ state, toldShas }: ChangeLandingFacts, shas: LandingFacts['shas']): boolean {
  return state === 'merged' && toldShas.some((sha) => shas.has(sha));
}

/** GitHub calls the squashed commit, and the last rebased one, the merge commit as well. */
function mergeKind(isMerge: boolean, isHead: boolean): LandingKind {
  if (isMerge) return 'merge';
  return isHead ? 'head' : 'squash';
}
