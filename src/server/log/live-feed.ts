import type { Database } from '../db/database.ts';
import type { PlacedEvent } from './append-request.ts';
import { logStore } from './log-store.ts';

export type FeedListener = (events: readonly PlacedEvent[]) => void;

const pageSize = 500;
const retryMs = 1000;

/**
 * Tells listeners of every committed event, in the order of positions, each once, whichever process appended it: events of
 * this process as they are committed, those of others read from the log by position when something wakes it.
 *
 * `version` grows with every wake: what is cached from the log holds as long as it stays the same.
 */
export class LiveFeed {
  readonly #database: Database;
  readonly #listeners = new Set<FeedListener>();
  readonly #onError: (error: unknown) => void;
  #position = 0;
  #version = 0;
  #reading: Promise<void> | undefined;
  #again = false;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(database: Database, onError: (error: unknown) => void) {
    this.#database = database;
    this.#onError = onError;
  }

  /** Position of the last event told. */
  get position(): number {
    return this.#position;
  }

  get version(): number {
    return this.#version;
  }

  async start(): Promise<void> {
    this.#position = await logStore.headPosition(this.#database.read);
    this.#database.onCommit(() => this.wake());
  }

  /** Answers how to stop listening. Only events after `position`, as it is at this moment, are told. */
  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells of events this process has just committed; those of other processes that lie between are read first. */
  publish(events: readonly PlacedEvent[]): void {
    const [first] = events;
    if (!first || this.#reading || first.event.position !== this.#position + 1) return this.wake();
    this.#version += 1;
    this.#tell(events);
  }

  /** Something was committed: reads what is new. */
  wake(): void {
    this.#version += 1;
    if (this.#stopped) return;
    this.#again = true;
    this.#reading ??= this.#read();
  }

  /** Tells of all that was committed before the call, as far as the log can be read. */
  async catchUp(): Promise<void> {
    this.wake();
    await this.#reading;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    this.#listeners.clear();
    await this.#reading;
  }

  async #read(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        await this.#catchUp();
      }
    } catch (error) {
      // Nothing is lost: it goes on from its position.
      this.#onError(error);
      this.#retry = setTimeout(() => this.wake(), retryMs);
      this.#retry.unref();
    } finally {
      this.#reading = undefined;
    }
  }

  async #catchUp(): Promise<void> {
    let events: PlacedEvent[];
    do {
      events = await logStore.after(this.#database.read, this.#position, pageSize);
      this.#tell(events);
    } while (events.length === pageSize && !this.#stopped);
  }

  #tell(events: readonly PlacedEvent[]): void {
    const last = events.at(-1);
    if (!last) return;
    this.#position = last.event.position;
    for (const listener of this.#listeners) listener(events);
  }
}
