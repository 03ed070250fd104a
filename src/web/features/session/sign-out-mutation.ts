import { type Query, useMutation, useQueryClient } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';
import { sessionQuery } from '../../lib/session-query.ts';

/** Signs out and forgets all that was read. */
export function useSignOut() {
  const { client, live } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationKey: ['session'],
    mutationFn: () => client.signOut(),
    onSuccess: async () => {
      const { queryKey } = sessionQuery(client);
      const session = await client.session();
      await cache.cancelQueries({ queryKey });
      cache.setQueryData(queryKey, session);
      const read = { predicate: (query: Query) => query.queryKey[0] !== 'session' };
      // Where reading is open the page stays, and shows what everyone sees.
      if (session.public_read) cache.resetQueries(read);
      else cache.removeQueries(read);
      live.restart();
    },
  });
}
