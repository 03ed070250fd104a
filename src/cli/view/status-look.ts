import type { Tone } from './paint.ts';

export interface StatusLook {
  readonly icon: string;
  readonly word: string;
  readonly tone: Tone;
}

/** Each status has a shape and a word of its own, so that nothing hangs on colour. All shapes are one column wide. */
const looks: Readonly<Record<string, StatusLook>> = {
  pending: { icon: '◌', word: 'pending', tone: 'grey' },
  waiting: { icon: '‖', word: 'waiting', tone: 'yellow' },
  queued: { icon: '○', word: 'queued', tone: 'grey' },
  'in-progress': { icon: '●', word: 'in-progress', tone: 'blue' },
  success: { icon: '✓', word: 'success', tone: 'green' },
  failure: { icon: '✗', word: 'failure', tone: 'red' },
  cancelled: { icon: '⊘', word: 'cancelled', tone: 'grey' },
  rejected: { icon: '⊗', word: 'rejected', tone: 'magenta' },
  skipped: { icon: '»', word: 'skipped', tone: 'grey' },
  inactive: { icon: '–', word: 'inactive', tone: 'grey' },
};

/** A run that began and was never heard of again. */
export const staleLook: StatusLook = { icon: '!', word: 'stale', tone: 'yellow' };

export function statusLook(status: string): StatusLook {
  return looks[status] ?? { icon: '?', word: status, tone: 'grey' };
}
