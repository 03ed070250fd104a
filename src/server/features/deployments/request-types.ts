import type { Status } from '../../../contract/statuses.ts';
import type { Dialect, RequestFacts } from '../../log/event.ts';
import type { DeploymentRecord, RecordUser } from './deployment-types.ts';

/** A deployment with what it was asked for with. One that its tool reported by itself has the facts that fit it best. */
export interface RequestedDeployment extends DeploymentRecord {
  readonly request: RequestFacts;
}

/** What somebody asks a tool to carry out. */
export interface NewRequest extends RequestFacts {
  readonly environment: string;
  readonly ref: string;
  readonly sha: string | null;
  readonly description: string | null;
  /** Checks of the commit that must have succeeded; undefined: all that were ever told of it. */
  readonly requiredContexts: readonly string[] | undefined;
}

/** A status as a tool tells it. */
export interface NewStatus {
  readonly status: Status;
  /** The caller's word for it. */
  readonly word: string;
  readonly logUrl: string | null;
  readonly description: string | null;
  readonly environmentUrl: string | null;
  /** As the caller names it; null: as the status before names it, else that of the deployment. It does not move it. */
  readonly environment: string | null;
  /** Whether a success makes what was deployed there before inactive. */
  readonly autoInactive: boolean;
}

/** A status that a deployment reached. */
export interface StatusRecord {
  /** The position of its event: it grows, and no two of one server are alike. */
  readonly id: number;
  readonly status: Status;
  readonly word: string;
  readonly dialect: Dialect;
  readonly logUrl: string | null;
  readonly description: string | null;
  readonly environmentUrl: string | null;
  readonly environment: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** null: a token without a user. */
  readonly user: RecordUser | null;
}

/** All that is given must hold. */
export interface RequestFilter {
  readonly projectId: number;
  readonly sha?: string | undefined;
  readonly ref?: string | undefined;
  readonly task?: string | undefined;
  readonly environment?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly hasNext: boolean;
  /** How many there are in all, where there are more than on this page and not too many to count. */
  readonly total?: number | undefined;
}

/** The word of the event that a deployment is asked for with: it is no status that a tool told. */
export const askedWord = 'created';

/**
 * The words of what is held back here: a deployment that asked to run, one that a tool is asked for, and what that tool says
 * of itself before it is let go. Whatever else waits does so elsewhere, by the word of whoever tells of it.
 */
export const heldWords: readonly string[] = ['blocked', askedWord, 'pending', 'queued'];
