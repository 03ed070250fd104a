import { beginsAttempt, compareMoments } from '../../contract/attempts.ts';
import { type Status, statusTable } from '../../contract/statuses.ts';
import type { Details, EventFlag, LogEvent } from './event.ts';

/**
 * A deployment is the fold of its events in the order in which they happened (compareMoments), not the order in which
 * they were told. What the reports said (version, sha, ...) accumulates within an attempt and starts anew with the next
 * one (beginsAttempt).
 *
 * A report that repeats an earlier one in every particular is in the log, but changes nothing here. A deletion ends what
 * was told before it; what is told later begins the deployment anew.
 */
export interface DeploymentState {
  readonly id: number;
  readonly projectId: number;
  readonly environmentId: number;
  readonly key: string | null;
  readonly latest: Mark;
  /** The newest success or failure. */
  readonly terminal: Mark | null;
  readonly success: Mark | null;
  /** When the present attempt began to change the environment, and when it was over. */
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly firstPosition: number;
  /** Different reports; repeats do not count. */
  readonly eventCount: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The user who told of it first. */
  readonly userId: number | null;
  readonly flags: readonly EventFlag[];
  /** It was deleted, and nothing was told of it since: no projection shows it. */
  readonly deleted: boolean;
}

/** A status that a deployment reached, with all that was known of it then. */
export interface Mark {
  readonly eventId: string;
  readonly position: number;
  readonly status: Status;
  readonly word: string;
  readonly at: number;
  readonly reporter: string | null;
  readonly clockSkew: boolean;
  readonly details: Details;
}

/**
 * The mark that tells what a deployment does or did to its environment: the latest, or, where that changes nothing,
 * what finished before it. null: it has not touched the environment.
 */
export function effectiveMarkOf({ latest, terminal }: DeploymentState): Mark | null {
  return statusTable[latest.status].effect === 'changes' ? latest : terminal;
}

/** Folds all events of one deployment, given in any order. */
export function foldDeployment(events: readonly LogEvent[]): DeploymentState {
  const told = events.toSorted((a, b) => a.position - b.position);
  const last = told.findLastIndex(({ act }) => act === 'report');
  const before = told.slice(0, last + 1).findLastIndex(({ act }) => act === 'delete');
  const state = foldReports(told.slice(before + 1, last + 1));
  return last === told.length - 1 ? state : { ...state, deleted: true };
}

function foldReports(byPosition: readonly LogEvent[]): DeploymentState {
  const distinct = withoutRepeats(byPosition);
  const [first, ...rest] = distinct.toSorted((a, b) => compareMoments(momentOf(a), momentOf(b)));
  const [firstTold] = distinct;
  if (!first || !firstTold) throw new RangeError('A deployment has at least one event.');
  return {
    ...rest.reduce(advance, begin(first)),
    firstPosition: firstTold.position,
    createdAt: firstTold.receivedAt,
    userId: firstTold.userId,
  };
}

/**
 * Folds one more event into a state. Answers undefined where only all events together can tell: when the event happened
 * before the latest one, or at the same moment, or when the deployment was deleted.
 */
export function applyEvent(state: DeploymentState | undefined, event: LogEvent): DeploymentState | undefined {
  if (state?.deleted) return undefined;
  if (event.act === 'delete') return state && { ...state, deleted: true };
  if (!state) return begin(event);
  return event.happenedAt > state.latest.at ? advance(state, event) : undefined;
}

/** Drops each event that says exactly what an earlier one said. */
function withoutRepeats(byPosition: readonly LogEvent[]): LogEvent[] {
  const seen = new Set<string>();
  return byPosition.filter(({ happenedAt, status, word, reporter, details }) => {
    const said = JSON.stringify([happenedAt, status, word, reporter, detailKeys.map((key) => details[key])]);
    return !seen.has(said) && seen.add(said);
  });
}

function begin(event: LogEvent): DeploymentState {
  const untouched: DeploymentState = {
    id: event.deploymentId,
    projectId: event.projectId,
    environmentId: event.environmentId,
    key: event.deploymentKey,
    latest: markOf(event),
    terminal: null,
    success: null,
    startedAt: null,
    finishedAt: null,
    firstPosition: event.position,
    eventCount: 0,
    createdAt: event.receivedAt,
    updatedAt: 0,
    userId: event.userId,
    flags: [],
    deleted: false,
  };
  return reach(untouched, event, event.details);
}

function advance(state: DeploymentState, event: LogEvent): DeploymentState {
  const { status, details: before } = state.latest;
  const newAttempt = beginsAttempt({ status, ...before }, { status: event.status, ...event.details });
  const details = newAttempt ? event.details : mergeDetails(before, event.details);
  return reach(newAttempt ? { ...state, startedAt: null } : state, event, details);
}

/** The mark that an event makes, with what is known at it: by itself only what the event says. */
export function markOf(event: LogEvent, details: Details = event.details): Mark {
  return {
    eventId: event.id,
    position: event.position,
    status: event.status,
    word: event.word,
    at: event.happenedAt,
    reporter: event.reporter,
    clockSkew: event.clockSkew,
    details,
  };
}

/** Written out: spreading one object into another takes longer than all the rest of a fold. */
function reach(before: DeploymentState, event: LogEvent, details: Details): DeploymentState {
  const latest = markOf(event, details);
  const terminal = event.status === 'success' || event.status === 'failed';
  return {
    id: before.id,
    projectId: before.projectId,
    environmentId: before.environmentId,
    key: before.key,
    latest,
    terminal: terminal ? latest : before.terminal,
    success: event.status === 'success' ? latest : before.success,
    startedAt: before.startedAt ?? (event.status === 'running' ? event.happenedAt : null),
    finishedAt: isFinished(event.status) ? event.happenedAt : null,
    firstPosition: before.firstPosition,
    eventCount: before.eventCount + 1,
    createdAt: before.createdAt,
    updatedAt: Math.max(before.updatedAt, event.receivedAt),
    userId: before.userId,
    flags: withFlags(before.flags, event.flags),
    deleted: before.deleted,
  };
}

function withFlags(before: readonly EventFlag[], more: readonly EventFlag[]): readonly EventFlag[] {
  return more.length === 0 ? before : [...new Set([...before, ...more])].sort();
}

const detailKeys = [
  'version',
  'runUrl',
  'runNumber',
  'actor',
  'ref',
  'sha',
  'parents',
  'tag',
  'description',
  'kind',
] as const satisfies (keyof Details)[];

function mergeDetails(older: Details, newer: Details): Details {
  return {
    version: newer.version ?? older.version,
    runUrl: newer.runUrl ?? older.runUrl,
    runNumber: newer.runNumber ?? older.runNumber,
    actor: newer.actor ?? older.actor,
    ref: newer.ref ?? older.ref,
    sha: newer.sha ?? older.sha,
    parents: newer.parents ?? older.parents,
    tag: newer.tag ?? older.tag,
    description: newer.description ?? older.description,
    kind: newer.kind ?? older.kind,
  };
}

function momentOf(event: LogEvent) {
  return { status: event.status, at: event.happenedAt, position: event.position };
}

function isFinished(status: Status): boolean {
  return statusTable[status].phase === 'finished';
}
