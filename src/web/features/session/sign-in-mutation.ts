import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SignIn } from '../../../contract/access.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { sessionQuery } from '../../lib/session-query.ts';

/** Signs in; then the stream connects anew. Whoever watches the session fetches what is shown as the one who is now asking. */
export function useSignIn() {
  const { client, live } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationKey: ['session'],
    mutationFn: (credentials: SignIn) => client.signIn(credentials),
    onSuccess: async (session) => {
      const { queryKey } = sessionQuery(client);
      // An answer on its way is from before.
      await cache.cancelQueries({ queryKey });
      cache.setQueryData(queryKey, session);
      live.restart();
    },
  });
}
