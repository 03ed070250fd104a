import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';
import { repositoryQuery } from './repository-query.ts';

/** Has the server read the repository now. */
export function useFetchRepository(project: string) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => client.fetchRepository(project),
    // Its next turn is then now, so that the page asks often how it goes.
    onSuccess: () => cache.invalidateQueries({ queryKey: repositoryQuery(client, project).queryKey }),
  });
}
