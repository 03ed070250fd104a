import { beginsAttempt, compareMoments } from '../../contract/attempts.ts';
import type { DeploymentEvent } from '../../contract/deployment-event.ts';
import { type Status, statusOfNative, statusTable } from '../../contract/statuses.ts';
import { formatSlotAddress } from './slot-address.ts';

/** One attempt to put one version into one environment, as its events tell it. */
export interface Attempt {
  readonly key: string;
  /** Oldest first. */
  readonly events: readonly DeploymentEvent[];
  /** The newest event that says how it stands; bookkeeping such as `inactive` does not. */
  readonly head: DeploymentEvent;
  /** What its events told, the newest word on each. */
  readonly facts: Pick<
    DeploymentEvent,
    | 'version'
    | 'sha'
    | 'ref'
    | 'actor'
    | 'run_url'
    | 'run_number'
    | 'parent_deployments'
    | 'progress_reporter'
    | 'clock_skew'
    | 'description'
    | 'kind'
    | 'unapproved'
    | 'during_freeze'
  >;
  /** From the first event to the last; undefined with one event only. */
  readonly durationMs: number | undefined;
}

/**
 * Groups events, in any order, into attempts, newest first. A deployment_id that starts anew after it had finished (a
 * pipeline's "run again", or its next release under the same id) is another attempt, by the rule the matrix goes by.
 */
export function groupAttempts(events: readonly DeploymentEvent[]): readonly Attempt[] {
  const deployments = new Map<string, DeploymentEvent[]>();
  for (const event of events) {
    const key = `${formatSlotAddress(event)} ${event.deployment_id}`;
    const members = deployments.get(key);
    if (members) members.push(event);
    else deployments.set(key, [event]);
  }
  const attempts = [...deployments].flatMap(([key, members]) =>
    splitAttempts(members).map((part, index) => toAttempt(`${key} ${index}`, part)),
  );
  return attempts.sort((a, b) => compareEvents(b.head, a.head));
}

/** Oldest first; events of one moment in the order they came. */
export function compareEvents(a: DeploymentEvent, b: DeploymentEvent): number {
  return Date.parse(a.happened_at) - Date.parse(b.happened_at) || a.position - b.position;
}

function splitAttempts(events: readonly DeploymentEvent[]): readonly DeploymentEvent[][] {
  const attempts: DeploymentEvent[][] = [];
  for (const event of [...events].sort((a, b) => compareMoments(momentOf(a), momentOf(b)))) {
    const attempt = attempts.at(-1);
    const before = attempt?.at(-1);
    if (!attempt || !before || beginsAttempt(factsSoFar(attempt), { ...event, status: statusOf(event) })) {
      attempts.push([event]);
    } else if (before.status !== event.status || before.happened_at !== event.happened_at) {
      attempt.push(event);
    }
  }
  return attempts;
}

/** What an attempt has told up to now: its last status, and the newest word on the rest. */
function factsSoFar(attempt: readonly DeploymentEvent[]) {
  const facts = Object.assign({}, ...attempt) as DeploymentEvent; // absent fields stay absent
  return { ...facts, status: statusOf(facts) };
}

function momentOf(event: DeploymentEvent) {
  return { status: statusOf(event), at: Date.parse(event.happened_at), position: event.position };
}

function toAttempt(key: string, events: readonly DeploymentEvent[]): Attempt {
  const telling = events.filter((event) => statusTable[statusOf(event)].effect !== 'quiet');
  const [first] = events;
  const head = telling.at(-1) ?? events.at(-1) ?? first;
  if (!first || !head) throw new Error('An attempt has events.');
  const span = Date.parse(head.happened_at) - Date.parse(first.happened_at);
  // Later events may leave out what earlier ones told.
  const facts = Object.assign({}, ...events) as DeploymentEvent; // absent fields stay absent, so the newest word stands
  return { key, events, head, facts, durationMs: events.length > 1 ? span : undefined };
}

/** A word that this page does not know yet is news of something to come. */
function statusOf({ status }: DeploymentEvent): Status {
  return statusOfNative(status) ?? 'pending';
}

/** What changes or last changed the environment; where nothing did, the newest. */
export function currentAttempt(attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.find(changesEnvironment) ?? attempts[0];
}

/**
 * The newest success before what was tried last, of another version: what to go back to. What a rollback took out is
 * passed over: going back to a version undoes all that came after it.
 */
export function rollbackTarget(attempts: readonly Attempt[]): Attempt | undefined {
  const tried = attempts.findIndex(changesEnvironment);
  const last = attempts[tried];
  if (!last) return undefined;
  const standing: Attempt[] = [];
  for (const attempt of attempts
    .slice(tried)
    .filter(({ head }) => head.status === 'success')
    .reverse()) {
    const again = standing.findIndex(({ facts }) => identity(facts) === identity(attempt.facts));
    if (again !== -1) standing.length = again;
    standing.push(attempt);
  }
  return standing.findLast(({ facts }) => identity(facts) !== identity(last.facts));
}

function changesEnvironment({ head }: Attempt): boolean {
  return statusTable[statusOf(head)].effect === 'changes';
}

function identity({ version, sha }: Attempt['facts']): string | undefined {
  return version ?? sha;
}
