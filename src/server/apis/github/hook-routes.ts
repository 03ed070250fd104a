import type { Project } from '../../features/projects/project-types.ts';
import type { DeliveryService } from '../../features/webhooks/delivery-service.ts';
import type { Hook } from '../../features/webhooks/webhook-types.ts';
import { gitHubShape, type HookRoutesParts, hookIdUrl, hookOf, hooksUrl } from './hook-call.ts';
import { configChangeOf, hookChangeOf, newHookOf } from './hook-fields.ts';
import { configView, hookView } from './hook-view.ts';
import { pageOf, paginate } from './pagination.ts';
import { repositoryOf } from './repository.ts';
import type { GitHubCall, GitHubRoute } from './route.ts';

/** Hooks of a repository and their configuration: GitHub's section "Repository webhooks". */
export function hookRoutes(parts: HookRoutesParts, deliveries: DeliveryService): GitHubRoute[] {
  return [...listRoutes(parts, deliveries), ...oneHookRoutes(parts, deliveries), ...configRoutes(parts)];
}

function listRoutes({ projects, webhooks }: HookRoutesParts, deliveries: DeliveryService): GitHubRoute[] {
  return [
    {
      method: 'GET',
      url: hooksUrl,
      access: 'write',
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const page = pageOf(call);
        const { items, total } = await webhooks.list(call.principal, project, page, gitHubShape);
        const latest = await deliveries.latest(items);
        const views = items.map((hook) => hookView(hook, project, latest.get(hook.id), call.apiUrl));
        return paginate(call, page, { items: views, total });
      },
    },

    {
      method: 'POST',
      url: hooksUrl,
      access: 'write',
      limited: true,
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const hook = await webhooks.create(call.principal, project, gitHubShape, newHookOf(call));
        await deliveries.queuePing(call.principal, project, hook.id);
        const view = hookView(hook, project, undefined, call.apiUrl);
        call.reply.header('location', view.url);
        return view;
      },
    },
  ];
}

function oneHookRoutes(parts: HookRoutesParts, deliveries: DeliveryService): GitHubRoute[] {
  const shown = async (call: GitHubCall, hook: Hook, project: Project) =>
    hookView(hook, project, (await deliveries.latest([hook])).get(hook.id), call.apiUrl);
  return [
    {
      method: 'GET',
      url: hookIdUrl,
      access: 'write',
      handler: async (call) => {
        const { project, hook } = await hookOf(parts, call);
        return shown(call, hook, project);
      },
    },

    {
      method: 'PATCH',
      url: hookIdUrl,
      access: 'write',
      limited: true,
      handler: async (call) => {
        const { project, hook } = await hookOf(parts, call);
        const changeOf = (now: Hook) => hookChangeOf(call, now);
        return shown(call, await parts.webhooks.update(call.principal, project, hook.id, changeOf), project);
      },
    },

    {
      method: 'DELETE',
      url: hookIdUrl,
      access: 'write',
      limited: true,
      handler: async (call) => {
        const { project, hook } = await hookOf(parts, call);
        await parts.webhooks.delete(call.principal, project, hook.id);
      },
    },
  ];
}

function configRoutes(parts: HookRoutesParts): GitHubRoute[] {
  return [
    {
      method: 'GET',
      url: `${hookIdUrl}/config`,
      access: 'write',
      handler: async (call) => configView((await hookOf(parts, call)).hook),
    },

    {
      method: 'PATCH',
      url: `${hookIdUrl}/config`,
      access: 'write',
      limited: true,
      handler: async (call) => {
        const { project, hook } = await hookOf(parts, call);
        const change = configChangeOf(call);
        return configView(await parts.webhooks.update(call.principal, project, hook.id, () => change));
      },
    },
  ];
}
