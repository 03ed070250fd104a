import type { Generated } from 'kysely';

/** One row: the last number given out for each. Changed only under the log lock. */
export interface LogHeadTable {
  id: number;
  position: number;
  deployment_id: number;
  slot_version: number;
  /** Tells this log from any other that has come as far: random, and new after a restore. */
  epoch: number;
  /** Grows when names, tiers, visibility or hooks of places change: what is remembered of places holds until then. */
  places_version: Generated<number>;
}

/** What a report said, beside the facts that place it. */
export interface DetailColumns {
  version: string | null;
  run_url: string | null;
  run_number: number | null;
  actor: string | null;
  ref: string | null;
  sha: string | null;
  /** JSON array of deployment keys. */
  parents: string | null;
  /** Whether ref is a tag; null: not said. */
  tag: number | null;
  description: string | null;
  kind: string | null;
}

/** Append-only. */
export interface EventTable extends DetailColumns {
  position: number;
  id: string;
  deployment_id: number;
  project_id: number;
  environment_id: number;
  status: string;
  /** The word the dialect used, so that it round-trips. */
  word: string;
  dialect: string;
  happened_at: number;
  received_at: number;
  clock_skew: number;
  deployment_key: string | null;
  reporter: string | null;
  /** The user whose request it was; null for a token without one. */
  user_id: number | null;
  /** JSON array of what the server found remarkable; see EventFlag. */
  flags: string | null;
  /** `delete`: takes the deployment out of all projections. null: a report. */
  act: string | null;
  /** JSON of an EventExtra; null: there is none. */
  extra: string | null;
}

export interface IdempotencyKeyTable {
  /** Who used it: a token or user, so that keys of two pipelines never meet. */
  owner: string;
  key: string;
  body_hash: string;
  first_position: number;
  event_count: number;
  created_at: number;
}

export interface OutboxTable {
  id: Generated<number>;
  topic: string;
  /** Position of the event that it tells of. */
  position: number;
  body: string;
  created_at: number;
  next_attempt_at: number;
  attempts: number;
}
