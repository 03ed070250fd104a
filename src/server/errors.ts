/**
 * The closed list of error codes: what failed, the HTTP status it means, and its title. docs/errors.md explains each;
 * a test holds the two in step. Codes reach clients as the last part of a problem's `type`.
 */
export const errorCodes = {
  validation_failed: { status: 422, title: 'The request has invalid fields' },
  body_malformed: { status: 422, title: 'The body is not valid JSON' },
  idempotency_key_reused: { status: 422, title: 'The idempotency key was used with another body' },
  unauthenticated: { status: 401, title: 'Authentication is needed' },
  credentials_wrong: { status: 401, title: 'The credentials are not valid' },
  signature_wrong: { status: 401, title: 'The webhook is not signed with a secret of its project' },
  forbidden: { status: 403, title: 'Not allowed' },
  password_change_required: { status: 403, title: 'The password must be changed first' },
  origin_mismatch: { status: 403, title: 'The request came from another site' },
  not_found: { status: 404, title: 'Not found' },
  rule_refused: { status: 409, title: 'The rules do not allow it now' },
  deployment_held: { status: 409, title: 'The deployment is held back' },
  transition_refused: { status: 409, title: 'The deployment cannot become that' },
  conflict: { status: 409, title: 'It exists already' },
  body_too_large: { status: 413, title: 'The body is too large' },
  media_type_unsupported: { status: 415, title: 'The media type is not supported' },
  request_invalid: { status: 400, title: 'The request is invalid' },
  rate_limited: { status: 429, title: 'Too many requests' },
  secret_sealed: { status: 500, title: 'A secret cannot be opened' },
  internal: { status: 500, title: 'The server made a mistake' },
  database_unavailable: { status: 503, title: 'The database is not available' },
  stopping: { status: 503, title: 'The server is stopping' },
  setting_invalid: { status: 500, title: 'A setting is invalid' },
  schema_newer: { status: 500, title: 'The database is newer than this version of Shiplog' },
  archive_invalid: { status: 500, title: 'The backup archive is damaged' },
  target_not_empty: { status: 500, title: 'The target database is not empty' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ErrorCode = keyof typeof errorCodes;

export interface FieldError {
  /** JSON Pointer into the body, or `/` and the name of a parameter or header. */
  readonly pointer: string;
  readonly message: string;
}

interface FaultOptions {
  readonly cause?: unknown;
  readonly fields?: readonly FieldError[];
  readonly retryAfterMs?: number;
  readonly subject?: string;
}

/** A failure with a code. `message` is for the client: it holds no secret. Dialects turn it into their own answers. */
export class ShiplogFault extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  readonly retryAfterMs: number | undefined;
  /** What it is about, for dialects with sentences of their own: what was not found, why a token is not valid. */
  readonly subject: string | undefined;

  constructor(code: ErrorCode, message: string, { cause, fields = [], retryAfterMs, subject }: FaultOptions = {}) {
    super(message, { cause });
    this.name = 'ShiplogFault';
    this.code = code;
    this.fields = fields;
    this.retryAfterMs = retryAfterMs;
    this.subject = subject;
  }

  get status(): number {
    return errorCodes[this.code].status;
  }
}

export function invalid(fields: readonly FieldError[], cause?: unknown): ShiplogFault {
  return new ShiplogFault(
    'validation_failed',
    fields.length === 1 ? 'A field is invalid.' : `${fields.length} fields are invalid.`,
    { fields, cause },
  );
}

export function notFound(what: string): ShiplogFault {
  return new ShiplogFault('not_found', `There is no such ${what}, or you may not see it.`, { subject: what });
}

/** Refused for a reason that people should be told. */
export function forbidden(message: string): ShiplogFault {
  return new ShiplogFault('forbidden', message);
}

/** Refused because the caller's access level is too low: there is nothing more to say. */
export function levelTooLow(): ShiplogFault {
  return new ShiplogFault('forbidden', 'This needs a higher access level.', { subject: 'level' });
}

export function databaseUnavailable(cause: unknown): ShiplogFault {
  return new ShiplogFault('database_unavailable', 'The database does not answer at the moment. Try again.', {
    cause,
    retryAfterMs: 2000,
  });
}
