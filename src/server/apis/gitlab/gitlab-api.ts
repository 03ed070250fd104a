import type { Config } from '../../config.ts';
import type { Context } from '../../context.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { approvalRoutes } from './approval-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { deploymentRoutes } from './deployment-routes.ts';
import { environmentRoutes } from './environment-routes.ts';
import { freezePeriodRoutes } from './freeze-period-routes.ts';
import { hookEventRoutes, hookRoutes } from './hook-routes.ts';
import { managementRoutes } from './management-routes.ts';
import { mergeRequestRoutes } from './merge-request-routes.ts';
import { registerPlatform } from './platform.ts';
import { protectedEnvironmentRoutes } from './protected-environment-routes.ts';
import { serverRoutes } from './server-routes.ts';

/** The GitLab dialect, to register below /api/v4: the explicit list of its resources' routes. */
export function registerGitLabApi(scope: TypedApp, context: Context, { publicUrl, publicRead }: Config): void {
  const routes = [
    ...serverRoutes(context.directory),
    ...environmentRoutes({
      projects: context.projects,
      environments: context.environments,
      upkeep: context.environmentUpkeep,
      deploys: context.deploy,
    }),
    ...deploymentRoutes(context.projects, context.deploy, context.environments, context.approvals),
    ...mergeRequestRoutes(context),
    ...protectedEnvironmentRoutes(context.projects, context.groups, context.protections),
    ...approvalRoutes(context.projects, context.deploy, context.approvals),
    ...freezePeriodRoutes(context.projects, context.freezePeriods),
    ...auditRoutes(context.projects, context.audit),

    ...managementRoutes(context),
    ...hookRoutes(context.projects, context.webhooks),
    ...hookEventRoutes(context.projects, context.webhooks, context.deliveries),
  ];
  const { users, database } = context;
  const { isUnavailable } = database;
  const movedTo = context.projects.movedTo.bind(context.projects);
  registerPlatform(scope, routes, { users, publicUrl, publicRead, isUnavailable, movedTo });
}
