/** What the exit code of `shiplog` says. Documented in docs/cli.md; a test holds the two in step. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  /** A wrong option, argument or setting. */
  usage: 2,
  /** The server answered and said no (4xx). */
  refused: 3,
  /** No answer, or the server cannot answer now (5xx, 429). */
  unreachable: 4,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
