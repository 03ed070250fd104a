import type { IncomingSource, IncomingState } from '../../../contract/incoming.ts';

export const sourceNames: Readonly<Record<IncomingSource, string>> = { github: 'GitHub', gitlab: 'GitLab' };

interface StateWords {
  readonly word: string;
  readonly sentence: string;
  /** The status whose icon and colour it has. */
  readonly like: string;
}

export const stateWords: Readonly<Record<IncomingState, StateWords>> = {
  waiting: { word: 'Waiting', sentence: 'It is stored, and read in a moment.', like: 'queued' },
  applied: { word: 'Applied', sentence: 'What it says is recorded.', like: 'success' },
  kept: { word: 'Kept', sentence: 'It is about something that is not shown.', like: 'skipped' },
  failed: { word: 'Failed', sentence: 'It could not be understood.', like: 'failure' },
};
