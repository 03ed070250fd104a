import { useMutation, useQueryClient } from '@tanstack/react-query';
import { EnvironmentsClient } from '../../../client/environments-client.ts';
import type { EnvironmentRequest, EnvironmentUpdate, ProjectEnvironment } from '../../../contract/environments.ts';
import { usePageServices } from '../../lib/page-services.tsx';

/** What a form asks for: a new environment, or another look of one that is there. */
export type EnvironmentSave =
  | { readonly request: EnvironmentRequest }
  | { readonly id: number; readonly change: EnvironmentUpdate };

export function useSaveEnvironment(project: string) {
  const { client } = usePageServices();
  const refresh = useRefresh(project);
  return useMutation({
    mutationFn: (save: EnvironmentSave): Promise<ProjectEnvironment> => {
      const environments = new EnvironmentsClient(client.requests);
      return 'id' in save
        ? environments.change(project, save.id, save.change)
        : environments.create(project, save.request);
    },
    onSuccess: refresh,
  });
}

export function useStopEnvironment(project: string) {
  const { client } = usePageServices();
  const refresh = useRefresh(project);
  return useMutation({
    mutationFn: (id: number) => new EnvironmentsClient(client.requests).stop(project, id),
    onSuccess: refresh,
  });
}

export function useDeleteEnvironment(project: string) {
  const { client } = usePageServices();
  const refresh = useRefresh(project);
  return useMutation({
    mutationFn: (id: number) => new EnvironmentsClient(client.requests).remove(project, id),
    onSuccess: refresh,
  });
}

/** A tier that changed, and an environment that is gone, change the matrix as well. */
function useRefresh(project: string): () => Promise<unknown> {
  const cache = useQueryClient();
  return () =>
    Promise.all(
      [['project-environments', project], ['project-matrix', project], ['matrix']].map((queryKey) =>
        cache.invalidateQueries({ queryKey }),
      ),
    );
}
