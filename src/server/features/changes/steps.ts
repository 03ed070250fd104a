/** Commits that may be gone through before no more is looked for: whoever may push can make that as many as they like. */
export class Steps {
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  get areLeft(): boolean {
    return this.#left > 0;
  }

  take(steps: number): void {
    this.#left -= steps;
  }
}
