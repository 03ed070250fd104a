import { accessLevels } from '../../../contract/access-levels.ts';
import { ShiplogFault } from '../../errors.ts';
import { ContextsNotSuccessful } from '../../features/commit-statuses/contexts-fault.ts';
import type { RequestService } from '../../features/deployments/request-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import { isStorable } from '../../http/storable-text.ts';
import { message, validationFailed } from './answers.ts';
import { readDeployment } from './deployment-fields.ts';
import { deploymentView } from './deployment-view.ts';
import type { EnvironmentSpellings } from './environment-name.ts';
import { pageOf, paginate } from './pagination.ts';
import { repositoryOf } from './repository.ts';
import type { GitHubCall, GitHubRoute } from './route.ts';

/** A path of deployments, where `NaN` and the like are nothing. */
export const deploymentsUrl = '/repos/:owner/:repo/deployments';
export const deploymentIdUrl = `${deploymentsUrl}/:deployment_id(^\\d{1,15}$)`;

/** Deployments of a repository: GitHub's section "Deployments". */
export function deploymentRoutes(
  projects: ProjectService,
  requests: RequestService,
  environments: EnvironmentSpellings,
): GitHubRoute[] {
  return [
    {
      method: 'GET',
      url: deploymentsUrl,
      access: 'read',
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const page = pageOf(call);
        const { limit, offset } = page;
        const filter = filterOf(call);
        const environment = filter.environment && (await environments.spelled(project, filter.environment.trim()));
        const asked = { projectId: project.id, ...filter, environment, limit, offset };
        const { items, ...more } = await requests.list(asked);
        return paginate(call, page, { items: items.map((each) => deploymentView(each, project, call)), ...more });
      },
    },

    {
      method: 'POST',
      url: deploymentsUrl,
      access: 'record',
      limited: true,
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        projects.requireLevel(call.principal, project, accessLevels.developer);
        const read = readDeployment(call);
        const asked = { ...read, environment: await environments.spelled(project, read.environment) };
        const made = await requests.create(call.principal, project, asked).catch((error: unknown) => {
          throw error instanceof ContextsNotSuccessful ? contextsFailed(asked.ref, error) : error;
        });
        const shown = deploymentView(made, project, call);
        call.reply.header('location', shown.url);
        return shown;
      },
    },

    {
      method: 'GET',
      url: deploymentIdUrl,
      access: 'read',
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        return deploymentView(await requests.get(project, deploymentIdOf(call)), project, call);
      },
    },

    {
      method: 'DELETE',
      url: deploymentIdUrl,
      access: 'write',
      limited: true,
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        await requests.delete(call.principal, project, deploymentIdOf(call)).catch((error: unknown) => {
          if (!(error instanceof ShiplogFault)) throw error;
          throw error.code === 'rule_refused' ? isActive : error.subject === 'level' ? pushNeeded : error;
        });
      },
    },
  ];
}

export function deploymentIdOf({ params }: Pick<GitHubCall, 'params'>): number {
  return Number(params['deployment_id']);
}

/** Tools know this refusal by how its message begins, and by the name of the field. */
function contextsFailed(ref: string, { contexts }: ContextsNotSuccessful) {
  return message(409, `Conflict: Commit status checks failed for ${ref}.`, {
    errors: [{ contexts, resource: 'Deployment', field: 'required_contexts', code: 'invalid' }],
    documentation_url: 'https://docs.github.com/rest/deployments/deployments#create-a-deployment',
  });
}

const activeText = 'We cannot delete an active deployment unless it is the only deployment in a given environment.';
/** Here, and nowhere else, GitHub's errors are texts. */
const isActive = message(422, activeText, { errors: [activeText] });
const pushNeeded = message(403, 'Must have push access to repository');

/** The documented default of each is the word `none`: it asks for all. */
function filterOf({ query }: GitHubCall) {
  const [sha, ref, task, environment] = ['sha', 'ref', 'task', 'environment'].map((name) => {
    const value = [query[name]].flat().at(-1);
    if (typeof value !== 'string' || value === '' || value === 'none') return undefined;
    if (!isStorable(value)) throw validationFailed('Deployment', [{ field: name, code: 'invalid' }]);
    return value;
  });
  return { sha, ref, task, environment };
}
