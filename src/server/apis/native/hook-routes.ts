import { Type } from 'typebox';
import { Hook, HookList, HookRequest, HookUpdate, hookTopics } from '../../../contract/hooks.ts';
import { limits } from '../../../contract/limits.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { Project } from '../../features/projects/project-types.ts';
import type { DeliveryService } from '../../features/webhooks/delivery-service.ts';
import type { WebhookService } from '../../features/webhooks/webhook-service.ts';
import type { Hook as StoredHook } from '../../features/webhooks/webhook-types.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { HookParams, hookView } from './hook-view.ts';
import { problems } from './native-api.ts';

const ProjectQuery = Type.Object(
  {
    project: Type.String({
      minLength: 1,
      maxLength: limits.path,
      format: 'text',
      description: 'Its path, `group/name`, or its number.',
    }),
  },
  { additionalProperties: false },
);

/** A project has at most so many hooks. */
const allHooks = { limit: 100, offset: 0 } as const;

/** The hooks of a project. */
export function registerHookListRoutes(
  app: TypedApp,
  projects: ProjectService,
  webhooks: WebhookService,
  deliveries: DeliveryService,
): void {
  app.get('/api/hooks', {
    config: { access: 'write' },
    schema: {
      summary: 'The hooks of a project, for its maintainers',
      tags: ['hooks'],
      querystring: ProjectQuery,
      response: { 200: HookList, ...problems },
    },
    handler: async ({ query, principal }) => {
      const project = await projects.resolve(principal, query.project);
      const { items } = await webhooks.list(principal, project, allHooks);
      const latest = await deliveries.latest(items);
      return { items: items.map((hook) => hookView(hook, project, latest.get(hook.id))) };
    },
  });

  app.post('/api/hooks', {
    config: { access: 'write', limited: true },
    schema: { summary: 'Make a hook', tags: ['hooks'], body: HookRequest, response: { 201: Hook, ...problems } },
    handler: async ({ body, principal }, reply) => {
      const { project: path, url, shape, topics = hookTopics, secret, active, verify_tls: verifyTls } = body;
      const project = await projects.resolve(principal, path);
      const hook = await webhooks.create(principal, project, shape, { url, topics, secret, active, verifyTls });
      return reply
        .code(201)
        .header('location', `/api/hooks/${hook.id}`)
        .send(hookView(hook, project, undefined));
    },
  });
}

/** One hook, by its id. */
export function registerHookRoutes(app: TypedApp, webhooks: WebhookService, deliveries: DeliveryService): void {
  const shown = async (hook: StoredHook, project: Project) =>
    hookView(hook, project, (await deliveries.latest([hook])).get(hook.id));

  app.get('/api/hooks/:id', {
    config: { access: 'write' },
    schema: { summary: 'One hook', tags: ['hooks'], params: HookParams, response: { 200: Hook, ...problems } },
    handler: async ({ params, principal }) => {
      const { project, hook } = await webhooks.place(principal, Number(params.id));
      return shown(hook, project);
    },
  });

  app.patch('/api/hooks/:id', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Change a hook',
      tags: ['hooks'],
      params: HookParams,
      body: HookUpdate,
      response: { 200: Hook, ...problems },
    },
    handler: async ({ params, body, principal }) => {
      const { url, topics, secret, active, verify_tls: verifyTls } = body;
      const { project, hook } = await webhooks.place(principal, Number(params.id));
      const change = () => ({ url, topics, secret, active, verifyTls });
      return shown(await webhooks.update(principal, project, hook.id, change), project);
    },
  });

  app.delete('/api/hooks/:id', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Remove a hook, with its deliveries',
      tags: ['hooks'],
      params: HookParams,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params, principal }, reply) => {
      const { project, hook } = await webhooks.place(principal, Number(params.id));
      await webhooks.delete(principal, project, hook.id);
      return sendEmpty(reply, 204);
    },
  });
}
