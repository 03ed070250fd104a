import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PeopleClient } from '../../../client/people-client.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { usersKey } from './users-query.ts';

interface Admission {
  readonly username: string;
  readonly blocked: boolean;
}

/** Blocks a user, or lets one in again. */
export function useAdmitUser() {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ username, blocked }: Admission) => {
      const people = new PeopleClient(client.requests);
      return blocked ? people.blockUser(username) : people.unblockUser(username);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: usersKey }),
  });
}
