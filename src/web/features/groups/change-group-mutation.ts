import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PeopleClient } from '../../../client/people-client.ts';
import type { GroupUpdate } from '../../../contract/groups.ts';
import { groupQuery } from '../../lib/group-query.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { groupsKey } from './groups-query.ts';

/** Changes a group. Its path, and with it its address, can be another one afterwards. */
export function useChangeGroup(path: string) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: GroupUpdate) => new PeopleClient(client.requests).changeGroup(path, change),
    onSuccess: (group) => {
      cache.setQueryData(groupQuery(client, group.path).queryKey, group);
      cache.invalidateQueries({ queryKey: groupsKey });
    },
  });
}
