import type { Clock } from '../clock.ts';
import type { Database, LogSession } from '../db/database.ts';
import { databaseUnavailable, ShiplogFault } from '../errors.ts';
import type { IdSource } from '../ids.ts';
import type { AppendRequest, AppendResult, Idempotency, PlacedEvent } from './append-request.ts';
import { type WrittenBatch, writeBatch } from './batch.ts';
import { logStore } from './log-store.ts';
import { type Place, Places } from './places.ts';

/** Events in one transaction: enough to spread its cost, few enough to keep the last one waiting a short time only. */
const batchEvents = 1000;
/** Beyond this many waiting requests the lane refuses instead of letting all of them wait too long. */
const longestQueue = 20_000;

const nothingWritten: WrittenBatch = { outcomes: [], places: new Map(), deployments: new Map(), announced: false };

interface Waiting {
  readonly request: AppendRequest;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = AppendResult | ShiplogFault;

interface Committed {
  /** One for each request. */
  readonly outcomes: readonly Outcome[];
  readonly events: readonly PlacedEvent[];
  readonly places: ReadonlyMap<string, Place>;
  readonly announced: boolean;
}

/** Told what each batch stored, in order of positions, and whether there is something for hooks among it. */
export type OnCommit = (events: readonly PlacedEvent[], announced: boolean) => void;

/**
 * The one way into the log. Requests that arrive in the same turn, or while a batch is being written, are written
 * together (group commit), and each is answered only after the commit. A request that cannot be carried out fails
 * alone.
 */
export class AppendLane {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #newId: IdSource;
  readonly #places: Places;
  readonly #onCommit: OnCommit;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | undefined;
  #stopped = false;

  constructor(database: Database, clock: Clock, newId: IdSource, onCommit: OnCommit) {
    this.#database = database;
    this.#clock = clock;
    this.#newId = newId;
    this.#places = new Places(clock);
    this.#onCommit = onCommit;
  }

  /**
   * Appends what the request holds, all or nothing. Throws `idempotency_key_reused`, or `database_unavailable` when
   * nothing was acknowledged and the request may be repeated.
   */
  append(request: AppendRequest): Promise<AppendResult> {
    if (this.#stopped) throw new ShiplogFault('stopping', 'The server is stopping. Try again.', { retryAfterMs: 1000 });
    if (this.#waiting.length >= longestQueue) throw databaseUnavailable(new Error('The append lane is full.'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /** The place of a placeKey as it was when it was last written to; undefined: it is not remembered here, or not there. */
  known(lane: string): Place | undefined {
    return this.#places.known(lane);
  }

  /** Takes no more requests and writes those that wait. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#flushing;
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Let what has already arrived join: a turn of the event loop reads every socket that is ready. A second turn reads
      // what clients sent who were answered together with these; without it, batches are half as large, and dearer.
      await turnOfEventLoop();
      await turnOfEventLoop();
      await this.#commit(this.#take());
    }
    this.#flushing = undefined;
  }

  #take(): Waiting[] {
    let events = 0;
    let count = 0;
    const lanes = new Map<string, 'shared' | 'alone'>();
    const deciding = this.#waiting.some(({ request }) => request.decide);
    for (const { request } of this.#waiting) {
      events += request.commands.length;
      if (deciding && !joins(lanes, request) && count > 0) break;
      if (count > 0 && events > batchEvents) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    let committed: Committed;
    try {
      committed = await this.#database.logTransaction((session) =>
        this.#write(
          session,
          batch.map(({ request }) => request),
        ),
      );
    } catch (error) {
      return this.#recover(batch, error);
    }
    this.#places.remember(committed.places);
    for (const [index, { resolve, reject }] of batch.entries()) {
      const outcome = committed.outcomes[index];
      if (outcome instanceof ShiplogFault || !outcome) reject(outcome);
      else resolve(outcome);
    }
    this.#onCommit(committed.events, committed.announced);
  }

  /** One request spoilt the whole batch: write each alone, so that only that one fails. */
  async #recover(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (this.#database.isUnavailable(error)) {
      for (const { reject } of batch) reject(databaseUnavailable(error));
    } else if (batch.length === 1) {
      batch[0]?.reject(error);
    } else {
      for (const one of batch) await this.#commit([one]);
    }
  }

  async #write(session: LogSession, requests: readonly AppendRequest[]): Promise<Committed> {
    const replays = await this.#replays(session, requests);
    const fresh = requests.filter((_, index) => replays[index] === undefined);
    const parts = { session, places: this.#places, clock: this.#clock, newId: this.#newId };
    const written = fresh.length === 0 ? nothingWritten : await writeBatch(parts, fresh);
    const stored = new Map(fresh.map((request, index) => [request, written.outcomes[index] ?? []]));
    const outcomes = requests.map((request, index): Outcome => {
      const replay = replays[index];
      if (replay instanceof ShiplogFault) return replay;
      const events = stored.get(replay?.of ?? request) ?? replay?.events ?? [];
      if (events instanceof ShiplogFault) return events;
      return { events, replayed: replay !== undefined, deployments: written.deployments };
    });
    const events = written.outcomes.flatMap((outcome) => (outcome instanceof ShiplogFault ? [] : outcome));
    return { outcomes, events, places: written.places, announced: written.announced };
  }

  /** For each request: what it repeats, why it must not, or undefined where it is new. */
  async #replays(session: LogSession, requests: readonly AppendRequest[]) {
    const wanted = requests.flatMap(({ idempotency }) => idempotency ?? []);
    if (wanted.length === 0) return requests.map(() => undefined);
    const stored = new Map((await logStore.keys(session, wanted)).map((key) => [ownedKey(key), key]));
    const here = new Map<string, AppendRequest>();
    const answers = [];
    for (const request of requests) {
      const { idempotency } = request;
      const old = idempotency && stored.get(ownedKey(idempotency));
      const sibling = idempotency && here.get(ownedKey(idempotency));
      const bodyHash = old?.bodyHash ?? sibling?.idempotency?.bodyHash;
      if (idempotency && bodyHash !== undefined && bodyHash !== idempotency.bodyHash) answers.push(keyReused());
      else if (old)
        answers.push({ of: request, events: await logStore.range(session.kysely, old.firstPosition, old.eventCount) });
      else if (sibling) answers.push({ of: sibling, events: [] });
      else {
        if (idempotency) here.set(ownedKey(idempotency), request);
        answers.push(undefined);
      }
    }
    return answers;
  }
}

/**
 * A request that decides by what a lane is like shares its batch with no other of that lane: what is read before the batch
 * is what is true for it.
 */
function joins(lanes: Map<string, 'shared' | 'alone'>, { commands, decide }: AppendRequest): boolean {
  const keys = commands.map(({ lane }) => lane);
  if (keys.some((key) => lanes.get(key) === 'alone' || (decide && lanes.has(key)))) return false;
  for (const key of keys) lanes.set(key, decide ? 'alone' : 'shared');
  return true;
}

function turnOfEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function ownedKey({ owner, key }: Idempotency): string {
  return JSON.stringify([owner, key]);
}

function keyReused(): ShiplogFault {
  const fields = [{ pointer: '/Idempotency-Key', message: 'was used for another body before' }];
  return new ShiplogFault('idempotency_key_reused', 'This Idempotency-Key was used for a request with another body.', {
    fields,
  });
}
