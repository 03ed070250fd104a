import { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { StreamNews, StreamState, StreamStatus } from './live-message.ts';

/** Two of the server's pings, and a little. */
const silenceMs = 35_000;

/** Holds the one connection to the event stream and tells what comes: in a worker, or in the tab that leads. */
export class StreamHolder {
  readonly #tell: (news: StreamNews) => void;
  readonly #client: ShiplogClient;
  #stopper: AbortController | undefined;
  #after: number | undefined;
  #status: StreamStatus = { state: 'connecting', since: Date.now() };

  constructor(origin: string, tell: (news: StreamNews) => void) {
    this.#client = new ShiplogClient({ baseUrl: origin });
    this.#tell = tell;
  }

  get status(): StreamStatus {
    return this.#status;
  }

  /** Connects, where it is not connected or about to be. */
  start(): void {
    if (!this.#stopper) this.#run(new AbortController());
  }

  restart(): void {
    this.stop();
    this.start();
  }

  stop(): void {
    this.#stopper?.abort();
    this.#stopper = undefined;
  }

  #run(stopper: AbortController): void {
    this.#stopper = stopper;
    this.#enter('connecting');
    this.#client
      .follow({
        after: this.#after,
        signal: stopper.signal,
        silenceMs,
        onState: (state) => this.#enter(state),
        onEvent: (event) => {
          this.#after = event.position;
          this.#tell({ kind: 'event', event });
        },
        onRestored: () => {
          this.#after = undefined;
          this.#tell({ kind: 'restored' });
        },
        onChanges: (project) => this.#tell({ kind: 'changes', project }),
      })
      .catch(() => {
        if (this.#stopper !== stopper) return;
        // Whoever starts it after this tries again.
        this.#stopper = undefined;
        this.#enter('refused');
      });
  }

  #enter(state: StreamState): void {
    if (state === this.#status.state) return;
    this.#status = { state, since: Date.now() };
    this.#tell({ kind: 'status', status: this.#status });
  }
}
