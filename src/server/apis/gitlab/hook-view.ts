import type { HookChange } from '../../features/webhooks/hook-editor.ts';
import type { Delivery, Hook, Topic } from '../../features/webhooks/webhook-types.ts';
import { boolean, choice, list, record, text, type Values } from './parameters.ts';

/** Events that GitLab's hooks can ask for. All are kept for clients that read them back; deployments are delivered. */
const keptFlags = {
  push_events: boolean(),
  tag_push_events: boolean(),
  merge_requests_events: boolean(),
  repository_update_events: boolean(),
  issues_events: boolean(),
  confidential_issues_events: boolean(),
  note_events: boolean(),
  confidential_note_events: boolean(),
  pipeline_events: boolean(),
  wiki_page_events: boolean(),
  job_events: boolean(),
  releases_events: boolean(),
  milestone_events: boolean(),
  feature_flag_events: boolean(),
  emoji_events: boolean(),
  resource_access_token_events: boolean(),
  vulnerability_events: boolean(),
} as const;

const kept = {
  ...keptFlags,
  push_events_branch_filter: text({ maxLength: 2048 }),
  branch_filter_strategy: choice(['wildcard', 'regex', 'all_branches']),
} as const;

/** Of POST and PUT, beside the URL. */
export const hookParameters = {
  name: text({ nullable: true }),
  description: text({ nullable: true }),
  token: text({ nullable: true }),
  deployment_events: boolean(),
  enable_ssl_verification: boolean(),
  custom_headers: list(record({ key: text({ required: true }), value: text({ required: true }) }, { required: true })),
  custom_webhook_template: text({ nullable: true }),
  ...kept,
} as const;

export const hookTriggers = ['deployment_events', ...Object.keys(keptFlags)] as const;

/** What GitLab sets where a new hook does not say. */
const defaults = { push_events: true, push_events_branch_filter: null, branch_filter_strategy: 'wildcard' } as const;

const deploymentTopics: readonly Topic[] = ['deployment', 'approval', 'unapproved'];

export function hookChangeOf(values: Values<typeof hookParameters> & { readonly url: string | undefined }): HookChange {
  const { url, name, description, token, deployment_events: wanted, custom_headers: headers } = values;
  const given = Object.keys(kept).map((key) => [key, values[key as keyof typeof kept]] as const); // its own keys
  return {
    url: url?.trim(),
    name,
    description,
    secret: token,
    topics: wanted === undefined ? undefined : wanted ? deploymentTopics : [],
    verifyTls: values.enable_ssl_verification,
    headers: headers && Object.fromEntries(headers.map(({ key, value }) => [key, value])),
    kept: Object.fromEntries(given.filter(([, value]) => value !== undefined)),
  };
}

/** A hook as GitLab shows it: without its token, and without the values of its headers. */
export function hookView({ id, projectId, url, name, description, settings, createdAt }: Hook) {
  const flags = Object.fromEntries(Object.keys(keptFlags).map((flag) => [flag, false]));
  return {
    id,
    url,
    name,
    description,
    created_at: new Date(createdAt).toISOString(),
    project_id: projectId,
    ...flags,
    deployment_events: settings.topics.includes('deployment'),
    enable_ssl_verification: settings.verifyTls,
    alert_status: 'executable',
    disabled_until: null,
    url_variables: [],
    custom_webhook_template: null,
    custom_headers: settings.headerNames.map((key) => ({ key })),
    ...defaults,
    ...settings.kept,
  };
}

/** One delivery and its last attempt, with what GitLab has no fields for: whether, when and why it will be tried again. */
export function hookEventView(delivery: Delivery) {
  const { last } = delivery;
  return {
    id: delivery.id,
    url: last?.url ?? null,
    trigger: delivery.trigger,
    request_headers: last?.requestHeaders ?? {},
    request_data: JSON.parse(delivery.body) as unknown,
    response_headers: last?.answer?.headers ?? {},
    response_body: last?.answer?.body ?? last?.error ?? null,
    execution_duration: last ? last.durationMs / 1000 : null,
    response_status: last ? String(last.answer?.status ?? 'internal error') : null,
    created_at: new Date(delivery.createdAt).toISOString(),
    attempts: delivery.attempts,
    next_attempt_at: delivery.nextAttemptAt === null ? null : new Date(delivery.nextAttemptAt).toISOString(),
    delivered_at: delivery.deliveredAt === null ? null : new Date(delivery.deliveredAt).toISOString(),
    error: last?.error ?? null,
  };
}
