import { type Scope, scopes } from '../../../contract/access.ts';
import { ShiplogFault } from '../../errors.ts';
import { badRequest, parameterError } from './answers.ts';
import { pageParameters } from './pagination.ts';
import { boolean, choice, dateTime, list, text, type Values } from './parameters.ts';

/** What lists of tokens are asked with. */
export const tokenListParameters = {
  revoked: boolean(),
  state: choice(['active', 'inactive']),
  search: text(),
  created_after: dateTime(),
  created_before: dateTime(),
  expires_after: dateTime(),
  expires_before: dateTime(),
  last_used_after: dateTime(),
  last_used_before: dateTime(),
  ...pageParameters,
} as const;

export function tokenFilter(values: Values<typeof tokenListParameters>) {
  return {
    revoked: values.revoked,
    active: values.state === undefined ? undefined : values.state === 'active',
    search: values.search || undefined,
    createdAfter: values.created_after,
    createdBefore: values.created_before,
    expiresAfter: values.expires_after,
    expiresBefore: values.expires_before,
    lastUsedAfter: values.last_used_after,
    lastUsedBefore: values.last_used_before,
  };
}

/** What a new token is asked for with. */
export const newTokenParameters = {
  name: text({ required: true, blank: false, trim: true, maxLength: 128 }),
  description: text({ maxLength: 2000 }),
  scopes: list(text({ required: true }), { required: true }),
  expires_at: dateTime(),
} as const;

export const rotationParameters = { expires_at: dateTime() } as const;

export function wantedToken({ name, description, scopes: words, expires_at }: Values<typeof newTokenParameters>) {
  return { name, description, scopes: scopesOf(words), expiresAt: expires_at };
}

/** Those that mean something here; a token with one of GitLab's other scopes would be able to do less than it says. */
function scopesOf(words: readonly string[]): Scope[] {
  const known = [...new Set(words)].flatMap((word) => scopes.find((scope) => scope === word) ?? []);
  if (known.length === 0 || known.length < new Set(words).size)
    throw parameterError('scopes does not have a valid value');
  return known;
}

/** Rotates; what had ended before is refused in GitLab's words. */
export async function rotated<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof ShiplogFault && error.code === 'conflict' ? badRequest(error.message) : error;
  });
}
