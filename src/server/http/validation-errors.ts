import type { FastifySchemaValidationError } from 'fastify';
import { limits } from '../../contract/limits.ts';
import type { FieldError } from '../errors.ts';
import { formatHints, patternHints } from './formats.ts';

/** Names of headers as people write them, for pointers. */
const headerNames: Readonly<Record<string, string>> = {
  'idempotency-key': 'Idempotency-Key',
  'x-progress-reporter': 'X-Progress-Reporter',
  'last-event-id': 'Last-Event-ID',
};

/** Turns the validator's findings into one message a field; a fault inside an array is told of the array. */
export function fieldErrors(errors: readonly FastifySchemaValidationError[], where: string | undefined): FieldError[] {
  const byPointer = new Map<string, string>();
  for (const error of errors) {
    const pointer = pointerOf(error, where);
    // A union reports each arm and then itself: the last word is the one that names all, unless a text is empty or too long.
    const known = byPointer.get(pointer);
    const isSaid =
      known !== undefined && (error.keyword !== 'anyOf' || /^must (?:not be empty|be at most)/.test(known));
    if (!isSaid) byPointer.set(pointer, messageOf(error, pointer));
  }
  return [...byPointer].map(([pointer, message]) => ({ pointer, message }));
}

function pointerOf({ keyword, params, instancePath }: FastifySchemaValidationError, where: string | undefined): string {
  const missing = keyword === 'required' ? params['missingProperty'] : params['additionalProperty'];
  const path = typeof missing === 'string' ? `${instancePath}/${escapePart(missing)}` : instancePath;
  if (where === 'headers') return `/${headerNames[path.slice(1)] ?? path.slice(1)}`;
  return path.replace(/^((?:\/\d+)?\/parent_deployments)\/\d+$/, '$1').replace(/^(\/scopes)\/\d+$/, '$1');
}

function escapePart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

const messages: Readonly<Record<string, (params: Record<string, unknown>) => string>> = {
  required: () => 'is required',
  additionalProperties: () => 'is not a known field',
  minLength: ({ limit }) => (limit === 1 ? 'must not be empty' : `must be at least ${limit} characters`),
  maxLength: ({ limit }) => `must be at most ${limit} characters`,
  minItems: ({ limit }) => `must have at least ${limit} item${limit === 1 ? '' : 's'}`,
  maxItems: ({ limit }) => `must have at most ${limit} items`,
  uniqueItems: () => 'must not name an item twice',
  enum: ({ allowedValues }) => `must be one of ${(allowedValues as unknown[]).join(', ')}`, // always an array for this keyword
  type: ({ type }) => `must be ${type === 'integer' ? 'a whole number' : `of type ${type}`}`,
  format: ({ format }) => formatHints[String(format)] ?? `must be a valid ${format}`,
  pattern: ({ pattern }) => patternHints[String(pattern)] ?? 'has characters or a form that is not allowed here',
};

/** The validator says of a union only that no arm fits. By the last part of the pointer. */
const unions: Readonly<Record<string, string>> = {
  run_number: `must be a whole number from 0 to ${limits.runNumber}, or a string of digits`,
  username: 'must be 1 to 255 printable ASCII characters without blanks and colons, or null for none',
  forge: 'must be an object with a kind, github or gitlab, or null for none',
};

function messageOf({ keyword, params, message }: FastifySchemaValidationError, pointer: string): string {
  if (keyword === 'anyOf')
    return unions[pointer.slice(pointer.lastIndexOf('/') + 1)] ?? 'has none of the forms it may have';
  return messages[keyword]?.(params) ?? message ?? 'is invalid';
}
