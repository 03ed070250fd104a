import type {
  EnvironmentSetup,
  EnvironmentSetupService,
} from '../../features/environments/environment-setup-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { Project } from '../../features/projects/project-types.ts';
import type { UserDirectoryService } from '../../features/users/user-directory-service.ts';
import { environmentSetupOf } from './environment-fields.ts';
import { environmentView, reviewerIdsOf } from './environment-view.ts';
import { pageOf, paginate } from './pagination.ts';
import { repositoryOf } from './repository.ts';
import type { GitHubCall, GitHubRoute } from './route.ts';

export function environmentRoutes(
  projects: ProjectService,
  setups: EnvironmentSetupService,
  users: UserDirectoryService,
): GitHubRoute[] {
  const base = '/repos/:owner/:repo/environments';
  const one = `${base}/:environment_name`;

  async function viewAll(found: readonly EnvironmentSetup[], project: Project, call: GitHubCall) {
    const named = await users.byIds(reviewerIdsOf(found));
    return found.map((setup) => environmentView(setup, { ...call, project, users: named }));
  }

  return [
    {
      method: 'GET',
      url: base,
      access: 'read',
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const page = pageOf(call);
        const { items, total } = await setups.list(project, page);
        const environments = paginate(call, page, { items: await viewAll(items, project, call), total });
        return { total_count: total, environments };
      },
    },
    {
      method: 'GET',
      url: one,
      access: 'read',
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const [view] = await viewAll([await setups.get(project, nameOf(call))], project, call);
        return view;
      },
    },
    {
      method: 'PUT',
      url: one,
      access: 'write',
      limited: true,
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const wanted = environmentSetupOf(call.body);
        const [view] = await viewAll(
          [await setups.configure(call.principal, project, nameOf(call), wanted)],
          project,
          call,
        );
        return view;
      },
    },
    {
      method: 'DELETE',
      url: one,
      access: 'write',
      limited: true,
      handler: async (call) => setups.remove(call.principal, await repositoryOf(projects, call), nameOf(call)),
    },
  ];
}

function nameOf({ params }: GitHubCall): string {
  return params['environment_name'] ?? '';
}
