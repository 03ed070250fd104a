import { limits } from '../../../contract/limits.ts';
import { notFound } from '../../errors.ts';
import type { ApprovalService } from '../../features/approvals/approval-service.ts';
import { type DeployRequest, type DeployService, deployStatuses } from '../../features/deployments/deploy-service.ts';
import type { DeploymentRecord } from '../../features/deployments/deployment-types.ts';
import type { EnvironmentService } from '../../features/environments/environment-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import { deploymentKinds } from '../../log/event.ts';
import { approvalSummaryView } from './approval-view.ts';
import { refuseModified } from './conditional.ts';
import { filterParameters, recordFilter } from './deployment-filter.ts';
import { deploymentView } from './deployment-view.ts';
import { isPlainName, notPlain } from './environment-name.ts';
import { pageOf, pageParameters, paginate } from './pagination.ts';
import { unlessBlank } from './parameter.ts';
import { boolean, choice, dateTime, integer, text, type Values } from './parameters.ts';
import { type GitLabRoute, route } from './route.ts';

const longestName = 255;

/** What GitLab's API has no place for. */
const extras = {
  version: unlessBlank(text({ nullable: true, maxLength: limits.version })),
  run_url: unlessBlank(text({ nullable: true, maxLength: limits.runUrl })),
  description: unlessBlank(text({ nullable: true, maxLength: limits.description })),
  happened_at: unlessBlank(dateTime({ nullable: true })),
  kind: unlessBlank(choice(deploymentKinds, { nullable: true })),
  override_freeze: unlessBlank(boolean()),
} as const;

const status = choice(deployStatuses, { required: true });

const base = '/projects/:id/deployments';
const byId = `${base}/:deployment_id`;
const deployment_id = integer({ required: true });

/** Deployments of a project: section 1 of the GitLab Deployments API. */
export function deploymentRoutes(
  projects: ProjectService,
  deployments: DeployService,
  environments: Pick<EnvironmentService, 'find'>,
  approvals: ApprovalService,
): GitLabRoute[] {
  const extended: Extended = async (deployment, baseUrl) =>
    Object.assign(
      deploymentView(deployment, baseUrl),
      approvalSummaryView(await approvals.summary(deployment), baseUrl),
    );
  return [
    ...readRoutes(projects, deployments, extended),
    ...writeRoutes(projects, deployments, environments, extended),
  ];
}

/** A deployment that is shown by itself. */
type Extended = (deployment: DeploymentRecord, baseUrl: string) => Promise<Record<string, unknown>>;

function readRoutes(projects: ProjectService, deployments: DeployService, extended: Extended): GitLabRoute[] {
  return [
    route({
      method: 'GET',
      url: base,
      access: 'read',
      parameters: { ...filterParameters, ...pageParameters },
      handler: async (call) => {
        const project = await projects.resolve(call.principal, call.path['id'] ?? '');
        const page = pageOf(call);
        const { limit, offset } = page;
        const filter = { ...recordFilter(call.values), projectId: project.id, limit, offset };
        const { items, total, hasNext } = await deployments.list(filter);
        const shown = items.map((deployment) => deploymentView(deployment, call.baseUrl));
        return paginate(call, page, total === undefined ? { items: shown, hasNext } : { items: shown, total });
      },
    }),

    route({
      method: 'GET',
      url: byId,
      access: 'read',
      parameters: { deployment_id },
      handler: async ({ principal, path, values, baseUrl }) => {
        const project = await projects.resolve(principal, path['id'] ?? '');
        return extended(await deployments.get(project, values.deployment_id), baseUrl);
      },
    }),
  ];
}

function writeRoutes(
  projects: ProjectService,
  deployments: DeployService,
  environments: Pick<EnvironmentService, 'find'>,
  extended: Extended,
): GitLabRoute[] {
  return [
    route({
      method: 'POST',
      url: base,
      access: 'record',
      limited: true,
      parameters: {
        environment: text({ required: true, blank: false }),
        sha: text({ required: true, blank: false, maxLength: longestName }),
        ref: text({ required: true, blank: false, maxLength: longestName }),
        tag: boolean({ required: true }),
        status,
        ...extras,
      },
      handler: async ({ principal, path, values, baseUrl }) => {
        const { environment, sha, ref, tag } = values;
        const request = requestOf(values, { sha, ref, tag });
        const made = await projects.with(principal, path['id'] ?? '', async (project) => {
          if (!isPlainName(environment) && !(await environments.find(project, environment))) throw notPlain();
          return deployments.create(principal, project, environment, request);
        });
        return extended(made, baseUrl);
      },
    }),

    route({
      method: 'PUT',
      url: byId,
      access: 'record',
      limited: true,
      parameters: { status, ...extras },
      handler: async ({ principal, path, values, baseUrl }) => {
        const moved = await projects.with(principal, path['id'] ?? '', (project) =>
          deployments.update(principal, project, idOf(path['deployment_id']), requestOf(values, {})),
        );
        return extended(moved, baseUrl);
      },
    }),

    route({
      method: 'DELETE',
      url: byId,
      access: 'write',
      limited: true,
      parameters: { deployment_id },
      handler: async ({ principal, path, values, request }) => {
        const project = await projects.resolve(principal, path['id'] ?? '');
        refuseModified({ request }, (await deployments.get(project, values.deployment_id)).state.updatedAt);
        await deployments.delete(principal, project, values.deployment_id);
      },
    }),
  ];
}

/** Of an id in the path that is not checked before what is in the body; what is no id is none of a deployment. */
function idOf(text = ''): number {
  if (!/^\d{1,15}$/.test(text)) throw notFound('deployment');
  return Number(text);
}

type Told = Values<typeof extras> & { readonly status: DeployRequest['status'] };

function requestOf(
  { status: asked, version, run_url, description, happened_at, kind, override_freeze }: Told,
  commit: Pick<DeployRequest['details'], 'sha' | 'ref' | 'tag'>,
): DeployRequest {
  return {
    status: asked,
    word: asked,
    dialect: 'gitlab',
    happenedAt: happened_at ?? undefined,
    overrideFreeze: override_freeze ?? false,
    details: {
      sha: commit.sha ?? null,
      ref: commit.ref ?? null,
      tag: commit.tag ?? null,
      version: version ?? null,
      runUrl: run_url ?? null,
      description: description ?? null,
      kind: kind ?? null,
    },
  };
}
