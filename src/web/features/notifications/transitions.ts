import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { compareEvents } from '../../lib/attempts.ts';

/** What is older is no news: it was caught up with after sleep, or reported late. */
const newsMs = 5 * 60_000;
const mostKept = 1000;

/**
 * yes     it came to another status than before, just now
 * unsure  it is the first that this page hears of the deployment: the same may have been told before the page was opened
 * no      it is told again, or late, or long after
 */
type Verdict = 'yes' | 'unsure' | 'no';

interface Known {
  readonly status: string;
  readonly happenedAt: number;
}

/** Tells which events are real transitions: a deployment came to another status than before, just now. */
export class Transitions {
  readonly #known = new Map<number, Known>();

  /** Whether this is one. Each event is to be told once, in the order of the stream. */
  take(event: DeploymentEvent, now: number): Verdict {
    const happenedAt = Date.parse(event.happened_at);
    const before = this.#known.get(event.deployment_number);
    // A fact from before what is known already, such as a start that is reported after the end.
    if (before && happenedAt < before.happenedAt) return 'no';
    this.#keep(event.deployment_number, { status: event.status, happenedAt });
    if (event.status === before?.status || now - happenedAt > newsMs) return 'no';
    return before ? 'yes' : 'unsure';
  }

  /** The latest are kept: of a deployment that began long ago nothing more is expected. */
  #keep(deployment: number, known: Known): void {
    this.#known.delete(deployment);
    this.#known.set(deployment, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKept && oldest !== undefined) this.#known.delete(oldest);
  }
}

/** Whether an event is a transition, by what was told of its deployment before. */
export function isTransition(event: DeploymentEvent, told: readonly DeploymentEvent[]): boolean {
  const before = told
    .filter(({ position }) => position < event.position)
    .sort(compareEvents)
    .at(-1);
  return before === undefined || (compareEvents(before, event) < 0 && before.status !== event.status);
}
