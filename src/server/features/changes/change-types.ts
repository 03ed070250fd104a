/** A merge or pull request. Moments in epoch milliseconds. */
export interface Change {
  readonly id: number;
  readonly projectId: number;
  /** Of its project: !N or #N. */
  readonly number: number;
  readonly title: string;
  readonly description: string | null;
  readonly state: ChangeState;
  readonly author: ChangeAuthor | null;
  readonly sourceBranch: string | null;
  readonly targetBranch: string | null;
  readonly webUrl: string | null;
  readonly mergeCommitSha: string | null;
  readonly squashCommitSha: string | null;
  readonly headSha: string | null;
  readonly isDraft: boolean;
  readonly labels: readonly string[];
  readonly mergedBy: string | null;
  readonly mergedAt: number | null;
  readonly closedAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const changeStates = ['opened', 'closed', 'locked', 'merged'] as const;
export type ChangeState = (typeof changeStates)[number];

export interface ChangeAuthor {
  /** null: only a name is known, as of commits. */
  readonly username: string | null;
  readonly name: string | null;
}

/** What somebody tells of a change; absent: it does not say. */
export type ToldChange = Pick<Change, 'number' | 'updatedAt'> & {
  readonly [Key in Exclude<keyof Change, 'id' | 'projectId' | 'number' | 'updatedAt'>]?: Change[Key] | undefined;
};

/** Of a change: the largest that every forge can give out. */
export const largestChangeNumber = 2_147_483_647;

/** What tells which commits land a change. */
export interface ChangeLandingFacts
  extends Pick<Change, 'id' | 'number' | 'state' | 'mergeCommitSha' | 'squashCommitSha' | 'headSha'> {
  /** Of the merge commit and the squashed commit those that a tool told: commits filled in the others. */
  readonly toldShas: readonly string[];
}

/** Who tells it: a commit's message fills in what no tool told. */
export type ChangeOrigin = 'tool' | 'commit';

/** How a change came to be contained. */
export const landingKinds = ['merge', 'squash', 'head', 'pick', 'copy'] as const;
export type LandingKind = (typeof landingKinds)[number];

/** The first successful deployment of an environment that contains a change. */
export interface ChangeLink {
  readonly changeId: number;
  readonly environmentId: number;
  readonly deploymentId: number;
  readonly deployedAt: number;
  readonly landed: LandingKind;
}

/** Whether a change is in an environment now. `left`: it was there, and what runs now does not contain it. */
export const liveStates = ['live', 'reverted', 'left', 'never', 'unknown'] as const;
export type LiveState = (typeof liveStates)[number];
