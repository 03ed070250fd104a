import { hashOf, headerOf, isSame, type Sender } from './sender.ts';

interface Body {
  readonly object_kind?: unknown;
  readonly project?: { readonly path_with_namespace?: unknown };
}

/** GitLab sends the secret itself, as `X-Gitlab-Token`. */
export const gitlabSender: Sender = {
  isProvenBy: (request, secret) => isSame(headerOf(request, 'x-gitlab-token') ?? '', secret),
  projectOf: ({ text }) => textOr(undefined, bodyOf(text)?.project?.path_with_namespace),
  eventOf: (request) => textOr(headerOf(request, 'x-gitlab-event') ?? '', bodyOf(request.text)?.object_kind),
  keyOf: (request) => {
    // One event may cause others that carry its UUID on, so the body is part of what tells them apart.
    const event = headerOf(request, 'x-gitlab-event-uuid');
    return headerOf(request, 'idempotency-key') ?? (event && `${event} ${hashOf(request.body)}`);
  },
  kept: [
    'content-type',
    'user-agent',
    'x-gitlab-event',
    'x-gitlab-event-uuid',
    'x-gitlab-webhook-uuid',
    'x-gitlab-instance',
    'idempotency-key',
  ],
};

function bodyOf(text: string): Body | null | undefined {
  try {
    return JSON.parse(text) as Body | null; // its fields are checked one by one
  } catch {
    return undefined;
  }
}

function textOr<T>(fallback: T, value: unknown): string | T {
  return typeof value === 'string' ? value : fallback;
}
