import type { Clock } from '../../clock.ts';
import type { SecretBox } from '../../secret-box.ts';
import { GitFailure } from './git-failure.ts';
import { isSha } from './mirror-refs.ts';
import type { MirrorState, Mirrors, MirrorTarget } from './mirrors.ts';
import type { ClaimedRepository, RepositoryFetchStore } from './repository-fetch-store.ts';
import type { RepositoryIndexer } from './repository-indexer.ts';

/** Told of what went wrong, for the log. */
export interface FetchObserver {
  /** The remote could not be read; `said` is what git wrote, without the secret. */
  unread(repository: ClaimedRepository, message: string, said: string): void;
  /** Nobody foresaw it. */
  failed(error: unknown, repository: ClaimedRepository): void;
  /** The database does not serve now; the next turn tries again. */
  putOff(error: unknown): void;
}

interface FetcherParts {
  readonly store: RepositoryFetchStore;
  readonly mirrors: Mirrors;
  readonly indexer: RepositoryIndexer;
  readonly box: SecretBox;
  readonly clock: Clock;
  readonly intervalMs: number;
  /** A repository's commits, notes or tags are others now, or a project came to it. */
  readonly onIndexed: (repositoryId: number) => Promise<void>;
  readonly isUnavailable: (error: unknown) => boolean;
  readonly observer: FetchObserver;
}

const pollMs = 5000;
/** A node that ends holds one no longer than that. */
const claimMs = 30_000;
const renewMs = 8000;
const lanes = 3;
const minuteMs = 60_000;
const mostUnknown = 20;
const unknownAtOnce = 500;
/** A commit that the remote does not have is asked for no sooner. */
const refusedMs = 6 * 3_600_000;
const mostRefused = 10_000;

/**
 * Fetches repositories and has their commits indexed. One is:
 *   due      its time has come, or somebody wants it            -> busy, on whichever node takes it first
 *   busy     claimed for half a minute, again and again          -> due later, or due again if it was wanted meanwhile
 *   failing  tried again after 1, 2, 4 … 60 minutes              -> as any other once it goes well
 * A node that ends while it is busy leaves it due: what is indexed already is not added twice.
 */
