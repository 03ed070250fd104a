import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PeopleClient } from '../../../client/people-client.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { usersKey } from './users-query.ts';

export function useDeleteUser() {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (username: string) => new PeopleClient(client.requests).deleteUser(username),
    onSuccess: () => cache.invalidateQueries({ queryKey: usersKey }),
  });
}
