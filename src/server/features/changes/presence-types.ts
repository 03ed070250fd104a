import type { Tier } from '../../../contract/tiers.ts';
import type { History } from '../repositories/history-types.ts';
import type { ProjectRepository, Revision } from '../repositories/repository-types.ts';
import type { LiveState } from './change-types.ts';

/** What is where, of a project with a repository, as it is at one moment. Asks nobody anything. */
export interface TrackedProject extends TrackedLanes {
  /** Whether a change is in an environment now. */
  stateOf(changeId: number, environmentId: number): LiveState;
  /** Whether a commit, of whatever change, is in an environment now. */
  stateOfCommit(n: number, environmentId: number): LiveState;
}

/** What runs in the environments of a project, and how far they are apart. */
export interface TrackedLanes {
  readonly projectId: number;
  readonly history: History;
  readonly repository: ProjectRepository;
  /** Those that take part, in the order of the matrix's columns. */
  readonly environments: readonly TrackedEnvironment[];
  /** Of the project's path: the changes that land in these commits, each once, in the order of the commits, wherever else they land. */
  changesAmong(ns: readonly number[]): readonly number[];
  /**
   * Of the project's path: the changes that are live in `to` and not in `from`. A change of which `from` has a pick is none
   * of them, though its merge is among the commits between.
   */
  changesBetween(from: number | null, to: number): readonly number[];
  /** Of the project's path: the commits that `to` contains and `from` (null: nothing) does not, newest first. */
  between(from: number | null, to: number): readonly number[];
  /** The one that ships before it: of the nearest lower tier in which something known runs, the one that is furthest ahead; where none has all of the others, the one that was deployed last. */
  before(environmentId: number): TrackedEnvironment | undefined;
}

export interface TrackedEnvironment {
  readonly id: number;
  readonly name: string;
  readonly tier: Tier;
  /** null: nothing was deployed there successfully, or it was stopped since. */
  readonly current: RunningDeployment | null;
  /** Successful deployments there whose commit is not known. */
  readonly unknown: number;
}

interface RunningDeployment {
  readonly deploymentId: number;
  readonly iid: number;
  /** Its commit; null: not known. */
  readonly n: number | null;
  /** When it succeeded. */
  readonly at: number;
}

/** A deployment as far as it is asked what it contains. */
export interface DeploymentSubject {
  readonly id: number;
  readonly projectId: number;
  readonly environmentId: number;
}

/**
 * What a deployment changes in its environment, compared with what ran there before it. One that has not succeeded is
 * taken as if it did now.
 *   baseline  the first there whose commit is known: what it contains was there before anybody knew
 *   unknown   its commit is not known
 */
export interface DeploymentContents {
  readonly kind: 'baseline' | 'shipped' | 'unknown';
  /** What it was compared with; null: there was nothing, or nothing known. */
  readonly previous: { readonly deploymentId: number; readonly n: number } | null;
  readonly n: number | null;
  /** Of the project's path, newest first; of a baseline none. */
  readonly commits: readonly number[];
  /** Of the project's path, that it took away, newest first. */
  readonly removed: readonly number[];
  /** Ids of changes: there for the first time, also those that it brings together with their revert. */
  readonly ships: readonly number[];
  /** Live before, and not any more. */
  readonly takesOut: readonly number[];
  /** There again, after they had been taken out or reverted. */
  readonly bringsBack: readonly number[];
  /** Live before, or new with it, and undone by a commit that it brings. */
  readonly reverts: readonly number[];
}

/** A successful deployment of an environment. */
export interface Success {
  readonly deploymentId: number;
  readonly at: number;
  readonly position: number;
  /** When the server last heard of it. */
  readonly toldAt: number;
  readonly revision: Revision;
}
