import { useMutation, useQueryClient } from '@tanstack/react-query';
import { TokensClient } from '../../../client/tokens-client.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { placeOf, type TokenHolder } from './token-holder.ts';
import { keysAbout } from './tokens-query.ts';

/** Ends a token, and the sessions that were begun with it. */
export function useRevokeToken(holder: TokenHolder) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => new TokensClient(client.requests).revoke(placeOf(holder), id),
    onSettled: () => Promise.all(keysAbout(holder).map((queryKey) => cache.invalidateQueries({ queryKey }))),
  });
}
