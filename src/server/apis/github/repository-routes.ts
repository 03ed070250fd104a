import { accessLevels } from '../../../contract/access-levels.ts';
import type { GroupService } from '../../features/groups/group-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import { levelOn } from '../../principal.ts';
import { repositoryOf } from './repository.ts';
import { repositoryView } from './repository-view.ts';
import type { GitHubRoute } from './route.ts';

export function repositoryRoutes(projects: ProjectService, groups: GroupService): GitHubRoute[] {
  return [
    {
      method: 'GET',
      url: '/repos/:owner/:repo',
      access: 'read',
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const group = (await groups.byPaths([project.namespace])).get(project.namespace);
        const level = levelOn(call.principal, project);
        return {
          ...repositoryView(project, { ...call, ownerId: group?.id ?? 0 }),
          permissions: {
            admin: level >= accessLevels.maintainer,
            maintain: level >= accessLevels.maintainer,
            push: level >= accessLevels.developer,
            triage: level >= accessLevels.reporter,
            pull: level >= accessLevels.reporter,
          },
          network_count: 0,
          subscribers_count: 0,
        };
      },
    },
  ];
}
