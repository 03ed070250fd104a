import { projectPath } from '../../../contract/project-path.ts';
import type {
  Envelope,
  HookShape,
  Message,
  Notice,
  Subject,
  SubjectProject,
  SubjectUser,
} from '../../features/webhooks/webhook-types.ts';

/** Deployments are told when they come to one of these, in GitLab's word; other statuses are not told. */
const toldStatuses: Readonly<Record<string, string>> = {
  running: 'running',
  success: 'success',
  failed: 'failed',
  rejected: 'failed',
  canceled: 'canceled',
};

const visibilityLevels: Readonly<Record<string, number>> = { private: 0, internal: 10, public: 20 };

/** GitLab's deployment webhook, as its receivers expect it. The URL, where people reach this server, has no slash at its end. */
export function gitlabHookShape(baseUrl: () => string): HookShape {
  return {
    message: (notice, subject) => deploymentMessage(notice, subject, baseUrl()),
    request: (envelope) => ({ headers: headersOf(envelope, baseUrl()), body: envelope.body }),
    secretHeaders: ['x-gitlab-token'],
  };
}

function headersOf({ hookUuid, eventUuid, deliveryUuid, secret }: Envelope, baseUrl: string): Record<string, string> {
  return {
    'X-Gitlab-Event': 'Deployment Hook',
    'X-Gitlab-Webhook-UUID': hookUuid,
    'X-Gitlab-Instance': baseUrl,
    'X-Gitlab-Event-UUID': eventUuid,
    'Idempotency-Key': deliveryUuid,
    ...(secret === undefined ? {} : { 'X-Gitlab-Token': secret }),
  };
}

function deploymentMessage(notice: Notice, subject: Subject, baseUrl: string): Message | undefined {
  const { status, extra } = tellingOf(notice, subject);
  if (status === undefined) return undefined;
  const { deployment, environment, project, user } = subject;
  const body = {
    object_kind: 'deployment',
    status,
    status_changed_at: rubyTime(notice.at),
    deployment_id: deployment.id,
    deployable_id: null,
    deployable_url: null,
    environment: environment.name,
    environment_tier: environment.tier,
    environment_slug: environment.slug,
    environment_external_url: environment.externalUrl,
    project: projectView(project, baseUrl),
    short_sha: deployment.sha?.slice(0, 8) ?? null,
    user: user && hookUserView(user),
    user_url: user && `${baseUrl}/${encodeURIComponent(user.username)}`,
    commit_url: null,
    commit_title: null,
    ref: deployment.ref,
    ...extra,
  };
  return { trigger: 'deployment_hooks', body: JSON.stringify(body) };
}

/** GitLab tells approvals as deployments too, with the verdict for a status. */
function tellingOf({ topic, status, comment }: Notice, { actor }: Subject) {
  switch (topic) {
    case 'deployment':
      return { status: toldStatuses[status], extra: {} };
    case 'approval':
      return {
        status,
        extra: { approval: { status, comment: comment ?? null }, approver: actor && hookUserView(actor) },
      };
    case 'unapproved':
      return { status: 'unapproved', extra: {} };
    default:
      return topic satisfies never;
  }
}

/** Addresses of users are kept from receivers, as GitLab does it. */
function hookUserView({ id, name, username }: SubjectUser) {
  return { id, name, username, avatar_url: null, email: '[REDACTED]' };
}

function projectView(project: SubjectProject, baseUrl: string) {
  const { namespace, name } = project;
  const path = projectPath({ namespace, service: name });
  const webUrl = `${baseUrl}/${path.split('/').map(encodeURIComponent).join('/')}`;
  return {
    id: project.id,
    name: project.title ?? name,
    description: project.description,
    web_url: webUrl,
    avatar_url: null,
    git_ssh_url: '',
    git_http_url: `${webUrl}.git`,
    namespace: project.groupName ?? namespace,
    visibility_level: visibilityLevels[project.visibility] ?? 0,
    path_with_namespace: path,
    default_branch: project.defaultBranch,
    ci_config_path: null,
    homepage: webUrl,
    url: `${webUrl}.git`,
    ssh_url: '',
    http_url: `${webUrl}.git`,
  };
}

/** `2026-01-31 14:05:09 UTC`, as Ruby writes a moment. */
function rubyTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
