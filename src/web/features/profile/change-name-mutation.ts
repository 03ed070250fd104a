import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ProfileClient } from '../../../client/profile-client.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { sessionQuery } from '../../lib/session-query.ts';
import { profileQuery } from './profile-query.ts';

/** Changes what the reader is called, here and in the account menu. */
export function useChangeName() {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => new ProfileClient(client.requests).change({ name }),
    onSuccess: (profile) => {
      cache.setQueryData(profileQuery(client).queryKey, profile);
      cache.setQueryData(sessionQuery(client).queryKey, (session) => session && { ...session, name: profile.name });
    },
  });
}
