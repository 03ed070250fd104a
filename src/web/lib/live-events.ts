import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import type { DeploymentEvent, DeploymentPage, DeploymentQuery } from '../../contract/deployment-event.ts';
import { compareEvents } from './attempts.ts';

/** Events come in crowds. */
const crowdMs = 100;

/** How many may be loaded before what is shown begins anew with the latest. */
const limit = { seen: 3000, hidden: 500 } as const;

export type EventPages = InfiniteData<DeploymentPage, string | undefined>;

/**
 * Puts live events on the loaded pages of a query. Each one waits until no answer is on its way that is older than it
 * and would take its place: it is put in at once, and again after.
 */
export class LiveEvents {
  readonly #client: ShiplogClient;
  readonly #cache: QueryClient;
  readonly #query: DeploymentQuery;
  readonly #queryKey: readonly unknown[];
  #waiting: DeploymentEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #beginning = false;

  constructor(client: ShiplogClient, cache: QueryClient, query: DeploymentQuery, queryKey: readonly unknown[]) {
    this.#client = client;
    this.#cache = cache;
    this.#query = query;
    this.#queryKey = queryKey;
  }

  take(event: DeploymentEvent): void {
    this.#waiting.push(event);
    this.#timer ??= setTimeout(() => this.#put(), crowdMs);
  }

  /** Puts in what waits, while that can be, and waits for nothing more. */
  stop(): void {
    this.#put();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Fetches the latest events and joins them to what is loaded, or begins anew where there is a gap. */
  async refresh(): Promise<void> {
    if (!this.#pages()) return;
    const head = await this.#client.deployments(this.#query);
    const pages = this.#pages();
    if (!pages) return;
    const known = new Set(eventsOf(pages).map(({ id }) => id));
    if (head.next_cursor !== null && !head.items.some(({ id }) => known.has(id))) return this.#beginAnew();
    this.#waiting.push(...head.items);
    this.#put();
  }

  #put(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const isFetching = this.#cache.getQueryState(this.#queryKey)?.fetchStatus === 'fetching';
    const pages = this.#pages();
    const merged = pages && withEvents(pages, this.#waiting);
    if (merged && merged !== pages) this.#cache.setQueryData<EventPages>(this.#queryKey, merged);
    if (isFetching || this.#beginning) this.#timer = setTimeout(() => this.#put(), crowdMs);
    else this.#waiting = [];
    if (merged && isTooLong(merged)) void this.#beginAnew();
  }

  /** With the latest events only, and what comes meanwhile. One that fails is tried again with the next event. */
  async #beginAnew(): Promise<void> {
    if (this.#beginning) return;
    this.#beginning = true;
    // What it would be added to goes.
    await this.#cache.cancelQueries({ queryKey: this.#queryKey });
    const head = await this.#client.deployments(this.#query).catch(() => undefined);
    if (head && this.#pages())
      this.#cache.setQueryData<EventPages>(this.#queryKey, { pages: [head], pageParams: [undefined] });
    this.#beginning = false;
  }

  #pages(): EventPages | undefined {
    return this.#cache.getQueryData<EventPages>(this.#queryKey);
  }
}

function eventsOf({ pages }: EventPages): readonly DeploymentEvent[] {
  return pages.flatMap(({ items }) => items);
}

/** A page that is open for days must not grow; one that somebody reads down may, for a while. */
function isTooLong({ pages }: EventPages): boolean {
  const count = pages.reduce((sum, { items }) => sum + items.length, 0);
  return count > (document.visibilityState === 'hidden' ? limit.hidden : limit.seen);
}

/** Puts events where they belong by time. One older than all that is loaded waits for its page. */
function withEvents(before: EventPages, events: readonly DeploymentEvent[]): EventPages {
  const { pages, pageParams } = before;
  const known = new Set(eventsOf(before).map(({ id }) => id));
  const fresh = events.filter(({ id }) => !known.has(id));
  const last = pages.at(-1);
  const oldest = last?.items.at(-1);
  const fitting = fresh.filter((event) => !oldest || last?.next_cursor === null || compareEvents(event, oldest) > 0);
  const [first, ...rest] = pages;
  if (fitting.length === 0 || !first) return before;
  const items = [...first.items, ...fitting].sort((a, b) => compareEvents(b, a));
  return { pages: [{ ...first, items }, ...rest], pageParams };
}
