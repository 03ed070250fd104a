import type { Status } from '../../contract/statuses.ts';
import type { Details, Dialect, EventExtra, EventFlag, LogEvent } from './event.ts';
import type { DeploymentState } from './fold-deployment.ts';
import type { ReadPlace } from './places.ts';

/** One fact to append, in the words of the domain. */
export interface AppendCommand {
  /** placeKey of the three names below: made once, since many look it up. */
  readonly lane: string;
  readonly namespace: string;
  readonly service: string;
  readonly environment: string;
  /** The caller's key: reports with one key in one environment are one deployment. null: a deployment of its own. */
  readonly key: string | null;
  readonly status: Status;
  readonly word: string;
  readonly dialect: Dialect;
  readonly happenedAt: number;
  readonly clockSkew: boolean;
  readonly reporter: string | null;
  readonly userId: number | null;
  /** What the caller is called, for the audit: not what it says of others. */
  readonly callerName: string | null;
  readonly flags: readonly EventFlag[];
  readonly act: 'report' | 'delete';
  /** The project that is meant, where the caller has looked it up: it may be renamed or deleted since. */
  readonly projectId?: number | undefined;
  /** The deployment that it is about, where the caller names one by its id; absent: that of the key, or a new one. */
  readonly deploymentId?: number | undefined;
  readonly details: Details;
  readonly extra?: EventExtra | undefined;
}

/** Facts that are appended together or not at all. */
export interface AppendRequest {
  readonly commands: readonly AppendCommand[];
  readonly idempotency?: Idempotency | undefined;
  /** Has the last word on the first command of the request, under the log lock; the others go with it. */
  readonly decide?: Decision | undefined;
}

/** What a lane is like at the moment at which a request is written. */
export interface LaneNow {
  /** The deployment that the command names by id, or by key. */
  readonly deployment: DeploymentState | undefined;
  /** Of the deployments that are successful now, the one that became so last. Only where the command may be about it. */
  readonly lastSuccess: StoredDeployment | undefined;
}

/**
 * Answers the command to append, or undefined where nothing of the request is to be appended; throws a ShiplogFault where the request
 * must be refused. Nothing else happens in the lane meanwhile.
 */
export type Decision = (lane: LaneNow, command: AppendCommand) => AppendCommand | undefined;

export interface Idempotency {
  /** Whose key it is; two owners' keys never meet. */
  readonly owner: string;
  readonly key: string;
  /** Tells a repeat from another request under the same key. */
  readonly bodyHash: string;
}

export interface PlacedEvent {
  readonly event: LogEvent;
  readonly place: ReadPlace;
}

/** A deployment with its number within its project. */
export interface StoredDeployment {
  readonly state: DeploymentState;
  readonly iid: number;
}

/** replayed: the request was carried out before, and this is what it stored then. */
export interface AppendResult {
  readonly events: readonly PlacedEvent[];
  readonly replayed: boolean;
  /** After a decision, the deployments that its batch changed, by id, as they were when it was written. */
  readonly deployments: ReadonlyMap<number, StoredDeployment>;
}
