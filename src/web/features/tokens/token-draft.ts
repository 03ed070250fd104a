import type { Scope, TokenRequest } from '../../../contract/access.ts';
import { accessLevels } from '../../../contract/access-levels.ts';
import { type Expiry, expiryMoment } from './token-expiry.ts';
import { placeOf, type TokenHolder } from './token-holder.ts';

/** What the form holds while it is filled in. */
export interface TokenDraft {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Of the bot of a project or group token. */
  readonly level: number;
  readonly expiry: Expiry;
}

export const blankDraft: TokenDraft = {
  name: '',
  scopes: ['record'],
  level: accessLevels.developer,
  expiry: { choice: '90', day: '' },
};

/** A new token, as it is asked for. */
export function requestOf(
  { name, scopes, level, expiry }: TokenDraft,
  holder: TokenHolder,
  openedAt: number,
): TokenRequest {
  const end = expiryMoment(expiry, openedAt);
  return {
    name: name.trim(),
    scopes: [...scopes],
    ...placeOf(holder),
    ...(holder.kind === 'user' ? {} : { access_level: level }),
    ...(end === undefined ? {} : { expires_at: new Date(end).toISOString() }),
  };
}
