import type { Generated } from 'kysely';

/**
 * The tables as Kysely sees them, alike on both databases. Moments are epoch milliseconds UTC, booleans 0 or 1,
 * structured values JSON text. Migrations make them; docs/decisions/0003 says why these types.
 */
export interface Schema {
  log_head: LogHeadTable;
  events: EventTable;
  deployments: DeploymentTable;
  slots: SlotTable;
  projects: ProjectTable;
  project_counters: ProjectCounterTable;
  environments: EnvironmentTable;
  idempotency_keys: IdempotencyKeyTable;
  outbox: OutboxTable;
  users: UserTable;
  tokens: TokenTable;
  sessions: SessionTable;
  fetcher_states: FetcherStateTable;
  leases: LeaseTable;
}

/** One row: the last number given out for each. Changed only under the log lock. */
export interface LogHeadTable {
  id: number;
  position: number;
  deployment_id: number;
  slot_version: number;
  /** Tells this log from any other that has come as far: random, and new after a restore. */
  epoch: number;
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
}

/** Projection: the fold of a deployment's events (log/fold-deployment.ts). */
export interface DeploymentTable extends DetailColumns {
  id: number;
  iid: number;
  project_id: number;
  environment_id: number;
  key: string | null;
  status: string;
  word: string;
  status_at: number;
  status_position: number;
  event_id: string;
  reporter: string | null;
  clock_skew: number;
  started_at: number | null;
  finished_at: number | null;
  /** The newest success or failure: null where there is none; the mark is null where it is the latest status itself. */
  terminal_position: number | null;
  terminal_mark: string | null;
  success_position: number | null;
  success_mark: string | null;
  first_position: number;
  event_count: number;
  created_at: number;
  updated_at: number;
}

/** Projection: what the matrix shows of one project in one environment (log/fold-slot.ts). */
export interface SlotTable {
  environment_id: number;
  project_id: number;
  current_id: number | null;
  current_at: number | null;
  current_position: number | null;
  current_status: string | null;
  success_id: number | null;
  success_at: number | null;
  success_position: number | null;
  terminal_id: number | null;
  terminal_at: number | null;
  terminal_position: number | null;
  terminal_status: string | null;
  context_id: number | null;
  context_at: number | null;
  context_position: number | null;
  context_status: string | null;
  /** JSON: the newest successful deployments, newest first; see projection-rows.ts. */
  recent: string;
  /** log_head.slot_version of the batch that last changed this row. */
  version: number;
}

export interface ProjectTable {
  id: Generated<number>;
  /** Empty where the service has no namespace. */
  namespace: string;
  name: string;
  created_at: number;
}

/** Apart from projects: the log writes these rows whole. */
export interface ProjectCounterTable {
  project_id: number;
  /** The last deployment iid given out. */
  deployment_iid: number;
}

export interface EnvironmentTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  slug: string;
  tier: string;
  created_at: number;
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

export interface UserTable {
  id: Generated<number>;
  username: string;
  name: string;
  password_hash: string | null;
  is_admin: number;
  must_change_password: number;
  signed_in_at: number | null;
  created_at: number;
}

export interface TokenTable {
  id: Generated<number>;
  name: string;
  token_hash: string;
  /** JSON array. */
  scopes: string;
  user_id: number | null;
  project_id: number | null;
  group_path: string | null;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
}

export interface SessionTable {
  id_hash: string;
  user_id: number | null;
  token_id: number | null;
  /** Begun with the administrator's token of the settings: its hash, so that the session ends when the setting changes. */
  admin_hash: string | null;
  created_at: number;
  expires_at: number;
}

export interface FetcherStateTable {
  adapter: string;
  cursor: string;
  updated_at: number;
}

export interface LeaseTable {
  name: string;
  holder: string;
  lease_until: number;
}
