import type { ChangeFilter, ChangePage, ChangeWindow } from './change-filter.ts';
import type { ChangePageStore } from './change-page-store.ts';
import type { ChangeStore } from './change-store.ts';
import type { Change, ChangeLandingFacts, ChangeLink, ChangeOrigin, ToldChange } from './change-types.ts';
import { notAhead } from './told-moments.ts';

/** Told after something is known of a project's changes that was not. */
export type OnTold = (projectId: number) => Promise<void> | void;

/** The merge and pull requests of projects, put together from all who tell of them. Who may ask is for others to say. */
export class ChangeService {
  readonly #store: ChangeStore;
  readonly #pages: ChangePageStore;
  readonly #onTold: OnTold;

  constructor(store: ChangeStore, pages: ChangePageStore, onTold: OnTold) {
    this.#store = store;
    this.#pages = pages;
    this.#onTold = onTold;
  }

  /**
   * Adds what is told to what is known: a tool's facts win over a commit's, and those of its later state over an earlier
   * one's, in whatever order they come.
   */
  async tell(projectId: number, changes: readonly ToldChange[], origin: ChangeOrigin): Promise<void> {
    if ((await this.#store.tell(projectId, changes, origin)) > 0) await this.#onTold(projectId);
  }

  /** The same of one by a tool, whose moments far ahead of `now` are taken for it: nobody is there to correct them. */
  tellAt(projectId: number, change: ToldChange, now: number): Promise<void> {
    return this.tell(projectId, [notAhead(change, now)], 'tool');
  }

  /** Its commits are others now: what they told is told no more. Whoever calls says so to others. */
  forgetCommits(projectId: number): Promise<void> {
    return this.#store.forgetCommits(projectId);
  }

  byNumber(projectId: number, number: number): Promise<Change | undefined> {
    return this.#store.byNumber(projectId, number);
  }

  /** The address of a change of a project, the latest of which one is known: it tells where its forge is. */
  latestWebUrl(projectId: number): Promise<string | undefined> {
    return this.#store.latestWebUrl(projectId);
  }

  /** Which of these numbers are those of changes of a project. */
  known(projectId: number, numbers: readonly number[]): Promise<ReadonlySet<number>> {
    return this.#store.known(projectId, numbers);
  }

  /** A new change, as a tool tells it: answers the number that it got, the next of its project. */
  async add(projectId: number, told: Omit<ToldChange, 'number'>): Promise<number> {
    const number = await this.#store.add(projectId, told);
    await this.#onTold(projectId);
    return number;
  }

  /** The open change between two branches, if there is one. */
  openFrom(
    projectId: number,
    branches: Pick<ToldChange, 'sourceBranch' | 'targetBranch'>,
  ): Promise<Change | undefined> {
    return this.#store.openFrom(projectId, branches);
  }

  async byIds(ids: readonly number[]): Promise<ReadonlyMap<number, Change>> {
    return new Map((await this.#store.byIds(ids)).map((change) => [change.id, change]));
  }

  /** What tells where the changes of a project land: all of them, by number. */
  allOf(projectId: number): Promise<readonly ChangeLandingFacts[]> {
    return this.#store.landingFacts(projectId);
  }

  page(filter: ChangeFilter, window: ChangeWindow): Promise<ChangePage> {
    return this.#pages.page(filter, window);
  }

  /** Which of these a search finds, as it does in `page`. */
  async found(ids: readonly number[], search: string): Promise<ReadonlySet<number>> {
    return new Set(await this.#pages.found(ids, search));
  }

  /** When a change was first deployed to production; null: it was not yet. */
  firstInProduction(changeId: number): Promise<number | null> {
    return this.#store.firstInProduction(changeId);
  }

  /** The first deployments that contained them, by change, in the order of time. */
  async links(changeIds: readonly number[]): Promise<ReadonlyMap<number, readonly ChangeLink[]>> {
    const byChange = new Map<number, ChangeLink[]>();
    for (const link of await this.#store.links(changeIds)) {
      const links = byChange.get(link.changeId) ?? [];
      links.push(link);
      byChange.set(link.changeId, links);
    }
    return byChange;
  }
}
