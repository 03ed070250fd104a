import { limits } from '../../../contract/limits.ts';
import type { Status } from '../../../contract/statuses.ts';
import type { RequestService } from '../../features/deployments/request-service.ts';
import type { NewStatus } from '../../features/deployments/request-types.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import { deploymentIdOf, deploymentIdUrl } from './deployment-routes.ts';
import { type EnvironmentSpellings, environmentName } from './environment-name.ts';
import { boolean, choice, fields, text } from './fields.ts';
import { pageOf, paginate } from './pagination.ts';
import { repositoryOf } from './repository.ts';
import type { GitHubCall, GitHubRoute } from './route.ts';
import { statusView } from './status-view.ts';

const statusesUrl = `${deploymentIdUrl}/statuses`;

/** Statuses of a deployment: GitHub's section "Deployment statuses". */
export function statusRoutes(
  projects: ProjectService,
  requests: RequestService,
  environments: EnvironmentSpellings,
): GitHubRoute[] {
  return [
    {
      method: 'GET',
      url: statusesUrl,
      access: 'read',
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const page = pageOf(call);
        const id = deploymentIdOf(call);
        const { items, ...more } = await requests.statuses(project, id, page);
        return paginate(call, page, { items: items.map((each) => statusView(each, project, id, call)), ...more });
      },
    },

    {
      method: 'POST',
      url: statusesUrl,
      access: 'record',
      limited: true,
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const id = deploymentIdOf(call);
        const told = readStatus(call);
        const environment = told.environment && (await environments.spelled(project, told.environment));
        const made = await requests.addStatus(call.principal, project, id, { ...told, environment });
        const shown = statusView(made, project, id, call);
        // Whoever waits for the deployment may poll it.
        call.reply.header('location', shown.url);
        return shown;
      },
    },

    {
      method: 'GET',
      url: `${statusesUrl}/:status_id(^\\d{1,15}$)`,
      access: 'read',
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const id = deploymentIdOf(call);
        return statusView(await requests.status(project, id, Number(call.params['status_id'])), project, id, call);
      },
    },
  ];
}

/** GitHub's states, in the order of its documentation. Two of them are one status of ours; the word is kept. */
const statusOfState = {
  error: 'failed',
  failure: 'failed',
  inactive: 'inactive',
  in_progress: 'running',
  queued: 'queued',
  pending: 'pending',
  success: 'success',
} as const satisfies Record<string, Status>;
const states = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success'] as const;

/** GitHub's own limit. */
export const longestDescription = 140;

/** A link that people will follow leads to a web page, and to nothing else. */
export const webLink = text({
  maxLength: limits.runUrl,
  form: [/^https?:\/\/[^\s/?#]\S*$/i, 'must use http(s) scheme'],
});

const declared = {
  state: choice(states, { required: true }),
  target_url: webLink,
  log_url: webLink,
  description: text({ maxLength: longestDescription, fallback: '' }),
  environment: environmentName,
  environment_url: webLink,
  auto_inactive: boolean({ fallback: true }),
} as const;

/** The log's address is also taken by its older name, and wins where both are given. */
function readStatus({ body }: GitHubCall): NewStatus {
  const read = fields(body, 'DeploymentStatus', declared);
  return {
    status: statusOfState[read.state],
    word: read.state,
    logUrl: read.log_url || read.target_url || null,
    description: read.description,
    environmentUrl: read.environment_url || null,
    environment: read.environment ?? null,
    autoInactive: read.auto_inactive,
  };
}
