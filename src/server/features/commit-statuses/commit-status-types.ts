import type { RecordUser } from '../deployments/deployment-types.ts';

export const commitStates = ['error', 'failure', 'pending', 'success'] as const;
export type CommitState = (typeof commitStates)[number];

/** So many contexts of a commit are told, shown and looked at. */
export const mostContexts = 1000;

/** What a check says of a commit. */
export interface NewCommitStatus {
  readonly state: CommitState;
  /** Names the check; two contexts that differ in case only are one. */
  readonly context: string;
  readonly targetUrl: string | null;
  readonly description: string | null;
}

export interface CommitStatus extends NewCommitStatus {
  readonly id: number;
  /** As it was told: a sha in small letters, maybe abbreviated, or a ref. */
  readonly sha: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** null: a token without a user. */
  readonly user: RecordUser | null;
}

/** What all checks together say of a commit. */
export interface CombinedStatus {
  readonly state: 'failure' | 'pending' | 'success';
  readonly sha: string;
  /** The newest of each context, the newest first. */
  readonly statuses: readonly CommitStatus[];
}

/** A context that a deployment depends on. */
export interface ConsideredContext {
  readonly context: string;
  /** `missing`: nothing was ever told of it. */
  readonly state: CommitState | 'missing';
}
