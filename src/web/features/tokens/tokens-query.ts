import { infiniteQueryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import { TokensClient } from '../../../client/tokens-client.ts';
import { placeOf, type TokenHolder } from './token-holder.ts';

const pageSize = 50;

const tokensKey = ['tokens'] as const;

/** What a new or an ended token makes old: lists of tokens, and who is a member where its bot is one. */
export function keysAbout(holder: TokenHolder): readonly (readonly string[])[] {
  return [tokensKey, ...(holder.kind === 'user' ? [] : [['members', holder.kind, holder.path]])];
}

/** Newest first: those that were not revoked, or those that were. */
export function tokensQuery(client: ShiplogClient, holder: TokenHolder, isRevoked: boolean) {
  const where = holder.kind === 'user' ? { of: 'me' as const } : placeOf(holder);
  return infiniteQueryOptions({
    queryKey: [...tokensKey, where, isRevoked],
    queryFn: ({ pageParam, signal }) =>
      new TokensClient(client.requests).list(
        { ...where, revoked: isRevoked ? 'true' : 'false', limit: String(pageSize), page: String(pageParam) },
        signal,
      ),
    initialPageParam: 1,
    getNextPageParam: ({ total = 0 }, _, page) => (page * pageSize < total ? page + 1 : undefined),
  });
}
