import { Problem } from '../../../contract/problem.ts';

const problem = { content: { 'application/problem+json': { schema: Problem } } } as const;

/** What every route of this API may answer besides its own. */
export const problems = { '4xx': problem, '5xx': problem } as const;
