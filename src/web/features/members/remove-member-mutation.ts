import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PeopleClient } from '../../../client/people-client.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { type Holder, queryOf } from './holder.ts';
import { membersKey } from './members-query.ts';

/** Takes a member away, or the reader: then what may no longer be seen is forgotten and asked for anew. */
export function useRemoveMember(holder: Holder, isMe: boolean) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (username: string) => new PeopleClient(client.requests).removeMember(queryOf(holder), username),
    onSuccess: () => {
      if (!isMe) {
        cache.invalidateQueries({ queryKey: membersKey(holder) });
        return;
      }
      cache.resetQueries({ queryKey: [holder.kind, holder.path] });
      cache.resetQueries({ queryKey: membersKey(holder) });
    },
  });
}
