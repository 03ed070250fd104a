import type { Scope } from '../../../contract/access.ts';
import { forbidden, invalid } from '../../errors.ts';
import { type Principal, satisfies } from '../../principal.ts';

interface WantedToken {
  readonly scopes: readonly Scope[];
  /** To a project or group. */
  readonly isBound: boolean;
  readonly expiresAt: number | undefined;
}

/**
 * Throws where nobody may make such a token (`validation_failed`), or not this principal (`forbidden`): a token never
 * makes one that reaches further, does more or lasts longer than itself.
 */
export function refuseToken(principal: Principal, { scopes, isBound, expiresAt }: WantedToken, now: number): void {
  if (principal.reach.kind !== 'all')
    throw forbidden('A project or group token may not make tokens: they would reach further than it does.');
  const wrong: readonly (readonly [boolean, string, string])[] = [
    [isBound && scopes.includes('admin'), '/scopes', 'of a project or group token cannot have admin'],
    [expiresAt !== undefined && expiresAt <= now, '/expires_at', 'must be in the future'],
    [
      (expiresAt ?? Number.POSITIVE_INFINITY) > (principal.expiresAt ?? Number.POSITIVE_INFINITY),
      '/expires_at',
      `must be given, and no later than ${endOf(principal)}, when the token that asks expires`,
    ],
  ];
  const fields = wrong.flatMap(([holds, pointer, message]) => (holds ? [{ pointer, message }] : []));
  if (fields.length > 0) throw invalid(fields);
  if (scopes.includes('admin') && !satisfies(principal, 'admin'))
    throw forbidden('Only an administrator may make a token with the scope admin.');
}

function endOf({ expiresAt }: Principal): string {
  return expiresAt === null ? 'never' : new Date(expiresAt).toISOString();
}
