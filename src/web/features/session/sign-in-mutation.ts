import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SignIn } from '../../../contract/access.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { sessionQuery } from '../../lib/session-query.ts';

/** Signs in; then the stream connects anew and what is shown is fetched as the one who is now asking. */
export function useSignIn() {
  const { client, live } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (credentials: SignIn) => client.signIn(credentials),
    onSuccess: (session) => {
      cache.setQueryData(sessionQuery(client).queryKey, session);
      live.restart();
      cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    },
  });
}
