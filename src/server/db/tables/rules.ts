import type { Generated } from 'kysely';

/** Of a project by the environment's name, or of a group by tier. */
export interface ProtectedEnvironmentTable {
  id: Generated<number>;
  project_id: number | null;
  group_id: number | null;
  name: string;
  required_approval_count: number;
  /** 1: any one of its approval rules suffices. */
  any_rule: Generated<number>;
  /** Whether who started a deployment may approve it; null: as the project says. */
  self_approval: number | null;
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
