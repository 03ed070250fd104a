import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';
import { sessionQuery } from '../../lib/session-query.ts';

/** Signs out and forgets all that was read. */
export function useSignOut() {
  const { client, live } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => client.signOut(),
    onSuccess: async () => {
      const session = await client.session();
      cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      cache.setQueryData(sessionQuery(client).queryKey, session);
      live.restart();
    },
  });
}
