import { type Phase, type Status, statusTable } from './statuses.ts';

/** When a deployment reached a status: `at` in epoch milliseconds. */
export interface Moment {
  readonly status: Status;
  readonly at: number;
  readonly position: number;
}

const ranks: Readonly<Record<Phase, number>> = { open: 0, running: 1, finished: 2 };

/**
 * Orders the moments of one deployment's life: by time; at the same time the later phase wins, since a second is coarse
 * and a finished fact must not be undone by a late "running"; then by position.
 */
export function compareMoments(a: Moment, b: Moment): number {
  return (
    a.at - b.at || ranks[statusTable[a.status].phase] - ranks[statusTable[b.status].phase] || a.position - b.position
  );
}

/** What tells two attempts under one deployment_id apart; absent or null: not said. */
export interface AttemptFacts {
  readonly status: Status;
  readonly version?: string | null | undefined;
  readonly sha?: string | null | undefined;
}

/**
 * Whether a report begins a new attempt of its deployment: an open or running status after a finished one does, and so
 * does a finished one that names another version or commit.
 */
export function beginsAttempt(before: AttemptFacts, next: AttemptFacts): boolean {
  if (statusTable[before.status].phase !== 'finished') return false;
  return (
    statusTable[next.status].phase !== 'finished' ||
    differs(before.version, next.version) ||
    differs(before.sha, next.sha)
  );
}

function differs(a: string | null | undefined, b: string | null | undefined): boolean {
  return a != null && b != null && a !== b;
}
