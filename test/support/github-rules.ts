import type { AccessRule } from '../../src/server/principal.ts';

/**
 * What each route of the GitHub API asks of its caller. A new route is added here by whoever adds it, after a thought: what
 * a caller may do in a repository is a matter of its access level there, and comes after this.
 */
const routes: Readonly<Partial<Record<AccessRule, readonly string[]>>> = {
  'signed-in': ['GET /', 'GET /meta', 'GET /rate_limit', 'GET /user'],
  read: [
    'GET /repos/:owner/:repo',
    'GET /repos/:owner/:repo/commits/:ref/check-runs',
    'GET /repos/:owner/:repo/commits/:ref/status',
    'GET /repos/:owner/:repo/commits/:ref/statuses',
    'GET /repos/:owner/:repo/deployments',
    'GET /repos/:owner/:repo/deployments/:deployment_id',
    'GET /repos/:owner/:repo/deployments/:deployment_id/statuses',
    'GET /repos/:owner/:repo/deployments/:deployment_id/statuses/:status_id',
    'GET /repos/:owner/:repo/environments',
    'GET /repos/:owner/:repo/environments/:environment_name',
    'GET /repos/:owner/:repo/environments/:environment_name/deployment-branch-policies',
    'GET /repos/:owner/:repo/environments/:environment_name/deployment-branch-policies/:branch_policy_id',
    'GET /repos/:owner/:repo/statuses/:ref',
  ],
  record: [
    'POST /repos/:owner/:repo/deployments',
    'POST /repos/:owner/:repo/deployments/:deployment_id/statuses',
    'POST /repos/:owner/:repo/statuses/:sha',
  ],
  write: [
    'GET /repos/:owner/:repo/hooks',
    'GET /repos/:owner/:repo/hooks/:hook_id',
    'GET /repos/:owner/:repo/hooks/:hook_id/config',
    'GET /repos/:owner/:repo/hooks/:hook_id/deliveries',
    'GET /repos/:owner/:repo/hooks/:hook_id/deliveries/:delivery_id',
    'DELETE /repos/:owner/:repo/deployments/:deployment_id',
    'DELETE /repos/:owner/:repo/environments/:environment_name',
    'PUT /repos/:owner/:repo/environments/:environment_name',
    'POST /repos/:owner/:repo/environments/:environment_name/deployment-branch-policies',
    'DELETE /repos/:owner/:repo/environments/:environment_name/deployment-branch-policies/:branch_policy_id',
    'PUT /repos/:owner/:repo/environments/:environment_name/deployment-branch-policies/:branch_policy_id',
    'POST /repos/:owner/:repo/hooks',
    'PATCH /repos/:owner/:repo/hooks/:hook_id',
    'DELETE /repos/:owner/:repo/hooks/:hook_id',
    'PATCH /repos/:owner/:repo/hooks/:hook_id/config',
    'POST /repos/:owner/:repo/hooks/:hook_id/pings',
    'POST /repos/:owner/:repo/hooks/:hook_id/tests',
    'POST /repos/:owner/:repo/hooks/:hook_id/deliveries/:delivery_id/attempts',
  ],
};

/** By method and whole path. */
export const gitHubRules: Readonly<Record<string, AccessRule>> = Object.fromEntries(
  Object.entries(routes).flatMap(
    ([rule, paths]) => paths.map((path) => [path.replace(' ', ' /api/v3'), rule as AccessRule]), // a key of the table
  ),
);
