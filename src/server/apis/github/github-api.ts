import type { Config } from '../../config.ts';
import type { Context } from '../../context.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { branchPolicyRoutes } from './branch-policy-routes.ts';
import { commitStatusRoutes } from './commit-status-routes.ts';
import { deploymentRoutes } from './deployment-routes.ts';
import { environmentRoutes } from './environment-routes.ts';
import { hidden } from './hook-call.ts';
import { hookDeliveryRoutes } from './hook-delivery-routes.ts';
import { hookRoutes } from './hook-routes.ts';
import { registerPlatform } from './platform.ts';
import { repositoryRoutes } from './repository-routes.ts';
import { serverRoutes } from './server-routes.ts';
import { statusRoutes } from './status-routes.ts';

/** The GitHub dialect, to register below its mount: the explicit list of its resources' routes. */
export function registerGitHubApi(scope: TypedApp, context: Context, { publicUrl }: Config): void {
  const { clock, database, directory, groups, projects, requests, commitStatuses, refPolicies } = context;
  const { environments, webhooks, deliveries } = context;
  const routes = [
    ...serverRoutes(directory, clock),
    ...repositoryRoutes(projects, groups),
    ...environmentRoutes(projects, context.environmentSetup, environments),
    ...branchPolicyRoutes(projects, environments, refPolicies),
    ...deploymentRoutes(projects, requests, environments),
    ...statusRoutes(projects, requests, environments),
    ...commitStatusRoutes(projects, commitStatuses),
    ...hookRoutes({ projects, webhooks }, deliveries).map(hidden),
    ...hookDeliveryRoutes({ projects, webhooks }, deliveries).map(hidden),
  ];
  registerPlatform(scope, routes, { publicUrl, clock, isUnavailable: database.isUnavailable });
}