export class RepositoryFetcher {
  readonly #parts: FetcherParts;
  readonly #turns = new Set<Promise<void>>();
  /** `repository commit` -> until when it is not asked for. */
  readonly #refused = new Map<string, number>();
  #again = false;
  #poll: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: FetcherParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#poll = setInterval(() => this.notice(), pollMs).unref();
    this.notice();
  }

  /** One may be due. */
  notice(): void {
    if (this.#stopped) return;
    this.#again = true;
    if (this.#turns.size >= lanes) return;
    const turn = this.#turn().finally(() => this.#turns.delete(turn));
    this.#turns.add(turn);
  }

  /** Fetches all that are due and that no other node works on. */
  async runOnce(): Promise<void> {
    this.notice();
    while (this.#turns.size > 0) await Promise.all(this.#turns);
  }

  /** Waits for what is under way; whoever stops git first need not wait long. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#poll);
    while (this.#turns.size > 0) await Promise.all(this.#turns);
  }

  async #turn(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        const claimed = await this.#claim();
        if (!claimed) continue;
        // Another lane looks for more, so that one that hangs does not hold up the others.
        this.notice();
        await this.#serve(claimed);
      }
    } catch (error) {
      this.#parts.observer.putOff(error);
    }
  }

  async #claim(): Promise<ClaimedRepository | undefined> {
    const { store, clock } = this.#parts;
    const now = clock();
    return (await store.hasDue(now)) ? store.claim(now, now + claimMs) : undefined;
  }

  async #serve(claimed: ClaimedRepository): Promise<void> {
    const { store, clock, intervalMs } = this.#parts;
    // One that fails is of no account: the next comes soon, and each step of the work sees whether the claim still holds.
    const renewal = setInterval(() => store.renew(claimed, clock() + claimMs).catch(() => undefined), renewMs);
    try {
      const state = await this.#bringUpToDate(claimed);
      await store.succeed(claimed, state, clock() + intervalMs);
    } catch (error) {
      await this.#settleFailure(claimed, error);
    } finally {
      clearInterval(renewal);
      this.#again = true;
    }
  }

  async #bringUpToDate(claimed: ClaimedRepository): Promise<Pick<MirrorState, 'defaultBranch' | 'isShallow'>> {
    const { store, mirrors, indexer, onIndexed } = this.#parts;
    const target = this.#targetOf(claimed);
    const state = await mirrors.fetch(target);
    await mirrors.checkCount(claimed.id, claimed.commitCount);
    let { isCut } = await indexer.index(target, state);
    if (await this.#fetchUnknown(target)) isCut = (await indexer.index(target, state)).isCut || isCut;
    const { indexVersion, commitCount } = await store.indexed(claimed.id);
    await mirrors.noteCount(claimed.id, commitCount);
    if (indexVersion !== claimed.indexVersion || claimed.mustTell) await onIndexed(claimed.id);
    return { defaultBranch: state.defaultBranch, isShallow: state.isShallow || isCut };
  }

  /** Commits that were deployed, and that no branch or tag contains. Answers whether any came. */
  async #fetchUnknown(target: MirrorTarget): Promise<boolean> {
    const { mirrors, clock } = this.#parts;
    const now = clock();
    const unknown = await this.#unknown(target.id, now);
    if (unknown.length === 0) return false;
    const got = new Set(await mirrors.fetchCommits(target, unknown));
    if (this.#refused.size > mostRefused) this.#refused.clear();
    for (const sha of unknown) if (!got.has(sha)) this.#refused.set(`${target.id} ${sha}`, now + refusedMs);
    return got.size > 0;
  }

  /** However many the remote does not have, those behind them come in their turn. */
  async #unknown(repositoryId: number, now: number): Promise<string[]> {
    const found: string[] = [];
    let before: number | undefined;
    for (let looked = 0; found.length < mostUnknown && looked < mostRefused; looked += unknownAtOnce) {
      const some = await this.#parts.store.unknownCommits(repositoryId, unknownAtOnce, before);
      const isAsked = (sha: string) => isSha(sha) && (this.#refused.get(`${repositoryId} ${sha}`) ?? 0) <= now;
      found.push(...some.map(({ sha }) => sha).filter(isAsked));
      before = some.at(-1)?.newest;
      if (some.length < unknownAtOnce) break;
    }
    return found.slice(0, mostUnknown);
  }

  async #settleFailure(claimed: ClaimedRepository, error: unknown): Promise<void> {
    const { store, clock, isUnavailable, observer } = this.#parts;
    if (isUnavailable(error)) {
      observer.putOff(error);
      return;
    }
    if (this.#stopped || (error instanceof GitFailure && error.isStopping)) {
      await store.release(claimed, clock());
      return;
    }
    const isForeseen = error instanceof GitFailure;
    if (isForeseen) observer.unread(claimed, error.message, this.#withoutSecret(claimed, error.said));
    else observer.failed(error, claimed);
    const message = isForeseen ? error.message : 'The server made a mistake. Its log has the details.';
    const waitMs = Math.max(backoffMs(claimed.failures), isForeseen ? error.waitMs : 0);
    await store.fail(claimed, message, clock() + waitMs);
  }

  #targetOf({ id, url, username, sealedSecret }: ClaimedRepository): MirrorTarget {
    return { id, url, username, secret: sealedSecret === null ? null : this.#parts.box.open(sealedSecret) };
  }

  /** A remote may repeat what it was sent. */
  #withoutSecret(claimed: ClaimedRepository, said: string): string {
    const { username, secret } = this.#targetOf(claimed);
    if (secret === null || said === '') return said;
    const sent = Buffer.from(`${username ?? 'token'}:${secret}`).toString('base64');
    return said.replaceAll(secret, '***').replaceAll(sent, '***');
  }
}

function backoffMs(failures: number): number {
  return minuteMs * Math.min(60, 2 ** Math.min(failures, 6));
}
