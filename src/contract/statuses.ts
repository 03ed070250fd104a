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
  /** Whether the native API takes the word in; the rest reach us by other dialects only. */
  readonly accepted: boolean;
}

const table = {
  pending: { phase: 'open', effect: 'context', native: 'pending', accepted: true },
  waiting: { phase: 'open', effect: 'context', native: 'waiting', accepted: true },
  queued: { phase: 'open', effect: 'context', native: 'queued', accepted: true },
  running: { phase: 'running', effect: 'changes', native: 'in-progress', accepted: true },
  success: { phase: 'finished', effect: 'changes', native: 'success', accepted: true },
  failed: { phase: 'finished', effect: 'changes', native: 'failure', accepted: true },
  canceled: { phase: 'finished', effect: 'context', native: 'cancelled', accepted: true },
  rejected: { phase: 'finished', effect: 'context', native: 'rejected', accepted: true },
  skipped: { phase: 'finished', effect: 'quiet', native: 'skipped', accepted: false },
  inactive: { phase: 'finished', effect: 'quiet', native: 'inactive', accepted: false },
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
