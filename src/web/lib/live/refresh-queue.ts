const pauseMs = 150;

/**
 * Runs a fetch for any number of requests: one at a time, at most one each 150 ms, and once more where a request came
 * while it ran, since its answer may be older than the request.
 */
export class RefreshQueue {
  readonly #refresh: () => Promise<unknown>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  #again = false;

  constructor(refresh: () => Promise<unknown>) {
    this.#refresh = refresh;
  }

  ask(): void {
    if (this.#running) this.#again = true;
    else this.#timer ??= setTimeout(() => this.#run(), pauseMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#again = false;
  }

  async #run(): Promise<void> {
    this.#running = true;
    this.#again = false;
    await this.#refresh().catch(() => undefined); // the query shows its own failure
    this.#running = false;
    this.#timer = undefined;
    if (this.#again) this.ask();
  }
}
