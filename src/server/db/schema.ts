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
  waits: WaitTable;
  deployment_requests: DeploymentRequestTable;
  projects: ProjectTable;
  project_counters: ProjectCounterTable;
  project_redirects: ProjectRedirectTable;
  environments: EnvironmentTable;
  idempotency_keys: IdempotencyKeyTable;
  outbox: OutboxTable;
  groups: GroupTable;
  members: MemberTable;
  protected_environments: ProtectedEnvironmentTable;
  protection_rules: ProtectionRuleTable;
  deployment_approvals: DeploymentApprovalTable;
  freeze_periods: FreezePeriodTable;
  commit_statuses: CommitStatusTable;
  hooks: HookTable;
  hook_deliveries: HookDeliveryTable;
  audit_entries: AuditEntryTable;
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

/** Projection: what deployments were asked for with, where they are carried out by a tool. */
export interface DeploymentRequestTable {
  deployment_id: number;
  task: string;
  /** JSON, as it was given. */
  payload: string;
  transient: number;
  production: number;
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
  /** The user of its first event. */
  user_id: number | null;
  flags: string | null;
  /** 1: it was deleted, or its environment was. */
  deleted: number | null;
}

/** Projection: the events by which deployments came to wait. */
export interface WaitTable {
  position: number;
  deployment_id: number;
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
  /** The path of its group; empty where the service has none. */
  namespace: string;
  /** The last part of its path. */
  name: string;
  created_at: number;
  /** What people call it; null: by its name. */
  title: string | null;
  description: string | null;
  /** private, internal or public. */
  visibility: Generated<string>;
  /** The access level that every signed-in user has here, unless it is private. */
  everyone_level: Generated<number>;
  default_branch: string | null;
  creator_id: number | null;
  /** Whether who started a deployment may approve it. */
  allow_self_approval: Generated<number>;
  updated_at: Generated<number>;
  /** Deleted projects keep their rows, under another name: events refer to them. */
  deleted_at: number | null;
}

/** Apart from projects: the log writes these rows whole. */
export interface ProjectCounterTable {
  project_id: number;
  /** The last deployment iid given out. */
  deployment_iid: number;
}

/** A path that a project had before it, or a group above it, was renamed. */
export interface ProjectRedirectTable {
  namespace: string;
  name: string;
  project_id: number;
}

export interface EnvironmentTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  slug: string;
  tier: string;
  created_at: number;
  external_url: string | null;
  description: string | null;
  /** Stopped until a deployment succeeds at a later position of the log. */
  stopped_at: number | null;
  stopped_position: number | null;
  auto_stop_at: number | null;
  auto_stop_setting: Generated<string>;
  /** When it is to be deleted, if it is stopped then. */
  auto_delete_at: number | null;
  cluster_agent_id: number | null;
  kubernetes_namespace: string | null;
  flux_resource_path: string | null;
  updated_at: Generated<number>;
  /** As with projects. */
  deleted_at: number | null;
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

export interface GroupTable {
  id: Generated<number>;
  /** From the top: `group/subgroup`. */
  path: string;
  name: string;
  description: string | null;
  visibility: string;
  created_at: number;
  updated_at: number;
}

/** Of either a group or a project. */
export interface MemberTable {
  id: Generated<number>;
  user_id: number;
  group_id: number | null;
  project_id: number | null;
  access_level: number;
  expires_at: number | null;
  created_by: number | null;
  created_at: number;
}

/** Of a project by the environment's name, or of a group by tier. */
export interface ProtectedEnvironmentTable {
  id: Generated<number>;
  project_id: number | null;
  group_id: number | null;
  name: string;
  required_approval_count: number;
  created_at: number;
  updated_at: number;
}

/** Who may deploy (purpose `deploy`) or must approve (`approve`): one of user, group and access level. */
export interface ProtectionRuleTable {
  id: Generated<number>;
  protected_environment_id: number;
  purpose: string;
  user_id: number | null;
  group_id: number | null;
  access_level: number | null;
  group_inheritance_type: Generated<number>;
  required_approvals: Generated<number>;
  created_at: number;
}

export interface DeploymentApprovalTable {
  id: Generated<number>;
  deployment_id: number;
  user_id: number;
  rule_id: number | null;
  /** How far the log had come: tells to which attempt of the deployment it belongs. */
  position: number;
  /** approved or rejected. */
  status: string;
  comment: string | null;
  created_at: number;
  updated_at: number;
}

/** From a tick of one cron line to the next tick of the other. */
export interface FreezePeriodTable {
  id: Generated<number>;
  project_id: number;
  freeze_start: string;
  freeze_end: string;
  cron_timezone: string;
  created_at: number;
  updated_at: number;
}

/** What checks said of a commit, one after the other: the newest of each context holds. */
export interface CommitStatusTable {
  id: Generated<number>;
  project_id: number;
  /** In small letters, maybe abbreviated. What is no sha is the ref that the check named instead. */
  sha: string;
  context: string;
  /** The context in small letters: two that differ in case only are one. */
  context_key: string;
  state: string;
  target_url: string | null;
  description: string | null;
  user_id: number | null;
  created_at: number;
}

export interface HookTable {
  id: Generated<number>;
  project_id: number;
  url: string;
  name: string | null;
  description: string | null;
  /** Encrypted with the server's key. */
  sealed_secret: string | null;
  /** JSON: what it is told of, and how. */
  settings: string;
  created_at: number;
  updated_at: number;
  /** While it lies ahead a node delivers to this hook, and no other node does; afterwards, when it was last served. */
  busy_until: Generated<number>;
}

/** One thing to tell one hook, and how the last attempt went. */
export interface HookDeliveryTable {
  id: Generated<number>;
  hook_id: number;
  /** The same for every attempt. */
  uuid: string;
  /** The same for every hook that is told of one event. */
  event_uuid: string;
  trigger: string;
  body: string;
  created_at: number;
  /** null: delivered, or given up. */
  next_attempt_at: number | null;
  attempts: Generated<number>;
  url: string | null;
  request_headers: string | null;
  response_status: number | null;
  response_headers: string | null;
  response_body: string | null;
  error: string | null;
  duration_ms: number | null;
  delivered_at: number | null;
}

/** What somebody did that others may have to account for. Never changed. */
export interface AuditEntryTable {
  id: Generated<number>;
  created_at: number;
  author_id: number | null;
  author_name: string | null;
  project_id: number | null;
  group_id: number | null;
  action: string;
  /** JSON. */
  details: string;
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
  email: string | null;
  /** active or blocked. */
  state: Generated<string>;
  /** 1: acts for a project or group token, and cannot sign in. */
  bot: Generated<number>;
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
  description: string | null;
  /** What a project or group token may do there. */
  access_level: number | null;
  revoked_at: number | null;
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
