import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PasswordChange } from '../../../contract/access.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { sessionQuery } from '../../lib/session-query.ts';

export function useChangePassword() {
  const { client, live } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationKey: ['session'],
    mutationFn: (change: PasswordChange) => client.changePassword(change),
    onSuccess: async (session) => {
      const { queryKey } = sessionQuery(client);
      // An answer on its way is from before.
      await cache.cancelQueries({ queryKey });
      cache.setQueryData(queryKey, session);
      live.restart();
      cache.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    },
  });
}
