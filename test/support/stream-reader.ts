import type { ShiplogClient } from '../../src/client/shiplog-client.ts';
import type { DeploymentEvent } from '../../src/contract/deployment-event.ts';

/** Keeps what the live stream tells, from the first event on, across breaks of the connection. */
export class StreamReader implements AsyncDisposable {
  readonly events: DeploymentEvent[] = [];
  readonly #end = new AbortController();
  readonly #done: Promise<void>;
  #waiting: (() => void)[] = [];

  constructor(client: ShiplogClient) {
    this.#done = client.follow({
      after: 0,
      signal: this.#end.signal,
      onEvent: (event) => {
        this.events.push(event);
        for (const check of this.#waiting) check();
      },
    });
  }

  get positions(): number[] {
    return this.events.map(({ position }) => position);
  }

  /** Resolves when the event at this position, or a later one, has arrived. */
  reaches(position: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if ((this.events.at(-1)?.position ?? 0) < position) return;
        this.#waiting = this.#waiting.filter((other) => other !== check);
        resolve();
      };
      this.#waiting.push(check);
      check();
      this.#done.catch(reject);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await this.#done;
  }
}
