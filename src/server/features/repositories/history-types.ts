import type { CommitGraph } from './commit-graph.ts';
import type { CommitNote } from './repository-types.ts';

/** What is known of a repository's commits without asking the database again. */
export interface History {
  readonly repositoryId: number;
  /** Grows with what is known; what was derived from a history holds as long as it stays the same. */
  readonly version: number;
  readonly graph: CommitGraph;
  /** In the order in which they were found, of commits that the graph holds. */
  readonly notes: readonly CommitNote[];
}

/** A set of commits by number. */
export interface Commits {
  has(n: number): boolean;
}
