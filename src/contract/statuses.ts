/**
 * The one closed list of deployment statuses, with the word each dialect uses for it.
 *
 * phase says where in its life a deployment is:
 *   open     asked for, not started (pending, waiting, queued)
 *   running  changing the environment now
 *   finished over, whatever the outcome
 * effect says what the status means for the environment:
 *   changes  it is changing or has changed what runs there: it may become a slot's current
 *   context  it is only news about a deployment that has not changed the environment: a slot's next
 *   quiet    bookkeeping that moves neither
 */
export type Phase = 'open' | 'running' | 'finished';
export type Effect = 'changes' | 'context' | 'quiet';

interface StatusFacts {
  readonly phase: Phase;
  readonly effect: Effect;
  /** The word of the native API. */
  readonly native: string;
  /**
   * The nearest word of GitLab's and of GitHub's Deployments API; a word that came in by one of them is kept as it was.
   */
  readonly gitlab: string;
  readonly github: string;
  /** Whether the native API takes the word in; the rest reach us by other dialects only. */
  readonly accepted: boolean;
}

const table = {
  pending: {
    phase: 'open',
    effect: 'context',
    native: 'pending',
    gitlab: 'created',
    github: 'pending',
    accepted: true,
  },
  waiting: {
    phase: 'open',
    effect: 'context',
    native: 'waiting',
    gitlab: 'blocked',
    github: 'waiting',
    accepted: true,
  },
  queued: { phase: 'open', effect: 'context', native: 'queued', gitlab: 'created', github: 'queued', accepted: true },
  running: {
    phase: 'running',
    effect: 'changes',
    native: 'in-progress',
    gitlab: 'running',
    github: 'in_progress',
    accepted: true,
  },
  success: {
    phase: 'finished',
    effect: 'changes',
    native: 'success',
    gitlab: 'success',
    github: 'success',
    accepted: true,
  },
  failed: {
    phase: 'finished',
    effect: 'changes',
    native: 'failure',
    gitlab: 'failed',
    github: 'failure',
    accepted: true,
  },
  canceled: {
    phase: 'finished',
    effect: 'context',
    native: 'cancelled',
    gitlab: 'canceled',
    github: 'error',
    accepted: true,
  },
  rejected: {
    phase: 'finished',
    effect: 'context',
    native: 'rejected',
    gitlab: 'failed',
    github: 'failure',
    accepted: true,
  },
  skipped: {
    phase: 'finished',
    effect: 'quiet',
    native: 'skipped',
    gitlab: 'skipped',
    github: 'inactive',
    accepted: false,
  },
  inactive: {
    phase: 'finished',
    effect: 'quiet',
    native: 'inactive',
    gitlab: 'success',
    github: 'inactive',
    accepted: false,
  },
} as const satisfies Record<string, StatusFacts>;

export type Status = keyof typeof table;

export const statusTable: Readonly<Record<Status, StatusFacts>> = table;
export const statuses = Object.keys(table) as readonly Status[];

/** Words the native API accepts in a report, in the order of a deployment's life. */
export const acceptedNativeStatuses = statuses
  .filter((status) => table[status].accepted)
  .map((status) => table[status].native);

/** Every word the native API may answer with. */
export const nativeStatuses = statuses.map((status) => table[status].native);

const byNativeWord: ReadonlyMap<string, Status> = new Map(statuses.map((status) => [table[status].native, status]));

/** The status behind a native word, or undefined where the word is none of ours. */
export function statusOfNative(word: string): Status | undefined {
  return byNativeWord.get(word);
}

/** One of these words, or several with commas between them. */
export const nativeStatusesPattern = `^(?:${nativeStatuses.join('|')})(?:,(?:${nativeStatuses.join('|')}))*$`;

/** The statuses behind native words with commas between them; undefined where one is none of ours. */
export function statusesOfNative(words: string): readonly Status[] | undefined {
  const found = words.split(',').map(statusOfNative);
  return found.every((status) => status !== undefined) ? found : undefined;
}
