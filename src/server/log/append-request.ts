import type { Status } from '../../contract/statuses.ts';
import type { Details, Dialect, LogEvent } from './event.ts';
import type { Place } from './places.ts';

/** One fact to append, in the words of the domain. */
export interface AppendCommand {
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
  readonly details: Details;
}

/** Facts that are appended together or not at all. */
export interface AppendRequest {
  readonly commands: readonly AppendCommand[];
  readonly idempotency?: Idempotency | undefined;
}

export interface Idempotency {
  /** Whose key it is; two owners' keys never meet. */
  readonly owner: string;
  readonly key: string;
  /** Tells a repeat from another request under the same key. */
  readonly bodyHash: string;
}

export interface PlacedEvent {
  readonly event: LogEvent;
  readonly place: Place;
}

/** replayed: the request was carried out before, and this is what it stored then. */
export interface AppendResult {
  readonly events: readonly PlacedEvent[];
  readonly replayed: boolean;
}
