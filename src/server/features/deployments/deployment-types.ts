import type { Status } from '../../../contract/statuses.ts';
import type { DeploymentState } from '../../log/fold-deployment.ts';
import type { ReadPlace, ShownEnvironment } from '../../log/places.ts';

/** A deployment with what it refers to. */
export interface DeploymentRecord {
  readonly iid: number;
  readonly state: DeploymentState;
  readonly place: ReadPlace;
  readonly environment: ShownEnvironment;
  /** Who told of it first; null for a token without a user. */
  readonly user: RecordUser | null;
}

export interface RecordUser {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly state: string;
}

export type RecordOrder = 'id' | 'updated_at' | 'finished_at' | 'ref';

/** All that is given must hold. Moments in epoch milliseconds. */
export interface RecordFilter {
  readonly projectId: number;
  readonly environment?: string | undefined;
  readonly statuses?: readonly Status[] | undefined;
  /** Both inclusive. */
  readonly updatedAfter?: number | undefined;
  readonly updatedBefore?: number | undefined;
  /** Inclusive and exclusive. */
  readonly finishedAfter?: number | undefined;
  readonly finishedBefore?: number | undefined;
  readonly orderBy: RecordOrder;
  readonly direction: 'asc' | 'desc';
  readonly limit: number;
  readonly offset: number;
}

export interface RecordPage {
  readonly items: readonly DeploymentRecord[];
  /** undefined: more than are counted. */
  readonly total: number | undefined;
  readonly hasNext: boolean;
}
