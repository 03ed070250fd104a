import type { AuditEntry } from '../../../contract/audit.ts';
import type { AuditAction } from '../../../contract/audit-actions.ts';
import { formatDateTime } from '../../lib/time-format.ts';

/** How the server writes a moment. */
const isoMoment = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** What was done, in words that follow a name: "Mia protected production". */
const sentences: Readonly<Record<AuditAction, (details: AuditEntry['details']) => string>> = {
  deployment_approved: ({ deployment_id: id, environment }) => `approved deployment ${id} to ${environment}`,
  deployment_rejected: ({ deployment_id: id, environment }) => `rejected deployment ${id} to ${environment}`,
  deployment_unapproved: ({ deployment_id: id }) => `told of deployment ${id} without the approvals it needs`,
  deployment_while_frozen: ({ deployment_id: id }) => `told of deployment ${id} while the project was frozen`,
  environment_protected: ({ environment }) => `protected ${environment}`,
  environment_protection_updated: ({ environment }) => `changed the protection of ${environment}`,
  environment_unprotected: ({ environment }) => `removed the protection of ${environment}`,
  environment_refs_limited: ({ environment }) => `limited which refs may be deployed to ${environment}`,
  environment_refs_unlimited: ({ environment }) => `let any ref be deployed to ${environment}`,
  environment_ref_rule_added: ({ environment, pattern }) => `allowed ${pattern} to be deployed to ${environment}`,
  environment_ref_rule_changed: ({ environment, pattern }) => `changed a ref rule of ${environment} to ${pattern}`,
  environment_ref_rule_removed: ({ environment, pattern }) => `removed the ref rule ${pattern} of ${environment}`,
  freeze_period_created: () => 'added a freeze period',
  freeze_period_updated: () => 'changed a freeze period',
  freeze_period_deleted: () => 'removed a freeze period',
  repository_set: ({ connected }) => repositoryText(connected),
  repository_removed: () => 'disconnected the repository',
  incoming_secret_created: ({ source }) => `made a secret for incoming webhooks of ${forgeName(source)}`,
  incoming_secret_deleted: () => 'removed a secret for incoming webhooks',
  project_created: ({ project }) => `made the project ${project}`,
  project_visibility_changed: ({ from, to }) => `made the project ${to}, which was ${from}`,
  project_renamed: ({ from, to }) => `renamed the project ${from} to ${to}`,
  project_settings_changed: () => 'changed the settings of the project',
  project_deleted: ({ project }) => `deleted the project ${project}`,
  group_created: ({ group }) => `made the group ${group}`,
  group_visibility_changed: ({ from, to }) => `made the group ${to}, which was ${from}`,
  group_renamed: ({ from, to }) => `moved the group ${from} to ${to}`,
  group_settings_changed: () => 'changed the settings of the group',
  group_deleted: ({ group }) => `deleted the group ${group}`,
  member_added: ({ user, level }) => `added ${user} as ${level}`,
  member_changed: ({ user, from, to }) =>
    from === to ? `changed the membership of ${user}` : `changed ${user} from ${from} to ${to}`,
  member_removed: ({ user, level }) => `removed ${user}, who was ${level}`,
  member_left: ({ level }) => `left, having been ${level}`,
  environment_created: ({ environment }) => `made the environment ${environment}`,
  environment_updated: ({ environment, tier_before: from, tier: to }) =>
    to === undefined ? `changed the settings of ${environment}` : `moved ${environment} from tier ${from} to ${to}`,
  environment_stopped: ({ environment }) => `stopped ${environment}`,
  environment_deleted: ({ environment }) => `deleted the environment ${environment}`,
  review_environments_cleaned_up: () => 'had stopped review environments deleted in a week',
  token_created: ({ token, user }) => `made the token ${token}${ofUser(user)}`,
  token_rotated: ({ token, user }) => `gave the token ${token}${ofUser(user)} a new secret`,
  token_revoked: ({ token, user }) => `revoked the token ${token}${ofUser(user)}`,
  user_created: ({ user }) => `made the user ${user}`,
  user_renamed: ({ from, to }) => `renamed the user ${from} to ${to}`,
  user_changed: ({ user }) => `changed the user ${user}`,
  user_made_administrator: ({ user }) => `made ${user} an administrator`,
  user_made_no_administrator: ({ user }) => `made ${user} no administrator any more`,
  user_blocked: ({ user }) => `blocked ${user}`,
  user_unblocked: ({ user }) => `unblocked ${user}`,
  user_deleted: ({ user }) => `deleted the user ${user}`,
  user_password_reset: ({ user }) => `gave ${user} another password`,
  user_password_changed: () => 'changed their own password',
  webhook_created: ({ host }) => `made a webhook to ${host}`,
  webhook_changed: ({ host }) => `changed the webhook to ${host}`,
  webhook_deleted: ({ host }) => `deleted the webhook to ${host}`,
  retention_changed: ({ kind, from, to }) =>
    `has ${String(kind).replaceAll('_', ' ')} kept for ${to} days instead of ${from}`,
};

