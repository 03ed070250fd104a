import { tiers } from '../../../contract/tiers.ts';
import type { DeployService } from '../../features/deployments/deploy-service.ts';
import type { EnvironmentService } from '../../features/environments/environment-service.ts';
import {
  type AutoStop,
  autoStopSettings,
  type Environment,
  type EnvironmentChange,
  environmentStates,
} from '../../features/environments/environment-types.ts';
import type { EnvironmentUpkeepService } from '../../features/environments/environment-upkeep-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { Project } from '../../features/projects/project-types.ts';
import { badRequest, parameterError } from './answers.ts';
import { refuseModified } from './conditional.ts';
import { deploymentView } from './deployment-view.ts';
import { durationMs } from './duration.ts';
import { isPlainName, notPlain } from './environment-name.ts';
import { environmentView, scheduledView } from './environment-view.ts';
import { pageOf, pageParameters, paginate } from './pagination.ts';
import { boolean, choice, dateTime, integer, prohibited, text, type Values } from './parameters.ts';
import { type Call, type GitLabRoute, route } from './route.ts';

const shortestSearch = 3;
const one = { environment_id: integer({ required: true }) } as const;

/** What a client may say of an environment, beside its name. The last two are ours. */
const described = {
  external_url: text({ nullable: true }),
  slug: prohibited('is automatically generated and cannot be changed'),
  tier: choice(tiers),
  cluster_agent_id: integer({ nullable: true, min: 1 }),
  kubernetes_namespace: text({ nullable: true }),
  flux_resource_path: text({ nullable: true }),
  description: text({ nullable: true }),
  auto_stop_setting: choice(autoStopSettings),
  auto_stop_at: dateTime({ nullable: true }),
  auto_stop_in: text(),
} as const;

export interface EnvironmentServices {
  readonly projects: ProjectService;
  readonly environments: EnvironmentService;
  readonly upkeep: EnvironmentUpkeepService;
  readonly deploys: DeployService;
}

export function environmentRoutes(services: EnvironmentServices): GitLabRoute[] {
  const { projects, environments } = services;
  const projectOf = ({ principal, path }: Pick<Call<object>, 'principal' | 'path'>): Promise<Project> =>
    projects.resolve(principal, path['id'] ?? '');

  return [
    route({
      method: 'GET',
      url: '/projects/:id/environments',
      access: 'read',
      parameters: { name: text(), search: text(), states: choice(environmentStates), ...pageParameters },
      handler: async (call) => {
        const { name, search, states: state } = call.values;
        if (name !== undefined && search !== undefined) throw parameterError('name, search cannot be used together');
        const project = await projectOf(call);
        if (search && search.length < shortestSearch) throw badRequest('Search query is less than 3 characters');
        const page = pageOf(call);
        const result = await environments.list(project, { name, search: search || undefined, state }, page);
        return paginate(call, page, result).map(environmentView);
      },
    }),
    route({
      method: 'GET',
      url: '/projects/:id/environments/:environment_id',
      access: 'read',
      parameters: one,
      handler: async (call) => {
        const environment = await environments.get(await projectOf(call), call.values.environment_id);
        return { ...environmentView(environment), last_deployment: await lastDeployment(services, call, environment) };
      },
    }),
    route({
      method: 'POST',
      url: '/projects/:id/environments',
      access: 'write',
      limited: true,
      parameters: { name: text({ required: true }), ...described },
      handler: async (call) => {
        const change = changeOf(call.values);
        const { name } = call.values;
        if (name.trim() !== '' && !isPlainName(name)) throw notPlain();
        return environmentView(await environments.create(call.principal, await projectOf(call), name, change));
      },
    }),
    route({
      method: 'PUT',
      url: '/projects/:id/environments/:environment_id',
      access: 'write',
      limited: true,
      parameters: { ...one, ...described },
      handler: async (call) => {
        const change = changeOf(call.values);
        const { environment_id: id } = call.values;
        return environmentView(await environments.update(call.principal, await projectOf(call), id, change));
      },
    }),
    route({
      method: 'DELETE',
      url: '/projects/:id/environments/:environment_id',
      access: 'write',
      limited: true,
      parameters: one,
      handler: async (call) => {
        const project = await projectOf(call);
        const { environment_id: id } = call.values;
        refuseModified(call, (await environments.get(project, id)).updatedAt);
        await environments.delete(call.principal, project, id);
      },
    }),
    route({
      method: 'POST',
      url: '/projects/:id/environments/:environment_id/stop',
      access: 'write',
      limited: true,
      status: 200,
      // Nothing has to be run before an environment is stopped, so that nothing need be forced.
      parameters: { ...one, force: boolean() },
      handler: async (call) =>
        environmentView(await environments.stop(call.principal, await projectOf(call), call.values.environment_id)),
    }),
    ...upkeepRoutes(services, projectOf),
  ];
}

function upkeepRoutes(
  { upkeep }: EnvironmentServices,
  projectOf: (call: Pick<Call<object>, 'principal' | 'path'>) => Promise<Project>,
): GitLabRoute[] {
  return [
    route({
      method: 'POST',
      url: '/projects/:id/environments/stop_stale',
      access: 'write',
      limited: true,
      status: 200,
      parameters: { before: dateTime({ required: true }) },
      handler: async (call) => {
        await upkeep.stopStale(call.principal, await projectOf(call), call.values.before);
        return { message: 'Successfully requested stop for all stale environments' };
      },
    }),
    route({
      method: 'DELETE',
      url: '/projects/:id/environments/review_apps',
      access: 'write',
      limited: true,
      parameters: {
        before: dateTime(),
        limit: integer({ fallback: 100, min: 1, max: 1000 }),
        dry_run: boolean({ fallback: true }),
      },
      handler: async (call) => {
        const { before, limit, dry_run: dryRun } = call.values;
        const project = await projectOf(call);
        const found = await upkeep.cleanUpReviews(call.principal, project, { before, limit, dryRun });
        return { scheduled_entries: found.map(scheduledView), unprocessable_entries: [] };
      },
    }),
  ];
}

async function lastDeployment(
  { deploys }: EnvironmentServices,
  call: Pick<Call<object>, 'baseUrl'>,
  { id }: Environment,
) {
  const record = (await deploys.lastSuccesses([id])).get(id);
  if (!record) return null;
  const { environment: _, ...deployment } = deploymentView(record, call.baseUrl);
  return deployment;
}

/** Empty texts clear as null does. */
function changeOf(values: Values<typeof described>): EnvironmentChange {
  return {
    tier: values.tier,
    externalUrl: orNull(values.external_url),
    description: orNull(values.description),
    clusterAgentId: values.cluster_agent_id,
    kubernetesNamespace: orNull(values.kubernetes_namespace),
    fluxResourcePath: orNull(values.flux_resource_path),
    autoStopSetting: values.auto_stop_setting,
    autoStop: autoStopOf(values),
  };
}

function autoStopOf({ auto_stop_at: at, auto_stop_in: text }: Values<typeof described>): AutoStop | undefined {
  if (text === undefined) return at === undefined ? undefined : { at };
  if (at !== undefined) throw parameterError('auto_stop_at, auto_stop_in cannot be used together');
  if (text === 'never') return { at: null };
  const inMs = durationMs(text);
  if (inMs === undefined) throw parameterError('auto_stop_in is invalid');
  return { inMs };
}

function orNull(text: string | null | undefined): string | null | undefined {
  return text?.trim() === '' ? null : text;
}
