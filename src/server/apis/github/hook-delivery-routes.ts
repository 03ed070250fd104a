import type { DeliveryService } from '../../features/webhooks/delivery-service.ts';
import { validationFailed } from './answers.ts';
import { type HookRoutesParts, hookIdUrl, hookOf } from './hook-call.ts';
import { deliveryDetailsView, deliveryView } from './hook-delivery-view.ts';
import { hookUrl } from './hook-view.ts';
import { pageOf } from './pagination.ts';
import type { GitHubCall, GitHubRoute } from './route.ts';

const deliveriesUrl = `${hookIdUrl}/deliveries`;
const deliveryIdUrl = `${deliveriesUrl}/:delivery_id(^\\d{1,15}$)`;

/** What was sent to a hook, and sending more: in line with what else the hook is told, so that no caller waits for a receiver. */
export function hookDeliveryRoutes(parts: HookRoutesParts, deliveries: DeliveryService): GitHubRoute[] {
  return [
    {
      method: 'POST',
      url: `${hookIdUrl}/pings`,
      access: 'write',
      limited: true,
      handler: async (call) => {
        const { project, hook } = await hookOf(parts, call);
        await deliveries.queuePing(call.principal, project, hook.id);
      },
    },

    {
      method: 'POST',
      url: `${hookIdUrl}/tests`,
      access: 'write',
      limited: true,
      handler: async (call) => {
        const { project, hook } = await hookOf(parts, call);
        await deliveries.queueTest(call.principal, project, hook.id);
      },
    },

    {
      method: 'GET',
      url: deliveriesUrl,
      access: 'write',
      handler: async (call) => {
        const { project, hook } = await hookOf(parts, call);
        const { limit } = pageOf(call);
        const slice = { outcome: outcomeOf(call), before: cursorOf(call), limit };
        const { items, next } = await deliveries.slice(call.principal, project, hook.id, slice);
        if (next !== undefined) call.reply.header('link', nextLink(call, hookUrl(project, hook.id, call.apiUrl), next));
        return items.map((delivery) => deliveryView(delivery, project.id));
      },
    },

    {
      method: 'GET',
      url: deliveryIdUrl,
      access: 'write',
      handler: async (call) => {
        const { project, hook } = await hookOf(parts, call);
        const found = await deliveries.get(call.principal, project, hook.id, Number(call.params['delivery_id']));
        return deliveryDetailsView(found, project.id, hook.url);
      },
    },

    {
      method: 'POST',
      url: `${deliveryIdUrl}/attempts`,
      access: 'write',
      limited: true,
      status: 202,
      handler: async (call) => {
        const { project, hook } = await hookOf(parts, call);
        await deliveries.queueResend(call.principal, project, hook.id, Number(call.params['delivery_id']));
        return {};
      },
    },
  ];
}

function outcomeOf({ query: { status } }: GitHubCall): 'success' | 'failure' | undefined {
  if (status === undefined || status === 'success' || status === 'failure') return status;
  throw validationFailed('HookDelivery', [{ field: 'status', code: 'invalid' }]);
}

function cursorOf({ query: { cursor } }: GitHubCall): number | undefined {
  if (cursor === undefined) return undefined;
  if (typeof cursor === 'string' && /^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw validationFailed('HookDelivery', [{ field: 'cursor', code: 'invalid' }]);
}

function nextLink({ query }: GitHubCall, hookAt: string, next: number): string {
  const { per_page: perPage, status } = query;
  const given = Object.entries({ per_page: perPage, status, cursor: String(next) });
  const pairs = given.filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return `<${hookAt}/deliveries?${new URLSearchParams(pairs)}>; rel="next"`;
}
