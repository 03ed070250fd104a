import { randomInt } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { WorkerLoop } from '../../jobs/worker-loop.ts';
import type { Outcome } from './delivery-log-store.ts';
import type { Claim, DeliveryQueueStore } from './delivery-queue-store.ts';
import { type DeliverySender, isSealed, type SentAttempt } from './delivery-sender.ts';
import type { NoticeExpander } from './notice-expander.ts';
import { retryAt } from './retry-schedule.ts';
import type { Attempt, Delivery, Hook } from './webhook-types.ts';

/** Told of what becomes of deliveries, for the log and the metrics. */
export interface DispatchObserver {
  attempted(
    result: 'delivered' | 'failed' | 'given_up',
    hook: Hook,
    delivery: Delivery,
    error: string | undefined,
  ): void;
  /** A delivery waits because this node's key does not open the hook's secrets. */
  sealed(error: Error, hook: Hook): void;
  /** The database did not answer; the next turn tries again. */
  failed(error: unknown): void;
}

const pollMs = 1000;
const gatherMs = 50;
const atOnce = 8;
/** Deliveries to one hook before others have their turn. */
const inARow = 20;
/** Longer than any attempt takes. */
const claimMs = 60_000;
const sealedRestMs = 5 * 60_000;
/** A hook that keeps this node waiting again and again rests, so that it does not take the place of those that answer. */
const firstRestMs = 20_000;
const longestRestMs = 5 * 60_000;
const gone = 'Given up: the receiver has answered 410 to another delivery, so it is gone.';

/**
 * Delivers what hooks are to be told of. A delivery is:
 *   due        its next attempt lies in the past     -> delivered, waiting or given up by an attempt
 *   waiting    its next attempt lies ahead           -> due when the time comes, or when somebody asks; resent by somebody
 *   delivered  it was answered with success
 *   resent     it was answered with success when somebody sent it again apart from the queue
 *   given up   the last attempt failed, or the receiver is gone (410)
 * A hook is served by one node at a time, one delivery after the other, and what it is told of one deployment waits for
 * what it was to be told of it before: that order holds whatever fails. Several hooks are served at once. A process that
 * ends between sending and writing it down sends again: receivers tell a repeat by its uuid.
 */
export class Dispatcher {
  readonly #deliveries: DeliveryQueueStore;
  readonly #expander: NoticeExpander;
  readonly #sender: DeliverySender;
  readonly #clock: Clock;
  readonly #observer: DispatchObserver;
  readonly #serving = new Map<number, Promise<void>>();
  readonly #resting = new Map<number, { count: number; until: number }>();
  readonly #loop: WorkerLoop;

  constructor(
    deliveries: DeliveryQueueStore,
    expander: NoticeExpander,
    sender: DeliverySender,
    clock: Clock,
    observer: DispatchObserver,
  ) {
    this.#deliveries = deliveries;
    this.#expander = expander;
    this.#sender = sender;
    this.#clock = clock;
    this.#observer = observer;
    const failed = (error: unknown) => observer.failed(error);
    this.#loop = new WorkerLoop({ turn: () => this.#turn(), failed, pollMs, gatherMs });
  }

  start(): void {
    this.#loop.start();
  }

  /** Something was committed that there may be a notice of. */
  notice(): void {
    this.#loop.notice();
  }

  /** Takes up all notices and makes all attempts that are due. */
  async runOnce(): Promise<void> {
    this.#loop.wake();
    await this.#idle();
  }

  /** Lets attempts that are under way end. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#idle();
  }

  async #idle(): Promise<void> {
    while (this.#loop.turning || this.#serving.size > 0)
      await Promise.all([this.#loop.turning, ...this.#serving.values()]);
  }

  async #turn(): Promise<boolean> {
    // Between two lots hooks are served: notices may come as fast as they are taken up.
    const maybeMore = await this.#expander.expand();
    await this.#fill();
    return maybeMore;
  }

  async #fill(): Promise<void> {
    const now = this.#clock();
    const passed = this.#serving.size + this.#resting.size;
    if (this.#serving.size >= atOnce) return;
    for (const id of await this.#deliveries.dueHooks(now, atOnce + passed)) {
      if (this.#serving.size >= atOnce) return;
      if (this.#serving.has(id) || (this.#resting.get(id)?.until ?? 0) > now) continue;
      const serving = this.#serve(id).then((wentOn) => {
        this.#serving.delete(id);
        if (wentOn) this.#loop.wake();
      });
      this.#serving.set(id, serving);
    }
  }

  /** Makes some attempts for a hook; answers whether there may be more to do. */
  async #serve(hookId: number): Promise<boolean> {
    try {
      const now = this.#clock();
      let claim = await this.#deliveries.claim(hookId, now, now + claimMs);
      const served = claim !== undefined;
      for (let left = inARow; claim; left -= 1) claim = await this.#attempt(claim, left > 1);
      return served;
    } catch (error) {
      this.#observer.failed(error);
      return false;
    }
  }

  /** Answers what to deliver to the hook next, where it may go on. */
  async #attempt(claim: Claim, mayGoOn: boolean): Promise<Claim | undefined> {
    const { hook, delivery } = claim;
    try {
      const attempt = await this.#sender.attempt(hook, delivery, this.#clock());
      const isGone = attempt.answer?.status === 410;
      const goesOn = mayGoOn && !isGone && !attempt.timedOut && !this.#loop.stopped;
      this.#rest(hook, attempt);
      const now = this.#clock();
      const outcome = outcomeOf(delivery, attempt, now);
      const next = await this.#deliveries.settle(claim, outcome, now, {
        keptUntil: goesOn ? now + claimMs : undefined,
        givenUp: isGone ? gone : undefined,
      });
      const failed = outcome.nextAttemptAt === null ? 'given_up' : 'failed';
      this.#observer.attempted(attempt.error === undefined ? 'delivered' : failed, hook, delivery, attempt.error);
      return next;
    } catch (error) {
      if (!isSealed(error)) throw error;
      const now = this.#clock();
      await this.#deliveries.settle(claim, sealedOutcome(claim, error, now), now);
      this.#observer.sealed(error, hook);
      return undefined;
    }
  }

  #rest({ id }: Hook, { timedOut }: SentAttempt): void {
    if (!timedOut) {
      this.#resting.delete(id);
      return;
    }
    const count = (this.#resting.get(id)?.count ?? 0) + 1;
    const restMs = count === 1 ? 0 : Math.min(firstRestMs * 2 ** (count - 2), longestRestMs);
    this.#resting.set(id, { count, until: this.#clock() + restMs });
  }
}

function outcomeOf({ attempts: before }: Delivery, attempt: Attempt, now: number): Outcome {
  const attempts = before + 1;
  if (attempt.error === undefined) return { attempt, attempts, nextAttemptAt: null, deliveredAt: now };
  const random = randomInt(1000) / 999;
  const nextAttemptAt = retryAt({ at: now, attempts, answer: attempt.answer, random });
  if (nextAttemptAt !== null) return { attempt, attempts, nextAttemptAt, deliveredAt: null };
  const error = `${attempt.error} Given up after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}.`;
  return { attempt: { ...attempt, error }, attempts, nextAttemptAt, deliveredAt: null };
}

/** Nothing was sent, so it is no attempt: another node, or this one with the right key, makes it. */
function sealedOutcome({ hook, delivery }: Claim, { message }: Error, now: number): Outcome {
  const attempt = { url: hook.url, requestHeaders: {}, durationMs: 0, answer: undefined, error: message };
  return { attempt, attempts: delivery.attempts, nextAttemptAt: now + sealedRestMs, deliveredAt: null };
}
