import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ProjectsClient } from '../../../client/projects-client.ts';
import { usePageServices } from '../../lib/page-services.tsx';

/** Deletes a project. */
export function useDeleteProject(path: string) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => new ProjectsClient(client.requests).remove(path),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['matrix'] }),
  });
}
