import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ProjectsClient } from '../../../client/projects-client.ts';
import type { ProjectUpdate } from '../../../contract/projects.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { projectQuery } from '../../lib/project-query.ts';

/** Changes a project; where it is renamed, the answer has the new path. */
export function useChangeProject(path: string) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: ProjectUpdate) => new ProjectsClient(client.requests).change(path, change),
    onSuccess: (project) => {
      cache.setQueryData(projectQuery(client, project.path).queryKey, project);
      if (project.path !== path) cache.invalidateQueries({ queryKey: ['matrix'] });
    },
  });
}