/** Details that the sentence says already. */
const inSentence = [
  ...['environment', 'deployment_id', 'pattern', 'source', 'secret_id', 'webhook_id', 'host', 'from', 'to', 'position'],
  ...['project', 'group', 'user', 'level', 'token', 'tier_before', 'connected'],
];

const forgeNames: Readonly<Record<string, string>> = { github: 'GitHub', gitlab: 'GitLab' };

function forgeName(source: AuditEntry['details'][string] | undefined): string {
  return forgeNames[String(source)] ?? String(source);
}

function ofUser(user: AuditEntry['details'][string] | undefined): string {
  return user === undefined || user === '' ? '' : ` of ${user}`;
}

/** Older entries do not say which of the two it was. */
function repositoryText(connected: AuditEntry['details'][string] | undefined): string {
  if (connected === undefined) return 'connected a repository, or changed how it is read';
  return connected === true ? 'connected a repository' : 'changed which repository is read, or how';
}

const terms: Readonly<Record<string, string>> = {
  approval_rules: 'Approvals',
  required_approval_count: 'Approvals needed',
  deployers: 'May deploy',
  any_rule: 'Any rule suffices',
  self_approval: 'Self-approval',
  freeze_start: 'Begins',
  freeze_end: 'Ends',
  cron_timezone: 'Time zone',
  url: 'Remote',
  path: 'Folder',
  links_first: 'First deployment ships all',
  tracked: 'Tracked environments',
  forge: 'Platform',
  expires_at: 'Ends',
  made_before: 'Made before',
};

/** What somebody did, as the end of a sentence; an action that this page does not know yet keeps its own words. */
export function actionText({ action, details }: AuditEntry): string {
  return isKnown(action) ? sentences[action](details) : action.replaceAll('_', ' ');
}

/** What else is known of it, as terms and texts; what is empty says nothing. */
export function detailsOf({ action, details }: AuditEntry): readonly (readonly [term: string, text: string])[] {
  return Object.entries(details)
    .filter(([name]) => !(isKnown(action) && inSentence.includes(name)))
    .filter(([, value]) => value !== null && value !== '' && value !== 0)
    .map(([name, value]) => [terms[name] ?? wordOf(name), textOf(value)]);
}

/** A page that is open stays in use with a newer server. */
function isKnown(action: string): action is AuditAction {
  return Object.hasOwn(sentences, action);
}

function textOf(value: AuditEntry['details'][string]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' && isoMoment.test(value)) return formatDateTime(Date.parse(value));
  return String(value).replace(/\baccess level (\d+)\b/g, (text, level) => levelWords[level] ?? text);
}

const levelWords: Readonly<Record<string, string>> = { 30: 'developers', 40: 'maintainers', 60: 'administrators' };

function wordOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
