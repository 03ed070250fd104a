import type { Status } from '../../contract/statuses.ts';

/** The API an event came by. */
export type Dialect = 'native' | 'gitlab' | 'github';

/** What a report said, beside the facts that place it. null: not said. */
export interface Details {
  readonly version: string | null;
  readonly runUrl: string | null;
  readonly runNumber: number | null;
  readonly actor: string | null;
  readonly ref: string | null;
  readonly sha: string | null;
  readonly parents: readonly string[] | null;
}

/** One fact about one deployment, as stored. Moments are epoch milliseconds. */
export interface LogEvent {
  readonly position: number;
  readonly id: string;
  readonly deploymentId: number;
  readonly projectId: number;
  readonly environmentId: number;
  readonly status: Status;
  /** The word the dialect used. */
  readonly word: string;
  readonly dialect: Dialect;
  readonly happenedAt: number;
  readonly receivedAt: number;
  readonly clockSkew: boolean;
  /** The caller's key for the deployment; null where its dialect has none. */
  readonly deploymentKey: string | null;
  readonly reporter: string | null;
  readonly details: Details;
}
