import type { ErrorCode, ShiplogFault } from '../../errors.ts';
import { ScopeMissing } from '../../http/authentication.ts';
import type { AccessRule } from '../../principal.ts';

/** Where GitHub describes what it answers: clients show it beside the message. */
const documentationUrl = 'https://docs.github.com/rest';

/** An answer that a handler throws, or answers, where no fault of the core fits exactly. */
export class GitHubAnswer extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`GitHub answer ${status}`);
    this.name = 'GitHubAnswer';
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** What GitHub says of one field. With the code `custom` the message says what is wrong. */
export interface FieldFault {
  readonly field: string;
  readonly code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'unprocessable' | 'custom';
  readonly message?: string;
}

/** The basic error: `{"message": ..., "documentation_url": ..., "status": "404"}`. `extra` adds to it, or replaces. */
export function message(status: number, text: string, extra: Readonly<Record<string, unknown>> = {}): GitHubAnswer {
  return new GitHubAnswer(status, {
    message: text,
    documentation_url: documentationUrl,
    status: String(status),
    ...extra,
  });
}

/** 422 with what is wrong with each field of a resource, such as `Deployment`. */
export function validationFailed(
  resource: string,
  faults: readonly FieldFault[],
  text = 'Validation Failed',
): GitHubAnswer {
  return message(422, text, { errors: faults.map((fault) => ({ resource, ...fault })) });
}

/** A fault of the core as GitHub would answer it to a caller of a route with this access rule. */
export function answerOf(fault: ShiplogFault, access: AccessRule | undefined): GitHubAnswer {
  const { code, status, message: text } = fault;
  switch (code) {
    case 'validation_failed':
      return validationFailed('Validation', faultsOf(fault));
    case 'deployment_held':
      return message(409, text, {
        errors: [{ resource: 'Deployment', field: 'environment', code: 'custom', message: text }],
      });
    case 'forbidden':
      return message(403, refusalOf(fault, access));
    case 'rule_refused':
    case 'transition_refused':
      return message(422, text);
    default:
      return message(statuses[code] ?? status, texts[code] ?? text);
  }
}

const statuses: Readonly<Partial<Record<ErrorCode, number>>> = { body_malformed: 400, idempotency_key_reused: 422 };

const texts: Readonly<Partial<Record<ErrorCode, string>>> = {
  unauthenticated: 'Requires authentication',
  credentials_wrong: 'Bad credentials',
  not_found: 'Not Found',
  body_malformed: 'Problems parsing JSON',
  internal: 'Server Error',
  // Clients wait and try again where they read these words.
  rate_limited: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
};

/** Whoever may push reports and deploys; what else is changed asks for more. */
function refusalOf(fault: ShiplogFault, access: AccessRule | undefined): string {
  if (fault instanceof ScopeMissing) return `Resource not accessible by personal access token. ${fault.message}`;
  if (fault.subject !== 'level') return fault.message;
  if (access === 'read') return 'Resource not accessible by personal access token';
  return access === 'record' ? 'Must have push access to repository' : 'Must have admin rights to Repository.';
}

/** What a fault of the core says of fields; `inside` is what holds those that it names there. */
export function faultsOf({ fields }: ShiplogFault, inside: Readonly<Record<string, string>> = {}): FieldFault[] {
  return fields.map(({ pointer, message }) => fieldFaultOf({ pointer: inside[pointer] ?? pointer, message }));
}

/** `/wait_timer` and what is wrong with it: `{"field": "wait_timer", "code": "custom", "message": "wait_timer ..."}`. */
function fieldFaultOf({ pointer, message: text }: ShiplogFault['fields'][number]): FieldFault {
  const field = pointer.slice(1).replaceAll('/', '.') || 'base';
  return { field, code: 'custom', message: `${field} ${text}` };
}
