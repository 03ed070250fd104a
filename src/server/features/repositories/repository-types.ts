import type { ForgeKind, TrackedEnvironments } from '../../../contract/repositories.ts';

/** What a project says of its repository. Moments in epoch milliseconds. */
export interface ProjectRepository {
  readonly projectId: number;
  readonly repositoryId: number;
  readonly url: string;
  readonly username: string | null;
  readonly hasSecret: boolean;
  /** Only commits that touch this folder are the project's; empty: all are. */
  readonly path: string;
  /** Whether the first deployment of an environment ships all that it contains, as in GitLab. */
  readonly linksFirst: boolean;
  readonly tracked: TrackedEnvironments;
  readonly forge: ForgeSettings | null;
  readonly state: RepositoryState;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ForgeSettings {
  readonly kind: ForgeKind;
  /** Its API's base address, without a slash at its end. */
  readonly url: string;
  /** The project's path there: `owner/name`. */
  readonly project: string;
  readonly hasToken: boolean;
  /** Why its changes could not be read the last time, for people; null: they could. */
  readonly error: string | null;
}

/** How a mirror does. */
export interface RepositoryState {
  readonly defaultBranch: string | null;
  readonly commitCount: number;
  /** Whether the remote's own history has an end before its first commit. */
  readonly isShallow: boolean;
  /** The last time that went well; null: none did yet. */
  readonly fetchedAt: number | null;
  readonly attemptedAt: number | null;
  /** Attempts that failed, in a row. */
  readonly failures: number;
  /** Why the last attempt failed, for people; null: it did not. */
  readonly error: string | null;
  readonly nextFetchAt: number;
}

/** How a commit lands or undoes a change, by its message or by what comparing it showed. */
export const noteKinds = ['merge', 'squash', 'pick', 'copy', 'revert'] as const;
export type NoteKind = (typeof noteKinds)[number];

/** What a commit says of changes and other commits. */
export interface CommitNote {
  /** The commit that says it. */
  readonly n: number;
  readonly kind: NoteKind;
  /** The change that it lands: of merge and squash. Or that it reverts: of a revert whose message names no commit. */
  readonly number: number | null;
  /** The commit that it picks, copies or reverts, maybe abbreviated; null: its message names none, and none is known. */
  readonly sha: string | null;
}

/** A commit as it is shown. */
export interface CommitRecord {
  readonly n: number;
  readonly sha: string;
  readonly authoredAt: number;
  readonly committedAt: number;
  readonly author: string;
  readonly subject: string;
}

/** What a deployment says of the commit that it ships. */
export interface Revision {
  readonly sha: string | null;
  readonly ref: string | null;
  readonly version: string | null;
}

/** A change as the message of a commit tells of it. */
export interface LandedChange {
  /** The commit that lands it. */
  readonly n: number;
  readonly sha: string;
  readonly kind: 'merge' | 'squash';
  readonly number: number;
  readonly title: string;
  /** Of its last commit; of the squashed commit. */
  readonly authorName: string;
  /** Who made the merge commit; null: it was squashed. */
  readonly mergedBy: string | null;
  readonly mergedAt: number;
  readonly sourceBranch: string | null;
  readonly targetBranch: string | null;
}
