import { Problem } from '../../../contract/problem.ts';

/** What every route of this API may answer besides its own. */
export const problems = { '4xx': Problem, '5xx': Problem } as const;
