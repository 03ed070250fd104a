import type { EnvironmentSetupService } from '../../features/environments/environment-setup-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import { environmentSetupOf } from './environment-fields.ts';
import { type EnvironmentSpellings, environmentName, environmentNameOf } from './environment-name.ts';
import { environmentView } from './environment-view.ts';
import { fields } from './fields.ts';
import { pageOf, paginate } from './pagination.ts';
import { repositoryOf } from './repository.ts';
import type { GitHubRoute } from './route.ts';

export function environmentRoutes(
  projects: ProjectService,
  setups: EnvironmentSetupService,
  environments: EnvironmentSpellings,
): GitHubRoute[] {
  const base = '/repos/:owner/:repo/environments';
  const one = `${base}/:environment_name`;
  return [
    {
      method: 'GET',
      url: base,
      access: 'read',
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const page = pageOf(call);
        const { items, total } = await setups.list(call.principal, project, page);
        const shown = items.map((setup) => environmentView(setup, project, call));
        const environments = paginate(call, page, { items: shown, total });
        return { total_count: total, environments };
      },
    },
    {
      method: 'GET',
      url: one,
      access: 'read',
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const name = await environmentNameOf(environments, project, call);
        return environmentView(await setups.get(call.principal, project, name), project, call);
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
        fields({ name: call.params['environment_name'] }, 'Environment', { name: environmentName });
        const name = await environmentNameOf(environments, project, call);
        return environmentView(await setups.configure(call.principal, project, name, wanted), project, call);
      },
    },
    {
      method: 'DELETE',
      url: one,
      access: 'write',
      limited: true,
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        await setups.remove(call.principal, project, await environmentNameOf(environments, project, call));
      },
    },
  ];
}
