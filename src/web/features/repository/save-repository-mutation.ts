import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';
import { type RepositoryDraft, requestOf } from './repository-draft.ts';
import { repositoryQuery } from './repository-query.ts';

/** Connects a project's repository, or changes how. */
export function useSaveRepository(project: string) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  const { queryKey } = repositoryQuery(client, project);
  return useMutation({
    mutationFn: (draft: RepositoryDraft) => client.setRepository(project, requestOf(draft)),
    // It holds the secrets that were typed.
    gcTime: 0,
    onSuccess: (answer) => {
      cache.setQueryData(queryKey, answer);
      cache.invalidateQueries({ queryKey });
    },
  });
}
