import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PeopleClient } from '../../../client/people-client.ts';
import type { MemberUpdate } from '../../../contract/members.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { type Holder, queryOf } from './holder.ts';
import { membersKey } from './members-query.ts';

interface MemberChange {
  readonly username: string;
  readonly change: MemberUpdate;
}

/** Changes the level of a member, or when the membership ends. */
export function useChangeMember(holder: Holder) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ username, change }: MemberChange) =>
      new PeopleClient(client.requests).changeMember(queryOf(holder), username, change),
    onSettled: () => cache.invalidateQueries({ queryKey: membersKey(holder) }),
  });
}
