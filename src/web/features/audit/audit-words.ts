import type { AuditEntry } from '../../../contract/audit.ts';

/** What was done, in words that follow a name: "Mia protected production". */
const sentences: Readonly<Record<string, (details: AuditEntry['details']) => string>> = {
  deployment_approved: ({ deployment_id: id, environment }) => `approved deployment ${id} to ${environment}`,
  deployment_rejected: ({ deployment_id: id, environment }) => `rejected deployment ${id} to ${environment}`,
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
  repository_set: () => 'connected a repository, or changed how it is read',
  repository_removed: () => 'disconnected the repository',
  incoming_secret_created: ({ source }) => `made a secret for incoming webhooks of ${source}`,
  incoming_secret_deleted: () => 'removed a secret for incoming webhooks',
};

/** Details that the sentence says already. */
const inSentence = ['environment', 'deployment_id', 'pattern', 'source', 'secret_id'];

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
};

/** What somebody did, as the end of a sentence; an action that this page does not know yet keeps its own words. */
export function actionText({ action, details }: AuditEntry): string {
  return sentences[action]?.(details) ?? action.replaceAll('_', ' ');
}

/** What else is known of it, as terms and texts; what is empty says nothing. */
export function detailsOf({ action, details }: AuditEntry): readonly (readonly [term: string, text: string])[] {
  return Object.entries(details)
    .filter(([name]) => !(action in sentences && inSentence.includes(name)))
    .filter(([, value]) => value !== null && value !== '' && value !== 0)
    .map(([name, value]) => [terms[name] ?? wordOf(name), textOf(value)]);
}

function textOf(value: AuditEntry['details'][string]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value).replace(/\baccess level (\d+)\b/g, (text, level) => levelWords[level] ?? text);
}

const levelWords: Readonly<Record<string, string>> = { 30: 'developers', 40: 'maintainers', 60: 'administrators' };

function wordOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
