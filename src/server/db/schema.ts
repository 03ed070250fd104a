import type { SessionTable, TokenTable, UserTable } from './tables/access.ts';
import type {
  ChangeDeploymentTable,
  ChangeTable,
  CommitNoteTable,
  CommitTable,
  EnvironmentLinkTable,
  LinkCursorTable,
  PathCommitTable,
  ProjectRepositoryTable,
  RepositoryTable,
  RepositoryTagTable,
} from './tables/changes.ts';
import type { EventTable, IdempotencyKeyTable, LogHeadTable, OutboxTable } from './tables/log.ts';
import type {
  EnvironmentRefRuleTable,
  EnvironmentTable,
  GroupTable,
  MemberTable,
  ProjectCounterTable,
  ProjectRedirectTable,
  ProjectTable,
} from './tables/places.ts';
import type {
  DeploymentRequestTable,
  DeploymentTable,
  PromotionTable,
  SlotTable,
  WaitTable,
} from './tables/projections.ts';
import type {
  AuditEntryTable,
  CommitStatusTable,
  DeploymentApprovalTable,
  FreezePeriodTable,
  ProtectedEnvironmentTable,
  ProtectionRuleTable,
} from './tables/rules.ts';
import type { HookDeliveryTable, HookTable, IncomingDeliveryTable, IncomingSecretTable } from './tables/webhooks.ts';
import type { FetcherStateTable, LeaseTable, RetentionSettingTable } from './tables/work.ts';

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
  promotions: PromotionTable;
  deployment_requests: DeploymentRequestTable;
  projects: ProjectTable;
  project_counters: ProjectCounterTable;
  project_redirects: ProjectRedirectTable;
  environments: EnvironmentTable;
  environment_ref_rules: EnvironmentRefRuleTable;
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
  incoming_secrets: IncomingSecretTable;
  incoming_deliveries: IncomingDeliveryTable;
  repositories: RepositoryTable;
  project_repositories: ProjectRepositoryTable;
  commits: CommitTable;
  commit_notes: CommitNoteTable;
  path_commits: PathCommitTable;
  repository_tags: RepositoryTagTable;
  changes: ChangeTable;
  change_deployments: ChangeDeploymentTable;
  environment_links: EnvironmentLinkTable;
  link_cursor: LinkCursorTable;
  audit_entries: AuditEntryTable;
  users: UserTable;
  tokens: TokenTable;
  sessions: SessionTable;
  fetcher_states: FetcherStateTable;
  leases: LeaseTable;
  retention_settings: RetentionSettingTable;
}
