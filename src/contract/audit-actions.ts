/** What is written into the audit log, by what it is about. */
export const auditActions = [
  // decisions
  'deployment_approved',
  'deployment_rejected',
  // what was told all the same
  'deployment_unapproved',
  'deployment_while_frozen',
  // protected environments
  'environment_protected',
  'environment_protection_updated',
  'environment_unprotected',
  // refs that may be deployed
  'environment_refs_limited',
  'environment_refs_unlimited',
  'environment_ref_rule_added',
  'environment_ref_rule_changed',
  'environment_ref_rule_removed',
  // freeze periods
  'freeze_period_created',
  'freeze_period_updated',
  'freeze_period_deleted',
  // environments
  'environment_created',
  'environment_updated',
  'environment_stopped',
  'environment_deleted',
  'review_environments_cleaned_up',
  // projects
  'project_created',
  'project_renamed',
  'project_visibility_changed',
  'project_settings_changed',
  'project_deleted',
  // groups
  'group_created',
  'group_renamed',
  'group_visibility_changed',
  'group_settings_changed',
  'group_deleted',
  // members
  'member_added',
  'member_changed',
  'member_removed',
  'member_left',
  // users
  'user_created',
  'user_renamed',
  'user_changed',
  'user_made_administrator',
  'user_made_no_administrator',
  'user_blocked',
  'user_unblocked',
  'user_deleted',
  'user_password_reset',
  'user_password_changed',
  // tokens
  'token_created',
  'token_rotated',
  'token_revoked',
  // webhooks, out and in
  'webhook_created',
  'webhook_changed',
  'webhook_deleted',
  'incoming_secret_created',
  'incoming_secret_deleted',
  // repositories
  'repository_set',
  'repository_removed',
  // how long things are kept
  'retention_changed',
] as const;
export type AuditAction = (typeof auditActions)[number];
