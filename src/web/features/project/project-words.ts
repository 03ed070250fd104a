import type { ProjectVisibility } from '../../../contract/projects.ts';

/** From the least open: who sees a project. */
export const visibilityWords: readonly (readonly [visibility: ProjectVisibility, word: string, meaning: string])[] = [
  ['private', 'Private', 'Only its members see it, and those of the groups around it.'],
  ['internal', 'Internal', 'Everybody who is signed in sees it.'],
  ['public', 'Public', 'Everybody sees it where this server lets people read without signing in.'],
];
