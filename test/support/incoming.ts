import { createHmac, randomUUID } from 'node:crypto';
import { type Answer, ask } from './ask.ts';
import type { TestServer } from './server.ts';

export const secret = 'the-secret-of-shop/checkout';

interface Sent {
  readonly event?: string;
  readonly body: unknown;
  /** undefined: made for this delivery; null: not said. */
  readonly delivery?: string | null;
  readonly secret?: string;
  /** What is appended to the path. */
  readonly query?: string;
  /** Goes before those that are made. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type IncomingAnswer = Answer<{ readonly id: number; readonly code?: string }>;

/** Posts a webhook as GitHub does. */
export function fromGitHub(server: TestServer, sent: Sent): Promise<IncomingAnswer> {
  const { event = 'deployment', body: given, delivery = randomUUID(), headers = {}, query = '' } = sent;
  const body = typeof given === 'string' ? given : JSON.stringify(given);
  return ask(server, `POST /webhooks/github${query}`, {
    token: null,
    body,
    headers: {
      'x-github-event': event,
      ...(delivery === null ? {} : { 'x-github-delivery': delivery }),
      'x-hub-signature-256': signatureOf(body, sent.secret ?? secret),
      ...headers,
    },
  });
}

/** Posts a webhook as GitLab does. */
export function fromGitLab(server: TestServer, sent: Sent): Promise<IncomingAnswer> {
  const { event = 'Deployment Hook', body, delivery = randomUUID(), headers = {}, query = '' } = sent;
  return ask(server, `POST /webhooks/gitlab${query}`, {
    token: null,
    body,
    headers: {
      'x-gitlab-event': event,
      ...(delivery === null ? {} : { 'idempotency-key': delivery }),
      'x-gitlab-token': sent.secret ?? secret,
      ...headers,
    },
  });
}

export function signatureOf(body: string, key: string): string {
  return `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
}

/** The parts of GitHub's `deployment` event that matter here. */
export function githubDeployment(id: number, told: Readonly<Record<string, unknown>> = {}) {
  return {
    action: 'created',
    deployment: {
      id,
      sha: 'ffac537e6cbbf934b08745a378932722df287a53',
      ref: 'main',
      task: 'deploy',
      payload: {},
      original_environment: 'production',
      environment: 'production',
      description: 'Release 1.8',
      creator: { login: 'octocat', id: 1 },
      created_at: '2026-05-30T10:00:00Z',
      updated_at: '2026-05-30T10:00:00Z',
      ...told,
    },
    repository: { id: 7, name: 'checkout', full_name: 'shop/checkout' },
    sender: { login: 'octocat', id: 1 },
  };
}

/** The same of `deployment_status`. */
export function githubStatus(id: number, state: string, told: Readonly<Record<string, unknown>> = {}) {
  return {
    ...githubDeployment(id),
    deployment_status: {
      id: id * 100,
      state,
      description: `It is ${state}`,
      environment: 'production',
      log_url: 'https://github.example/shop/checkout/actions/runs/1',
      target_url: 'https://github.example/old',
      creator: { login: 'github-actions[bot]', id: 2 },
      created_at: '2026-05-30T10:05:00Z',
      updated_at: '2026-05-30T10:05:00Z',
      ...told,
    },
  };
}

/** The body of GitLab's deployment hook. */
export function gitlabDeployment(id: number, status: string, told: Readonly<Record<string, unknown>> = {}) {
  return {
    object_kind: 'deployment',
    status,
    status_changed_at: '2026-05-30 12:05:09 +0200',
    deployment_id: id,
    deployable_id: 796,
    deployable_url: 'https://gitlab.example/shop/checkout/-/jobs/796',
    environment: 'staging',
    environment_tier: 'staging',
    environment_slug: 'staging',
    environment_external_url: null,
    project: { id: 30, name: 'checkout', path_with_namespace: 'shop/checkout' },
    short_sha: '279484c0',
    user: { id: 1, name: 'Maya M', username: 'maya', email: '[REDACTED]' },
    user_url: 'https://gitlab.example/maya',
    commit_url: 'https://gitlab.example/shop/checkout/-/commit/279484c09fbe69ededfced8c1bb6e6d24616b468',
    commit_title: 'Add a file',
    ref: '1.0.0',
    ...told,
  };
}
