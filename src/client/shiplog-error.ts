import type { Problem } from '../contract/problem.ts';

/** The server answered with a failure. `problem` is its body where it sent problem details. */
export class ShiplogError extends Error {
  readonly status: number;
  readonly problem: Problem | undefined;
  /** How long the server asks to wait before a retry. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, problem: Problem | undefined, retryAfterMs: number | undefined) {
    super(problem ? describe(problem) : `The server answered ${status}.`);
    this.name = 'ShiplogError';
    this.status = status;
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The server could not be reached, or the connection broke before its answer was whole. */
export class UnreachableError extends Error {
  constructor(url: string, cause: unknown) {
    super(`Cannot reach ${url}: ${rootMessage(cause)}`, { cause });
    this.name = 'UnreachableError';
  }
}

function describe(problem: Problem): string {
  const fields = (problem.errors ?? []).map(({ pointer, message }) => `${pointer || '/'}: ${message}`);
  return [problem.detail ?? problem.title, ...fields].join('\n');
}

function rootMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? rootMessage(error.cause) : error.message;
}
