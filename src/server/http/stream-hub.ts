import type { ServerResponse } from 'node:http';
import type { PlacedEvent } from '../log/append-request.ts';
import type { LiveFeed } from '../log/live-feed.ts';
import type { ProjectAccess } from '../principal.ts';

export interface StreamClient {
  readonly response: ServerResponse;
  /** Which events it is told of. undefined: all of them. */
  readonly wants: ((event: PlacedEvent) => boolean) | undefined;
  /** Of which projects it is told what is no event of the log. */
  readonly wantsOf: (project: ProjectAccess) => boolean;
  /** Whether it may still listen: its token may have been revoked, or its session be over. */
  readonly mayStay: () => Promise<boolean>;
}

/** Reads the log after a position, for a client that was away. */
export type ReadAfter = (position: number, limit: number) => Promise<PlacedEvent[]>;

const flushEveryMs = 100;
const pingEveryMs = 15_000;
const replayPage = 500;
const remembered = 2000;
/** A client that reads more slowly than this many bytes behind is dropped; it resumes by Last-Event-ID. */
const longestBacklog = 1024 * 1024;

interface Frame {
  readonly placed: PlacedEvent;
  readonly text: string;
}

/**
 * Sends every event to every stream. A client is first replayed what it missed from the log, then from the frames
 * remembered here, and joins the live ones in the same turn, so that it sees each event once and in order. Frames are
 * made once and written together, at most ten times a second.
 */
export class StreamHub {
  readonly #feed: LiveFeed;
  readonly #readAfter: ReadAfter;
  readonly #frameOf: (event: PlacedEvent) => string;
  readonly #clients = new Set<StreamClient>();
  readonly #recent: PlacedEvent[] = [];
  readonly #stopListening: () => void;
  readonly #pinging: NodeJS.Timeout;
  #unsent: PlacedEvent[] = [];
  #flushTimer: NodeJS.Timeout | undefined;
  #lastFlush = 0;
  #stopped = false;

  constructor(feed: LiveFeed, readAfter: ReadAfter, frameOf: (event: PlacedEvent) => string) {
    this.#feed = feed;
    this.#readAfter = readAfter;
    this.#frameOf = frameOf;
    this.#stopListening = feed.listen((events) => this.#take(events));
    this.#pinging = setInterval(() => {
      this.#ping();
      void this.endUnwelcome();
    }, pingEveryMs);
    this.#pinging.unref();
  }

  get size(): number {
    return this.#clients.size;
  }

  /** Sends what came after a position (undefined: only what comes now), and then what happens, until the client leaves. */
  async follow(client: StreamClient, after: number | undefined): Promise<void> {
    const { response } = client;
    // What was committed before the client came is not news to it, wherever it was, and another node may have told it more.
    await this.#feed.catchUp();
    let position = Math.min(after ?? this.#feed.position, this.#feed.position);
    // An id without data is no event, but the place to resume from where the stream breaks before its first one.
    response.write(`: connected\nid: ${position}\n\n`);
    while (!response.destroyed && !this.#stopped) {
      const missed = this.#missedSince(position);
      if (missed && missed.length <= replayPage) {
        this.#flush();
        this.#write(client, missed);
        this.#clients.add(client);
        response.once('close', () => this.#clients.delete(client));
        return;
      }
      // The log may be ahead of the feed; what the feed has still to tell is told live.
      const page =
        missed?.slice(0, replayPage) ??
        (await this.#readAfter(position, replayPage)).filter(({ event }) => event.position <= this.#feed.position);
      position = page.at(-1)?.event.position ?? position;
      this.#write(client, page);
      await drained(response);
    }
    response.end();
  }

  /** Sends a frame without an id, which is not sent again to a client that was away, to those that want news of a project. */
  tell(project: ProjectAccess, frame: string): void {
    for (const client of this.#clients) if (client.wantsOf(project)) this.#send(client, frame);
  }

  /** Ends the streams of those that may listen no more, with each ping. One after the other: many come by one token. */
  async endUnwelcome(): Promise<void> {
    for (const { response, mayStay } of [...this.#clients]) {
      if (!response.destroyed && !(await mayStay())) response.end();
    }
  }

  /** Ends every stream; clients reconnect, to another node or to this one when it is back. */
  stop(): void {
    this.#stopped = true;
    this.#stopListening();
    clearInterval(this.#pinging);
    clearTimeout(this.#flushTimer);
    this.#flush();
    for (const { response } of this.#clients) response.end();
    this.#clients.clear();
  }

  /** What was told after a position, where all of that is remembered here. */
  #missedSince(position: number): readonly PlacedEvent[] | undefined {
    if (position >= this.#feed.position) return [];
    const [oldest] = this.#recent;
    if (!oldest || oldest.event.position > position + 1) return undefined;
    return this.#recent.slice(position + 1 - oldest.event.position);
  }

  #take(events: readonly PlacedEvent[]): void {
    this.#recent.push(...events);
    if (this.#recent.length > 2 * remembered) this.#recent.splice(0, this.#recent.length - remembered);
    if (this.#clients.size === 0) return;
    this.#unsent.push(...events);
    if (this.#flushTimer) return;
    const waitMs = Math.max(0, this.#lastFlush + flushEveryMs - performance.now());
    this.#flushTimer = setTimeout(() => this.#flush(), waitMs);
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    this.#lastFlush = performance.now();
    if (this.#unsent.length === 0) return;
    const frames = this.#unsent.map((placed): Frame => ({ placed, text: this.#frameOf(placed) }));
    this.#unsent = [];
    const all = Buffer.from(frames.map(({ text }) => text).join(''));
    for (const client of this.#clients) {
      const { wants } = client;
      this.#send(
        client,
        wants
          ? frames
              .filter(({ placed }) => wants(placed))
              .map(({ text }) => text)
              .join('')
          : all,
      );
    }
  }

  #write(client: StreamClient, events: readonly PlacedEvent[]): void {
    const wanted = client.wants ? events.filter(client.wants) : events;
    this.#send(client, wanted.map(this.#frameOf).join(''));
  }

  #send({ response }: StreamClient, data: Buffer | string): void {
    if (data.length === 0 || response.destroyed) return;
    // What is left from before tells a slow reader; one write may be longer than that by itself.
    if (response.writableLength > longestBacklog) response.destroy();
    else response.write(data);
  }

  #ping(): void {
    for (const client of this.#clients) this.#send(client, ': ping\n\n');
  }
}

function drained(response: ServerResponse): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
