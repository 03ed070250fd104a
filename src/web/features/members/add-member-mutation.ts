import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PeopleClient } from '../../../client/people-client.ts';
import type { MemberRequest } from '../../../contract/members.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { type Holder, queryOf } from './holder.ts';
import { membersKey } from './members-query.ts';

/** Makes a user a member. */
export function useAddMember(holder: Holder) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: MemberRequest) => new PeopleClient(client.requests).addMember(queryOf(holder), request),
    onSuccess: () => cache.invalidateQueries({ queryKey: membersKey(holder) }),
  });
}
