import type { Visibility } from '../../../contract/visibilities.ts';

/** From the least open: who sees a project. */
export const visibilityWords: readonly (readonly [visibility: Visibility, word: string, meaning: string])[] = [
  ['private', 'Private', 'Only its members see it, and those of the groups around it.'],
  ['internal', 'Internal', 'Everybody who can sign in sees it; where people may read without signing in, everybody.'],
  ['public', 'Public', 'Everybody sees it where this server lets people read without signing in.'],
];
