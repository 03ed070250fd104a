import { ShiplogFault } from '../../errors.ts';
import type { EnvironmentService } from '../../features/environments/environment-service.ts';
import type { Environment } from '../../features/environments/environment-types.ts';
import type { RefPolicyService } from '../../features/environments/ref-policy-service.ts';
import { refKinds } from '../../features/environments/ref-policy-types.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { Project } from '../../features/projects/project-types.ts';
import { message } from './answers.ts';
import { environmentNameOf } from './environment-name.ts';
import { refRuleView } from './environment-view.ts';
import { choice, fields, text } from './fields.ts';
import { pageOf, paginate } from './pagination.ts';
import { repositoryOf } from './repository.ts';
import type { GitHubCall, GitHubRoute } from './route.ts';

const resource = 'DeploymentBranchPolicy';
const pattern = text({ required: true });

const base = '/repos/:owner/:repo/environments/:environment_name/deployment-branch-policies';
const one = `${base}/:branch_policy_id(^\\d{1,15}$)`;

type PlaceOf = (call: GitHubCall) => Promise<{ readonly project: Project; readonly environment: Environment }>;

/** Which branches and tags may be deployed to an environment. */
export function branchPolicyRoutes(
  projects: ProjectService,
  environments: EnvironmentService,
  refs: RefPolicyService,
): GitHubRoute[] {
  const placeOf: PlaceOf = async (call) => {
    const project = await repositoryOf(projects, call);
    return {
      project,
      environment: await environments.named(project, await environmentNameOf(environments, project, call)),
    };
  };
  return [...readingRoutes(placeOf, refs), ...changingRoutes(placeOf, refs)];
}

function readingRoutes(placeOf: PlaceOf, refs: RefPolicyService): GitHubRoute[] {
  return [
    {
      method: 'GET',
      url: base,
      access: 'read',
      handler: async (call) => {
        const { environment } = await placeOf(call);
        const rules = await refs.rules(environment);
        const page = pageOf(call);
        const items = rules.slice(page.offset, page.offset + page.limit).map(refRuleView);
        const policies = paginate(call, page, { items, total: rules.length });
        return { total_count: rules.length, branch_policies: policies };
      },
    },
    {
      method: 'GET',
      url: one,
      access: 'read',
      handler: async (call) => {
        const { environment } = await placeOf(call);
        return refRuleView(await refs.get(environment, idOf(call)));
      },
    },
  ];
}

function changingRoutes(placeOf: PlaceOf, refs: RefPolicyService): GitHubRoute[] {
  return [
    {
      method: 'POST',
      url: base,
      access: 'write',
      limited: true,
      status: 200,
      handler: async (call) => {
        const { project, environment } = await placeOf(call);
        const { name, type } = fields(call.body, resource, {
          name: pattern,
          type: choice(refKinds, { fallback: 'branch' }),
        });
        const rule = { pattern: name, kind: type };
        return refRuleView(await unlessTaken(refs.add(call.principal, project, environment, rule)));
      },
    },
    {
      method: 'PUT',
      url: one,
      access: 'write',
      limited: true,
      handler: async (call) => {
        const { project, environment } = await placeOf(call);
        const { name } = fields(call.body, resource, { name: pattern });
        const change = { id: idOf(call), pattern: name };
        return refRuleView(await unlessTaken(refs.change(call.principal, project, environment, change)));
      },
    },
    {
      method: 'DELETE',
      url: one,
      access: 'write',
      limited: true,
      handler: async (call) => {
        const { project, environment } = await placeOf(call);
        await refs.remove(call.principal, project, environment, idOf(call));
      },
    },
  ];
}

function idOf({ params }: GitHubCall): number {
  return Number(params['branch_policy_id']);
}

/** GitHub answers 303 where the same pattern is there. */
async function unlessTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ShiplogFault && error.code === 'conflict') throw message(303, 'Already exists');
    throw error;
  }
}
