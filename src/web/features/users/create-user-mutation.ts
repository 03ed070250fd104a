import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UserRequest } from '../../../contract/access.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { usersKey } from './users-query.ts';

/** Makes a user with a one-time password, which is in the answer. */
export function useCreateUser() {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: UserRequest) => client.createUser(request),
    gcTime: 0,
    onSuccess: () => cache.invalidateQueries({ queryKey: usersKey }),
  });
}
