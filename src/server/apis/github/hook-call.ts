import { notFound, ShiplogFault } from '../../errors.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { Project } from '../../features/projects/project-types.ts';
import type { WebhookService } from '../../features/webhooks/webhook-service.ts';
import type { Hook } from '../../features/webhooks/webhook-types.ts';
import { faultsOf, validationFailed } from './answers.ts';
import { repositoryOf } from './repository.ts';
import type { GitHubCall, GitHubRoute } from './route.ts';

/** How hooks of this dialect are worded: others are not shown by its API. */
export const gitHubShape = 'github';

export const hooksUrl = '/repos/:owner/:repo/hooks';
export const hookIdUrl = `${hooksUrl}/:hook_id(^\\d{1,15}$)`;

export interface HookRoutesParts {
  readonly projects: ProjectService;
  readonly webhooks: WebhookService;
}

/** Where GitHub has what the core calls so. */
const inside = { '/url': '/config/url', '/secret': '/config/secret' } as const;

/** A route as GitHub serves hooks: who may not know of a repository's hooks finds none, and faults are those of a hook. */
export function hidden(route: GitHubRoute): GitHubRoute {
  const handler: GitHubRoute['handler'] = (call) =>
    route.handler(call).catch((error: unknown) => {
      if (!(error instanceof ShiplogFault)) throw error;
      if (error.code === 'validation_failed') throw validationFailed('Hook', faultsOf(error, inside));
      throw error.code === 'forbidden' && error.subject === 'level' ? notFound('hook') : error;
    });
  return { ...route, handler };
}

/** The hook that a path names, and its project. Throws `not_found`, and `forbidden` for who does not maintain the project. */
export async function hookOf(
  { projects, webhooks }: HookRoutesParts,
  call: GitHubCall,
): Promise<{ readonly project: Project; readonly hook: Hook }> {
  const project = await repositoryOf(projects, call);
  const id = Number(call.params['hook_id']);
  return { project, hook: await webhooks.get(call.principal, project, id, gitHubShape) };
}
