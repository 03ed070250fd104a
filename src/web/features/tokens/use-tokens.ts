import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { FlatSearch } from '../../lib/flat-search.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import type { TokenHolder } from './token-holder.ts';
import { tokensQuery } from './tokens-query.ts';

/** The tokens there are, or with `?tokens=revoked` those that were. */
export function useTokens(holder: TokenHolder) {
  const { client } = usePageServices();
  const search: FlatSearch = useSearch({ strict: false });
  const isRevoked = search['tokens'] === 'revoked';
  return { isRevoked, list: useInfiniteQuery(tokensQuery(client, holder, isRevoked)) };
}
