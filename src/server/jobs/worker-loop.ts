interface WorkerLoopParts {
  /** Does what is due; answers whether there may be more at once. */
  readonly turn: () => Promise<boolean>;
  /** Nobody foresaw it, or the database does not serve now: the next turn tries again. */
  readonly failed: (error: unknown) => void;
  /** How often it looks by itself: other nodes may leave work, too. */
  readonly pollMs: number;
  /** So long after a notice at most its turn begins: what happens comes in crowds. Absent: at once. */
  readonly gatherMs?: number;
}

/**
 * Takes one turn of a background duty after the other, never two at once. It is:
 *   idle       -> turning by a notice, by the clock, or when it is asked to
 *   turning    -> turning again where the turn left work or something came meanwhile, else idle
 *   stopped    the turn under way ends, and no other begins
 */
export class WorkerLoop {
  readonly #parts: WorkerLoopParts;
  #turning: Promise<void> | undefined;
  #again = false;
  #gathering: NodeJS.Timeout | undefined;
  #poll: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: WorkerLoopParts) {
    this.#parts = parts;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** The turns that are under way; undefined: none. */
  get turning(): Promise<void> | undefined {
    return this.#turning;
  }

  start(): void {
    this.#poll = setInterval(() => this.wake(), this.#parts.pollMs).unref();
  }

  /** There may be something to do. */
  notice(): void {
    const { gatherMs } = this.#parts;
    if (gatherMs === undefined) {
      this.wake();
      return;
    }
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      this.wake();
    }, gatherMs).unref();
  }

  /** Takes a turn now, or one more after the present one. */
  wake(): void {
    // A turn without anything to do would be over before it is assigned, and `stop` wait for it without end.
    if (this.#stopped) return;
    this.#again = true;
    this.#turning ??= this.#takeTurns();
  }

  /** Does all that is due. */
  async runOnce(): Promise<void> {
    this.wake();
    await this.#turning;
  }

  /** Ends after the turn that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#poll);
    clearTimeout(this.#gathering);
    await this.#turning;
  }

  async #takeTurns(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        if (await this.#parts.turn()) this.#again = true;
      }
    } catch (error) {
      this.#parts.failed(error);
    } finally {
      this.#turning = undefined;
    }
  }
}
