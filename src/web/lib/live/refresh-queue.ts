/**
 * Runs a fetch for any number of requests: one at a time, with a pause before each, and once more where a request came
 * while it ran, since its answer may be older than the request.
 */
export class RefreshQueue {
  readonly #refresh: () => Promise<unknown>;
  readonly #pauseMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  #again = false;

  constructor(refresh: () => Promise<unknown>, pauseMs = 150) {
    this.#refresh = refresh;
    this.#pauseMs = pauseMs;
  }

  ask(): void {
    if (this.#running) this.#again = true;
    else this.#timer ??= setTimeout(() => this.#run(), this.#pauseMs);
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
