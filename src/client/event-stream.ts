import type { DeploymentEvent } from '../contract/deployment-event.ts';
import { ShiplogError } from './shiplog-error.ts';

export interface EventStreamOptions {
  readonly url: string;
  readonly token?: string | undefined;
  /** Position to go on after; absent: only what happens from now on. */
  readonly after?: number | undefined;
  readonly signal: AbortSignal;
  readonly onEvent: (event: DeploymentEvent) => void;
  /** Told the path of a project whose changes, or where they are, are others now. Not resumed: after a break ask anew. */
  readonly onChanges?: (project: string) => void;
  /** Told that the log ends before what was read of it: the server was restored from a backup. */
  readonly onRestored?: () => void;
  /** Told when the stream is up, and when it broke and will be tried again. */
  readonly onState?: (state: 'live' | 'reconnecting') => void;
  /**
   * Reconnect where nothing, not even the server's ping of every 15 s, came for so long: a sleeping laptop or a dead
   * proxy breaks a connection without a word. Absent: wait for ever.
   */
  readonly silenceMs?: number;
}

const firstPauseMs = 500;
const longestPauseMs = 15_000;

/**
 * Reads the server-sent event stream, reconnecting with Last-Event-ID after a break so that no event is missed or told
 * twice. Ends when the signal aborts; throws ShiplogError where the server refuses (401, 403, 422).
 * Format: WHATWG HTML, server-sent events.
 */
export async function readEventStream(options: EventStreamOptions): Promise<void> {
  const { signal, onState } = options;
  const progress = { after: options.after, pauseMs: firstPauseMs };
  while (!signal.aborted) {
    await readConnection(options, progress);
    if (signal.aborted) return;
    onState?.('reconnecting');
    await pause(progress.pauseMs, signal);
    progress.pauseMs = Math.min(progress.pauseMs * 2, longestPauseMs);
  }
}

/** What outlives a connection: where to go on, and how long to wait before the next. */
interface Progress {
  after: number | undefined;
  pauseMs: number;
}

/** One connection, until it ends, breaks or falls silent. Throws where the server refuses it. */
async function readConnection(options: EventStreamOptions, progress: Progress): Promise<void> {
  const silence = new SilenceAlarm(options.silenceMs);
  try {
    const answer = await open(options, progress.after, AbortSignal.any([options.signal, silence.signal]));
    options.onState?.('live');
    progress.pauseMs = firstPauseMs;
    for await (const frame of frames(answer, silence)) {
      if (frame.event === 'changes') options.onChanges?.((JSON.parse(frame.data) as { project: string }).project); // as below
      if (frame.id === '') continue;
      const position = Number(frame.id);
      // The first frame has an id alone: the place that the stream begins after.
      if (frame.event !== 'deployment' && position < (progress.after ?? 0)) options.onRestored?.();
      progress.after = position;
      if (frame.event === 'deployment') options.onEvent(JSON.parse(frame.data) as DeploymentEvent); // the server's own frame
    }
  } catch (error) {
    const refused = error instanceof ShiplogError && error.status < 500 && error.status !== 429;
    if (refused && !options.signal.aborted) throw error;
  } finally {
    silence.stop();
  }
}

/** Aborts its signal when `heard` was not called for as long as it was told. */
class SilenceAlarm {
  readonly #controller = new AbortController();
  readonly #silenceMs: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(silenceMs: number | undefined) {
    this.#silenceMs = silenceMs;
    this.heard();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  heard(): void {
    clearTimeout(this.#timer);
    if (this.#silenceMs !== undefined) this.#timer = setTimeout(() => this.#controller.abort(), this.#silenceMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

async function open(
  { url, token }: EventStreamOptions,
  after: number | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const answer = await fetch(url, {
    headers: {
      accept: 'text/event-stream',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(after === undefined ? {} : { 'last-event-id': String(after) }),
    },
    signal,
  });
  if (!answer.ok) throw new ShiplogError(answer.status, undefined, undefined);
  return answer;
}

interface Frame {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

async function* frames(answer: Response, silence: SilenceAlarm): AsyncGenerator<Frame> {
  if (!answer.body) return;
  const decoder = new TextDecoder();
  const reader = answer.body.getReader(); // not every browser can iterate a stream
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    silence.heard();
    const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const frame = parseBlock(block);
      if (frame) yield frame;
    }
  }
}

function parseBlock(block: string): Frame | undefined {
  const fields = { event: 'message', id: '', data: '' };
  for (const line of block.split('\n')) {
    const [, name, value] = /^(event|id|data): ?(.*)$/.exec(line) ?? [];
    if (name === 'event' || name === 'id' || name === 'data') fields[name] = value ?? '';
  }
  return fields.data === '' && fields.id === '' ? undefined : fields;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
