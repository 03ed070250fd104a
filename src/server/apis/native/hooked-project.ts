import { Type } from 'typebox';
import { notFound, ShiplogFault } from '../../errors.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { Project } from '../../features/projects/project-types.ts';
import type { WebhookService } from '../../features/webhooks/webhook-service.ts';
import type { Principal } from '../../principal.ts';

export const HookParams = Type.Object({ id: Type.String({ format: 'digits' }) });

/**
 * The project of a hook. Throws `not_found` in the same words for a hook of a project that the principal may not know of
 * and for one that is not there: ids tell nothing.
 */
export async function hookPlace(
  projects: ProjectService,
  webhooks: WebhookService,
  principal: Principal,
  id: number,
): Promise<Project> {
  const projectId = await webhooks.projectOf(id);
  try {
    return await projects.resolve(principal, String(projectId));
  } catch (error) {
    throw error instanceof ShiplogFault && error.code === 'not_found' ? notFound('hook') : error;
  }
}
