import { useMutation, useQueryClient } from '@tanstack/react-query';
import { TokensClient } from '../../../client/tokens-client.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { placeOf, type TokenHolder } from './token-holder.ts';
import { keysAbout } from './tokens-query.ts';

interface Rotation {
  readonly id: number;
  /** undefined: it never ends, as before. */
  readonly expiresAt: string | undefined;
}

/** Gives a token a new secret. The old one ends at once. */
export function useRotateToken(holder: TokenHolder) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, expiresAt }: Rotation) =>
      new TokensClient(client.requests).rotate(
        placeOf(holder),
        id,
        expiresAt === undefined ? {} : { expires_at: expiresAt },
      ),
    gcTime: 0,
    onSettled: () => {
      for (const queryKey of keysAbout(holder)) cache.invalidateQueries({ queryKey });
    },
  });
}
