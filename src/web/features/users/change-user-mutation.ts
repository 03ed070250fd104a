import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PeopleClient } from '../../../client/people-client.ts';
import type { UserUpdate } from '../../../contract/users.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { usersKey } from './users-query.ts';

interface UserChange {
  readonly username: string;
  readonly change: UserUpdate;
}

export function useChangeUser() {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ username, change }: UserChange) => new PeopleClient(client.requests).changeUser(username, change),
    onSettled: () => cache.invalidateQueries({ queryKey: usersKey }),
  });
}
