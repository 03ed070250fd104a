import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleHelp,
  CirclePause,
  CircleSlash,
  CircleX,
  Clock,
  ClockAlert,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react';

export type Tone = 'success' | 'running' | 'failed' | 'waiting' | 'neutral';

export interface StatusLook {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly spins?: boolean;
}

const looks: Readonly<Record<string, StatusLook>> = {
  pending: { word: 'Pending', tone: 'neutral', icon: CircleDashed },
  waiting: { word: 'Waiting', tone: 'waiting', icon: CirclePause },
  queued: { word: 'Queued', tone: 'neutral', icon: Clock },
  'in-progress': { word: 'In progress', tone: 'running', icon: LoaderCircle, spins: true },
  success: { word: 'Success', tone: 'success', icon: CircleCheck },
  failure: { word: 'Failed', tone: 'failed', icon: CircleX },
  cancelled: { word: 'Cancelled', tone: 'neutral', icon: CircleSlash },
  rejected: { word: 'Rejected', tone: 'failed', icon: Ban },
  skipped: { word: 'Skipped', tone: 'neutral', icon: CircleSlash },
  inactive: { word: 'Inactive', tone: 'neutral', icon: CircleDot },
  stale: { word: 'Stale', tone: 'waiting', icon: ClockAlert },
};

/** How a status of the native API looks, and `stale`, which some filter by as by a status; a word this page does not know yet keeps its own name. */
export function statusLook(status: string): StatusLook {
  return looks[status] ?? { word: status, tone: 'neutral', icon: CircleHelp };
}

export const toneText: Readonly<Record<Tone, string>> = {
  success: 'text-success',
  running: 'text-running',
  failed: 'text-failed',
  waiting: 'text-waiting',
  neutral: 'text-neutral',
};

export const toneTint: Readonly<Record<Tone, string>> = {
  success: 'bg-success-tint',
  running: 'bg-running-tint',
  failed: 'bg-failed-tint',
  waiting: 'bg-waiting-tint',
  neutral: 'bg-neutral-tint',
};
