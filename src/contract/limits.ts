/** Limits that cross the wire, in one place so that schema, documentation and clients agree. */
export const limits = {
  deploymentId: 200,
  service: 128,
  namespace: 128,
  /** Of a project: its namespace, a slash, and its service, of which each letter may be written as two. */
  path: 385,
  environment: 64,
  version: 50,
  runUrl: 2048,
  runNumber: 2_147_483_647,
  actor: 128,
  ref: 256,
  sha: 128,
  parents: 32,
  batch: 1000,
  page: 500,
  defaultPage: 100,
  description: 2000,
  comment: 10_000,
  search: 200,
  idempotencyKey: 255,
  bodyBytes: 1024 * 1024,
  fetcherCursor: 8192,
  /** A report may be this far ahead of the server's clock without a mark. */
  clockSkewSilentMs: 5 * 60_000,
  /** Further ahead than this, a report is refused. */
  clockSkewRefusedMs: 24 * 3_600_000,
} as const;
