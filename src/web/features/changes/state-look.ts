import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleMinus,
  GitMerge,
  GitPullRequest,
  GitPullRequestClosed,
  GitPullRequestDraft,
  type LucideIcon,
  Undo2,
} from 'lucide-react';
import type { Change, LiveWord } from '../../../contract/changes.ts';
import type { Tone } from '../../ui/status-look.ts';

interface Look {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly tone: Tone;
}

const liveLooks: Readonly<Record<LiveWord, Look>> = {
  live: { word: 'Live', icon: CircleCheck, tone: 'success' },
  reverted: { word: 'Reverted', icon: Undo2, tone: 'waiting' },
  left: { word: 'No longer live', icon: CircleMinus, tone: 'waiting' },
  never: { word: 'Not there yet', icon: CircleDashed, tone: 'neutral' },
  unknown: { word: 'Unknown', icon: CircleHelp, tone: 'neutral' },
};

/** How a change stands in an environment. */
export function liveLook(state: LiveWord): Look {
  return liveLooks[state];
}

export const changeStates: readonly Change['state'][] = ['opened', 'merged', 'closed', 'locked'];

const changeLooks: Readonly<Record<Change['state'], Look>> = {
  opened: { word: 'Open', icon: GitPullRequest, tone: 'success' },
  merged: { word: 'Merged', icon: GitMerge, tone: 'running' },
  closed: { word: 'Closed', icon: GitPullRequestClosed, tone: 'failed' },
  locked: { word: 'Being merged', icon: GitMerge, tone: 'waiting' },
};

const draftLook: Look = { word: 'Draft', icon: GitPullRequestDraft, tone: 'neutral' };

/** How a merge or pull request stands; a draft is one only as long as it is open. */
export function changeLook(state: Change['state'], draft = false): Look {
  return draft && state === 'opened' ? draftLook : changeLooks[state];
}
