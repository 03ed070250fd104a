import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';
import { repositoryQuery } from './repository-query.ts';

/** Disconnects a project's repository. */
export function useRemoveRepository(project: string) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => client.removeRepository(project),
    onSuccess: () => cache.invalidateQueries({ queryKey: repositoryQuery(client, project).queryKey }),
  });
}
