import type { ShiplogFault } from '../../errors.ts';
import { ScopeMissing } from '../../http/authentication.ts';

/** An answer that a handler throws where no fault of the core fits exactly. GitLab has three envelopes of errors. */
export class GitLabAnswer extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}) {
    super(`GitLab answer ${status}`);
    this.name = 'GitLabAnswer';
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** What is wrong with parameters: 400 `{"error": "sha is empty, status does not have a valid value"}`. */
export function parameterError(text: string): GitLabAnswer {
  return new GitLabAnswer(400, { error: text });
}

/** A refusal of a rule: 400 `{"message": "400 Bad request - <reason>"}`. */
export function badRequest(reason: string): GitLabAnswer {
  return message(400, `400 Bad request - ${reason}`);
}

/** `{"message": ...}`: a text, or what is wrong with each field of a model. */
export function message(status: number, content: string | Readonly<Record<string, unknown>>): GitLabAnswer {
  return new GitLabAnswer(status, { message: content });
}

/** A fault of the core as GitLab would answer it. */
export function answerOf(fault: ShiplogFault): GitLabAnswer {
  if (fault instanceof ScopeMissing) return scopeMissing(fault);
  const { code, status, message: text, subject } = fault;
  switch (code) {
    case 'validation_failed':
      return message(400, modelErrors(fault));
    case 'unauthenticated':
      return message(401, '401 Unauthorized');
    case 'credentials_wrong':
      return subject === undefined ? message(401, '401 Unauthorized') : invalidToken(subject);
    case 'forbidden':
      return message(403, subject === undefined ? `403 Forbidden - ${text}` : '403 Forbidden');
    case 'not_found':
      // GitLab names a resource whose model it looked up by hand, and not where the database found nothing.
      return message(404, subject && /^[A-Z]/.test(subject) ? `404 ${subject} Not Found` : '404 Not found');
    case 'body_malformed':
      return parameterError(malformed);
    case 'media_type_unsupported':
      return new GitLabAnswer(415, { error: text });
    case 'transition_refused':
      // Of all transitions, only that of a finished one back to running is impossible.
      return message(400, { status: ['cannot transition via "run"'] });
    case 'rule_refused':
      return subject === undefined ? message(400, text) : badRequest(text);
    case 'conflict':
      return message(409, text);
    default:
      return message(status, `${status} ${titles[status] ?? 'Error'}${status === 500 ? '' : ` - ${text}`}`);
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  403: 'Forbidden',
  413: 'Request Entity Too Large',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

const malformed =
  "\nProblem:\n  message body does not match declared format\nResolution:\n  when specifying application/json as content-type, you must pass valid application/json in the request's 'body'\n";

function scopeMissing({ rule }: ScopeMissing): GitLabAnswer {
  if (rule === 'admin') return message(403, '403 Forbidden');
  return new GitLabAnswer(403, {
    error: 'insufficient_scope',
    error_description: 'The request requires higher privileges than provided by the access token.',
    scope: rule === 'read' ? 'api read_api' : 'api',
  });
}

/** A token that was valid once. */
function invalidToken(howEnded: string): GitLabAnswer {
  const description =
    howEnded === 'expired'
      ? 'Token is expired. You can either do re-authorization or token refresh.'
      : 'Token was revoked. You have to re-authorize from the user.';
  return new GitLabAnswer(401, { error: 'invalid_token', error_description: description });
}

/** `/name` of each field, with all that is wrong with it. */
function modelErrors({ fields }: ShiplogFault): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const { pointer, message: text } of fields) {
    const name = pointer.slice(1).replaceAll('/', '.') || 'base';
    errors[name] = [...(errors[name] ?? []), text];
  }
  return errors;
}
