import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PeopleClient } from '../../../client/people-client.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { groupsKey } from './groups-query.ts';

/** Deletes a group with all that lies in it. */
export function useDeleteGroup(path: string) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => new PeopleClient(client.requests).deleteGroup(path),
    onSuccess: () => cache.invalidateQueries({ queryKey: groupsKey }),
  });
}
