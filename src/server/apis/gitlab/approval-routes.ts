import { limits } from '../../../contract/limits.ts';
import type { ApprovalService } from '../../features/approvals/approval-service.ts';
import type { DeployService } from '../../features/deployments/deploy-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import { approvalView } from './approval-view.ts';
import { choice, integer, text } from './parameters.ts';
import { type GitLabRoute, route } from './route.ts';

/** The decision about a deployment that waits. */
export function approvalRoutes(
  projects: ProjectService,
  deployments: DeployService,
  approvals: ApprovalService,
): GitLabRoute[] {
  return [
    route({
      method: 'POST',
      url: '/projects/:id/deployments/:deployment_id/approval',
      access: 'write',
      limited: true,
      parameters: {
        deployment_id: integer({ required: true }),
        status: choice(['approved', 'rejected'], { required: true }),
        comment: text({ nullable: true, maxLength: limits.comment }),
        represented_as: text(),
      },
      handler: async ({ principal, path, values, baseUrl }) => {
        const project = await projects.resolve(principal, path['id'] ?? '');
        const deployment = await deployments.get(project, values.deployment_id);
        const { status, comment = null, represented_as: representedAs } = values;
        const approval = await approvals.decide(principal, deployment, { status, comment, representedAs });
        return approvalView(approval, baseUrl);
      },
    }),
  ];
}
