import type { Logger } from '../../logger.ts';
import type { CopiesStore, Copy, CopyCandidate, CopyWindow } from './copies-store.ts';
import type { Mirrors, MirrorTarget } from './mirrors.ts';

/** Comparing needs the contents of commits, which a mirror fetches only then: so many in one turn, the rest in the next. */
const mostCompared = 2000;
const lotSize = 50;
/** In a row: contents of one commit that are gone from the remote are found in fewer, by halves. */
const mostRefusals = 12;
/** Turns in a row after which a window is passed over. */
const mostFailures = 5;

interface CopyFinderParts {
  readonly store: CopiesStore;
  readonly mirrors: Pick<Mirrors, 'patchIds'>;
  readonly logger: Logger;
}

/**
 * Finds commits that make the same change as one that was committed before, by git's patch-id: those that a rebase or a cherry-pick without a
 * line about it leaves behind. Only commits with the same author, author's date and subject are compared.
 */
export class CopyFinder {
  readonly #parts: CopyFinderParts;
  /** In a row, by repository. */
  readonly #failures = new Map<number, number>();

  constructor(parts: CopyFinderParts) {
    this.#parts = parts;
  }

  /** Looks on from where the last turn ended, and answers how many it found. What cannot be compared is tried again the next time. */
  async find(target: MirrorTarget): Promise<number> {
    const { store } = this.#parts;
    let found = 0;
    for (let compared = 0; compared < mostCompared; ) {
      const window = await store.window(target.id);
      if (!window) break;
      const patchIds = await this.#patchIds(target, window);
      if (!patchIds) break;
      const copies = window.candidates.flatMap((candidate) => copyOf(candidate, patchIds));
      await store.settle(target.id, window, copies);
      found += copies.length;
      compared += window.candidates.length;
    }
    return found;
  }

  /** undefined: they cannot be had now. */
  async #patchIds(target: MirrorTarget, window: CopyWindow): Promise<ReadonlyMap<string, string> | undefined> {
    const lots = new PatchIdLots((shas) => this.#parts.mirrors.patchIds(target, shas));
    try {
      for (let start = 0; start < window.candidates.length; start += lotSize)
        await lots.add(window.candidates.slice(start, start + lotSize));
      lots.end();
      this.#failures.delete(target.id);
      return lots.patchIds;
    } catch (error) {
      const failures = (this.#failures.get(target.id) ?? 0) + 1;
      this.#failures.set(target.id, failures);
      const isGivenUp = failures >= mostFailures;
      if (isGivenUp) this.#failures.delete(target.id);
      const { from, until } = window;
      const facts = { err: error, repositoryId: target.id, from, until, failures, isGivenUp };
      this.#parts.logger.warn(facts, 'commits could not be compared');
      return isGivenUp ? lots.patchIds : undefined;
    }
  }
}

/** Asks for many at once. A lot that fails is halved, so that one commit that cannot be had spoils it for no other. */
class PatchIdLots {
  readonly patchIds = new Map<string, string>();
  readonly #ask: (shas: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  #refusals = 0;
  #refusal: unknown;

  constructor(ask: (shas: readonly string[]) => Promise<ReadonlyMap<string, string>>) {
    this.#ask = ask;
  }

  /** Throws where nothing could be had at all. */
  end(): void {
    if (this.#refusal !== undefined && this.patchIds.size === 0) throw this.#refusal;
  }

  /** Throws where the remote refuses again and again. */
  async add(candidates: readonly CopyCandidate[]): Promise<void> {
    if (candidates.length === 0) return;
    try {
      const shas = new Set(candidates.flatMap((commit) => [commit, ...commit.alike].map(({ sha }) => sha)));
      for (const [sha, patchId] of await this.#ask([...shas])) this.patchIds.set(sha, patchId);
      this.#refusals = 0;
    } catch (error) {
      this.#refusals += 1;
      this.#refusal = error;
      if (this.#refusals > mostRefusals) throw error;
      const half = Math.ceil(candidates.length / 2);
      if (half === candidates.length) return;
      await this.add(candidates.slice(0, half));
      await this.add(candidates.slice(half));
    }
  }
}

/** Numbers do not tell which is the copy: of what is read together either may come first. */
function copyOf(commit: CopyCandidate, patchIds: ReadonlyMap<string, string>): Copy[] {
  const patchId = patchIds.get(commit.sha);
  const other = patchId === undefined ? undefined : commit.alike.find(({ sha }) => patchIds.get(sha) === patchId);
  if (!other) return [];
  return other.committedAt <= commit.committedAt
    ? [{ n: commit.n, sha: other.sha }]
    : [{ n: other.n, sha: commit.sha }];
}
