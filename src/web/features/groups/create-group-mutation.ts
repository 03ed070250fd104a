import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PeopleClient } from '../../../client/people-client.ts';
import type { GroupRequest } from '../../../contract/groups.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { groupsKey } from './groups-query.ts';

export function useCreateGroup() {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: GroupRequest) => new PeopleClient(client.requests).createGroup(request),
    onSuccess: () => cache.invalidateQueries({ queryKey: groupsKey }),
  });
}
