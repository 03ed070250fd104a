import { Type } from 'typebox';
import { HookDelivery, HookDeliveryDetails, HookDeliveryPage, HookDeliveryQuery } from '../../../contract/hooks.ts';
import { limits } from '../../../contract/limits.ts';
import type { DeliveryService } from '../../features/webhooks/delivery-service.ts';
import type { WebhookService } from '../../features/webhooks/webhook-service.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { deliveryDetailsView, deliveryView, HookParams } from './hook-view.ts';
import { problems } from './native-api.ts';

const DeliveryParams = Type.Object({
  id: Type.String({ format: 'digits' }),
  delivery: Type.String({ format: 'digits' }),
});

/** What was sent to a hook, and sending it again. */
export function registerHookDeliveryRoutes(app: TypedApp, webhooks: WebhookService, deliveries: DeliveryService): void {
  app.post('/api/hooks/:id/test', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Send a test to a hook now',
      description: 'Answers how that went: within 10 seconds, whatever the receiver does.',
      tags: ['hooks'],
      params: HookParams,
      response: { 200: HookDelivery, ...problems },
    },
    handler: async ({ params, principal }) => {
      const { project, hook } = await webhooks.place(principal, Number(params.id));
      return deliveryView(await deliveries.ping(principal, project, hook.id));
    },
  });

  app.get('/api/hooks/:id/deliveries', {
    config: { access: 'write' },
    schema: {
      summary: 'What was sent to a hook, newest first',
      description: 'Deliveries are kept for 30 days.',
      tags: ['hooks'],
      params: HookParams,
      querystring: HookDeliveryQuery,
      response: { 200: HookDeliveryPage, ...problems },
    },
    handler: async ({ params, query, principal }) => {
      const { project, hook } = await webhooks.place(principal, Number(params.id));
      const { items, next } = await deliveries.slice(principal, project, hook.id, {
        outcome: query.status,
        before: query.cursor === undefined ? undefined : Number(query.cursor),
        limit: Number(query.limit ?? limits.defaultPage),
      });
      return { items: items.map(deliveryView), next_cursor: next === undefined ? null : String(next) };
    },
  });

  app.get('/api/hooks/:id/deliveries/:delivery', {
    config: { access: 'write' },
    schema: {
      summary: 'One delivery, with its last request and answer',
      tags: ['hooks'],
      params: DeliveryParams,
      response: { 200: HookDeliveryDetails, ...problems },
    },
    handler: async ({ params, principal }) => {
      const { project, hook } = await webhooks.place(principal, Number(params.id));
      return deliveryDetailsView(await deliveries.get(principal, project, hook.id, Number(params.delivery)));
    },
  });

  app.post('/api/hooks/:id/deliveries/:delivery/redeliver', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Send a delivery again now, under its uuid',
      description: 'Answers how that went: within 10 seconds, whatever the receiver does.',
      tags: ['hooks'],
      params: DeliveryParams,
      response: { 200: HookDelivery, ...problems },
    },
    handler: async ({ params, principal }) => {
      const { project, hook } = await webhooks.place(principal, Number(params.id));
      return deliveryView(await deliveries.resend(principal, project, hook.id, Number(params.delivery)));
    },
  });
}
