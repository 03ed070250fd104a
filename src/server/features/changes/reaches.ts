import type { Commits, History } from '../repositories/history-types.ts';

const mostBytes = 64 * 1024 * 1024;

/** What commits contain: found once, since that never changes, and remembered for those asked for last. */
export class Reaches {
  /** Least recently used first. */
  readonly #held = new Map<string, Commits>();
  #bytes = 0;

  of({ repositoryId, graph }: History, n: number): Commits {
    // What is not in the graph yet is another set when it is.
    if (n >= graph.size) return graph.reach(n);
    const key = `${repositoryId} ${n}`;
    const held = this.#held.get(key);
    if (held) this.#held.delete(key);
    else this.#bytes += bytesOf(n);
    const commits = held ?? graph.reach(n);
    this.#held.set(key, commits);
    this.#forgetOldest();
    return commits;
  }

  #forgetOldest(): void {
    for (const key of this.#held.keys()) {
      if (this.#bytes <= mostBytes || this.#held.size === 1) return;
      this.#held.delete(key);
      this.#bytes -= bytesOf(Number(key.slice(key.indexOf(' '))));
    }
  }
}

/** A bit for each commit up to it. */
function bytesOf(n: number): number {
  return (n >> 3) + 1;
}
