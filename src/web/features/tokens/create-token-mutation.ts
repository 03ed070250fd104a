import { useMutation, useQueryClient } from '@tanstack/react-query';
import { TokensClient } from '../../../client/tokens-client.ts';
import type { TokenRequest } from '../../../contract/access.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import type { TokenHolder } from './token-holder.ts';
import { keysAbout } from './tokens-query.ts';

/** Creates a token. Its secret is kept by nobody but who asked. */
export function useCreateToken(holder: TokenHolder) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: TokenRequest) => new TokensClient(client.requests).create(request),
    gcTime: 0,
    onSettled: () => {
      for (const queryKey of keysAbout(holder)) cache.invalidateQueries({ queryKey });
    },
  });
}
