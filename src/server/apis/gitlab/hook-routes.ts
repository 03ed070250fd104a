import { ShiplogFault } from '../../errors.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { Project } from '../../features/projects/project-types.ts';
import type { DeliveryService } from '../../features/webhooks/delivery-service.ts';
import type { WebhookService } from '../../features/webhooks/webhook-service.ts';
import type { Delivery } from '../../features/webhooks/webhook-types.ts';
import type { Principal } from '../../principal.ts';
import { GitLabAnswer, message } from './answers.ts';
import { hookChangeOf, hookEventView, hookParameters, hookTriggers, hookView } from './hook-view.ts';
import { pageOf, pageParameters, paginate } from './pagination.ts';
import { choice, integer, list, text } from './parameters.ts';
import { type GitLabRoute, route } from './route.ts';

const ofHook = { hook_id: integer({ required: true }) } as const;
const url = text({ required: true });
/** Hooks of other shapes are not shown by this API. */
const gitLabShape = 'gitlab';

/** The project of a path, once its hook is known to be one of this dialect. Throws `not_found` and `forbidden`. */
async function placeOf(
  projects: ProjectService,
  webhooks: WebhookService,
  { principal, path, values }: { principal: Principal; path: Path; values: { readonly hook_id: number } },
): Promise<Project> {
  const project = await projects.resolve(principal, path['id'] ?? '');
  await webhooks.get(principal, project, values.hook_id, gitLabShape);
  return project;
}

type Path = Readonly<Record<string, string>>;

/** Project hooks, under GitLab's shape of webhooks. */
export function hookRoutes(projects: ProjectService, webhooks: WebhookService): GitLabRoute[] {
  return [
    route({
      method: 'GET',
      url: '/projects/:id/hooks',
      access: 'write',
      parameters: pageParameters,
      handler: async (call) => {
        const page = pageOf(call);
        const project = await projects.resolve(call.principal, call.path['id'] ?? '');
        const found = await webhooks.list(call.principal, project, page, gitLabShape);
        return paginate(call, page, { ...found, items: found.items.map(hookView) });
      },
    }),
    route({
      method: 'GET',
      url: '/projects/:id/hooks/:hook_id',
      access: 'write',
      parameters: ofHook,
      handler: async ({ principal, path, values }) => {
        const project = await projects.resolve(principal, path['id'] ?? '');
        return hookView(await webhooks.get(principal, project, values.hook_id, gitLabShape));
      },
    }),
    route({
      method: 'POST',
      url: '/projects/:id/hooks',
      access: 'write',
      limited: true,
      parameters: { url, ...hookParameters },
      handler: async ({ principal, path, values }) => {
        refuseTemplate(values.custom_webhook_template);
        const project = await projects.resolve(principal, path['id'] ?? '');
        return hookView(await saved(webhooks.create(principal, project, gitLabShape, hookChangeOf(values))));
      },
    }),
    route({
      method: 'PUT',
      url: '/projects/:id/hooks/:hook_id',
      access: 'write',
      limited: true,
      parameters: { ...ofHook, url: text(), ...hookParameters },
      handler: async ({ principal, path, values }) => {
        refuseTemplate(values.custom_webhook_template);
        const project = await placeOf(projects, webhooks, { principal, path, values });
        return hookView(await saved(webhooks.update(principal, project, values.hook_id, () => hookChangeOf(values))));
      },
    }),
    route({
      method: 'DELETE',
      url: '/projects/:id/hooks/:hook_id',
      access: 'write',
      limited: true,
      parameters: ofHook,
      handler: async ({ principal, path, values }) => {
        const project = await placeOf(projects, webhooks, { principal, path, values });
        await webhooks.delete(principal, project, values.hook_id);
      },
    }),
  ];
}

/** What was sent to a hook, and sending it again. */
export function hookEventRoutes(
  projects: ProjectService,
  webhooks: WebhookService,
  deliveries: DeliveryService,
): GitLabRoute[] {
  return [
    route({
      method: 'GET',
      url: '/projects/:id/hooks/:hook_id/events',
      access: 'write',
      parameters: { ...ofHook, status: list(text()), ...pageParameters },
      handler: async (call) => {
        const { principal, path, values } = call;
        const page = pageOf(call);
        const statuses = (values.status ?? []).flatMap((word) => (word === undefined ? [] : [statusRange(word)]));
        const project = await placeOf(projects, webhooks, { principal, path, values });
        const found = await deliveries.list(principal, project, values.hook_id, { ...page, statuses });
        return paginate(call, page, { ...found, items: found.items.map(hookEventView) });
      },
    }),
    route({
      method: 'POST',
      url: '/projects/:id/hooks/:hook_id/test/:trigger',
      access: 'write',
      limited: true,
      parameters: { ...ofHook, trigger: choice(hookTriggers, { required: true }) },
      handler: async ({ principal, path, values }) => {
        if (values.trigger !== 'deployment_events') throw message(422, 'Only deployment_events are sent.');
        const project = await placeOf(projects, webhooks, { principal, path, values });
        statusOf(await deliveries.test(principal, project, values.hook_id));
        return { message: '201 Created' };
      },
    }),
    route({
      method: 'POST',
      url: '/projects/:id/hooks/:hook_id/events/:hook_event_id/resend',
      access: 'write',
      limited: true,
      parameters: { ...ofHook, hook_event_id: integer({ required: true }) },
      handler: async ({ principal, path, values }) => {
        const project = await placeOf(projects, webhooks, { principal, path, values });
        const sent = await deliveries.resend(principal, project, values.hook_id, values.hook_event_id);
        return { response_status: statusOf(sent) };
      },
    }),
  ];
}

/** A template would change what is sent: to take it and send something else would mislead. */
function refuseTemplate(template: string | null | undefined): void {
  if (template) throw message(400, { custom_webhook_template: ['is not supported'] });
}

/** GitLab has one sentence for every URL that it refuses; why stands beside it. */
async function saved<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const fields = error instanceof ShiplogFault && error.code === 'validation_failed' ? error.fields : [];
    const wrong = fields.find(({ pointer }) => pointer === '/url');
    if (!wrong) throw error;
    throw new GitLabAnswer(422, { error: 'Invalid url given', message: { url: [wrong.message] } });
  }
}

/** Throws what went wrong. */
function statusOf({ last }: Delivery): number | undefined {
  if (last?.error !== undefined) throw message(422, last.error);
  return last?.answer?.status;
}

const statusWords: Readonly<Record<string, readonly [number, number]>> = {
  successful: [200, 299],
  client_failure: [400, 499],
  server_failure: [500, 599],
};

function statusRange(word: string): readonly [number, number] {
  const range = statusWords[word] ?? (/^[1-5]\d\d$/.test(word) ? ([Number(word), Number(word)] as const) : undefined);
  if (!range) throw new GitLabAnswer(400, { error: 'status does not have a valid value' });
  return range;
}
