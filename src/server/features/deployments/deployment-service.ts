import { limits } from '../../../contract/limits.ts';
import type { Clock } from '../../clock.ts';
import { type FieldError, forbidden, invalid, notFound } from '../../errors.ts';
import type { AppendLane } from '../../log/append-lane.ts';
import type { AppendCommand, AppendResult, Idempotency, PlacedEvent } from '../../log/append-request.ts';
import { type Principal, projectPath, reaches } from '../../principal.ts';
import type { DeploymentStore, EventFilter, EventPage } from './deployment-store.ts';

export type { EventCursor } from './deployment-store.ts';

/** What a dialect makes of a request: the facts, without the judgement of the clock. */
export type Report = Omit<AppendCommand, 'clockSkew'>;

/** The rules of reporting and reading deployments, whichever dialect asks. */
export class DeploymentService {
  readonly #lane: AppendLane;
  readonly #store: DeploymentStore;
  readonly #clock: Clock;
  readonly #searches = new Map<string, Promise<EventPage>>();

  constructor(lane: AppendLane, store: DeploymentStore, clock: Clock) {
    this.#lane = lane;
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * Records facts, all or nothing; they are durable when this answers. Throws `forbidden` for a project out of the
   * caller's reach and `validation_failed` for a fact from the future. `pointer` says where the n-th report stands in the request.
   */
  async record(
    principal: Principal,
    reports: readonly Report[],
    idempotency: Idempotency | undefined,
    pointer: (index: number) => string,
  ): Promise<AppendResult> {
    const now = this.#clock();
    const outside = reports.find((report) => !reaches(principal.reach, report));
    if (outside) throw forbidden(`This token may not report for ${projectPath(outside)}.`);
    const wrong = reports.flatMap(({ happenedAt }, index): FieldError[] => {
      const message = momentFault(happenedAt, now);
      return message === undefined ? [] : [{ pointer: `${pointer(index)}/happened_at`, message }];
    });
    if (wrong.length > 0) throw invalid(wrong);
    const commands = reports.map((report) => ({
      ...report,
      clockSkew: report.happenedAt - now > limits.clockSkewSilentMs,
    }));
    return this.#lane.append({ commands, idempotency });
  }

  /**
   * Events, newest first by the time they happened; at most `limit`, going on after `cursor`. A search by text may have to
   * walk the whole log, so each asker has one at a time, and it ends when `gone` says that nobody waits for it.
   */
  async list(principal: Principal, filter: EventFilter, gone: AbortSignal): Promise<EventPage> {
    if (!filter.text) return this.#store.page(filter, principal.reach, gone);
    const before = this.#searches.get(principal.id);
    const search = (async () => {
      await before?.catch(() => undefined);
      return this.#store.page(filter, principal.reach, gone);
    })();
    this.#searches.set(principal.id, search);
    try {
      return await search;
    } finally {
      if (this.#searches.get(principal.id) === search) this.#searches.delete(principal.id);
    }
  }

  /** Throws `not_found`, also for what the caller may not see. */
  async get(principal: Principal, id: string): Promise<PlacedEvent> {
    const found = await this.#store.byId(id);
    if (!found || !reaches(principal.reach, found.place)) throw notFound('deployment event');
    return found;
  }
}

function momentFault(happenedAt: number, now: number): string | undefined {
  if (happenedAt < 0) return 'must not be before 1970';
  return happenedAt - now > limits.clockSkewRefusedMs ? 'must not be more than 24 hours in the future' : undefined;
}
