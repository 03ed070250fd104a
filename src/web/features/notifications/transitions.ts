import type { DeploymentEvent } from '../../../contract/deployment-event.ts';

/** What is older is no news: it was caught up with after sleep, or reported late. */
const newsMs = 5 * 60_000;
const mostKept = 1000;

interface Known {
  readonly status: string;
  readonly happenedAt: number;
}

/** Tells which events are real transitions: a deployment came to another status than before, just now. */
export class Transitions {
  readonly #known = new Map<number, Known>();

  /** Whether this is one. Each event is to be told once, in the order of the stream. */
  take(event: DeploymentEvent, now: number): boolean {
    const happenedAt = Date.parse(event.happened_at);
    const before = this.#known.get(event.deployment_number);
    // A fact from before what is known already, such as a start that is reported after the end.
    if (before && happenedAt < before.happenedAt) return false;
    this.#keep(event.deployment_number, { status: event.status, happenedAt });
    return event.status !== before?.status && now - happenedAt <= newsMs;
  }

  /** The latest are kept: of a deployment that began long ago nothing more is expected. */
  #keep(deployment: number, known: Known): void {
    this.#known.delete(deployment);
    this.#known.set(deployment, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKept && oldest !== undefined) this.#known.delete(oldest);
  }
}
