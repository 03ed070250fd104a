import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PasswordChange } from '../../../contract/access.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { sessionQuery } from '../../lib/session-query.ts';

export function useChangePassword() {
  const { client, live } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: PasswordChange) => client.changePassword(change),
    onSuccess: (session) => {
      cache.setQueryData(sessionQuery(client).queryKey, session);
      live.restart();
      cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    },
  });
}
