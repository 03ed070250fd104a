import { ShiplogFault } from '../../errors.ts';
import type { CommitStatusService } from '../../features/commit-statuses/commit-status-service.ts';
import { ContextsNotSuccessful } from '../../features/commit-statuses/contexts-fault.ts';
import type { RequestService } from '../../features/deployments/request-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { Project } from '../../features/projects/project-types.ts';
import { isStorable } from '../../http/storable-text.ts';
import { accessLevels } from '../../principal.ts';
import { message, validationFailed } from './answers.ts';
import { readDeployment } from './deployment-fields.ts';
import { deploymentView } from './deployment-view.ts';
import { pageOf, paginate } from './pagination.ts';
import { repositoryOf } from './repository.ts';
import type { GitHubCall, GitHubRoute } from './route.ts';

/** Which branches and tags may be deployed to an environment. */
export interface RefPolicies {
  allows(project: Project, environment: string, ref: string): Promise<boolean>;
}

export interface DeploymentRoutesParts {
  readonly projects: ProjectService;
  readonly requests: RequestService;
  readonly commitStatuses: CommitStatusService;
  readonly refPolicies: RefPolicies;
}

/** A path of deployments, where `NaN` and the like are nothing. */
export const deploymentsUrl = '/repos/:owner/:repo/deployments';
export const deploymentIdUrl = `${deploymentsUrl}/:deployment_id(^\\d{1,15}$)`;

/** Deployments of a repository: GitHub's section "Deployments". */
export function deploymentRoutes({ projects, ...parts }: DeploymentRoutesParts): GitHubRoute[] {
  const { requests } = parts;
  return [
    {
      method: 'GET',
      url: deploymentsUrl,
      access: 'read',
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const page = pageOf(call);
        const { limit, offset } = page;
        const { items, hasNext } = await requests.list({ projectId: project.id, ...filterOf(call), limit, offset });
        return paginate(call, page, { items: items.map((each) => deploymentView(each, project, call)), hasNext });
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
        const made = deploymentView(await create(parts, project, call), project, call);
        call.reply.header('location', made.url);
        return made;
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
          throw error instanceof ShiplogFault && error.code === 'rule_refused' ? isActive : error;
        });
      },
    },
  ];
}

export function deploymentIdOf({ params }: Pick<GitHubCall, 'params'>): number {
  return Number(params['deployment_id']);
}

async function create(
  { requests, commitStatuses, refPolicies }: Omit<DeploymentRoutesParts, 'projects'>,
  project: Project,
  call: GitHubCall,
) {
  const { request, requiredContexts } = readDeployment(call);
  const { environment, ref } = request;
  if (!(await refPolicies.allows(project, environment, ref)))
    throw held(`${ref} may not be deployed to ${environment}.`);
  await commitStatuses.refuseUnlessSuccessful(project, request, requiredContexts).catch((error: unknown) => {
    throw error instanceof ContextsNotSuccessful ? contextsFailed(ref, error) : error;
  });
  return requests.create(call.principal, project, request);
}

function held(text: string): ShiplogFault {
  return new ShiplogFault('deployment_held', text);
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
