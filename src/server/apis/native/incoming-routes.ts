import { Type } from 'typebox';
import {
  IncomingDelivery,
  IncomingDeliveryDetails,
  IncomingPage,
  IncomingQuery,
  IncomingSecret,
  IncomingSecretList,
  IncomingSecretRequest,
  ProjectQuery,
} from '../../../contract/incoming.ts';
import { limits } from '../../../contract/limits.ts';
import type { IncomingInboxService } from '../../features/incoming/incoming-inbox-service.ts';
import type { IncomingSecretService } from '../../features/incoming/incoming-secret-service.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { incomingDeliveryView, incomingDetailsView, incomingSecretView } from './incoming-view.ts';
import { problems } from './native-api.ts';

const IdParams = Type.Object({ id: Type.String({ format: 'digits' }) });
const tags = ['incoming webhooks'];

/** The webhooks of other tools: by which secrets they prove themselves, what came, and what became of it. */
export function registerIncomingInboxRoutes(
  app: TypedApp,
  secrets: IncomingSecretService,
  inbox: IncomingInboxService,
): void {
  registerSecretRoutes(app, secrets);

  app.get('/api/incoming', {
    config: { access: 'read' },
    schema: {
      summary: 'Webhooks that came in for a project, latest first',
      tags,
      querystring: IncomingQuery,
      response: { 200: IncomingPage, ...problems },
    },
    handler: async ({ query, principal }) => {
      const { project, state, cursor } = query;
      const limit = Number(query.limit ?? limits.defaultPage);
      const before = cursor === undefined ? undefined : Number(cursor);
      const { items, next } = await inbox.page(principal, project, { state, limit, before });
      return { items: items.map(incomingDeliveryView), next_cursor: next === undefined ? null : String(next) };
    },
  });

  app.get('/api/incoming/:id', {
    config: { access: 'read' },
    schema: {
      summary: 'One webhook that came in, with its headers and its body',
      tags,
      params: IdParams,
      response: { 200: IncomingDeliveryDetails, ...problems },
    },
    handler: async ({ params, principal }) => incomingDetailsView(await inbox.get(principal, Number(params.id))),
  });

  app.post('/api/incoming/:id/replay', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Let a webhook that came in be understood anew',
      description: 'What it has recorded before is not recorded twice.',
      tags,
      params: IdParams,
      response: { 202: IncomingDelivery, ...problems },
    },
    handler: async ({ params, principal }, reply) =>
      reply.code(202).send(incomingDeliveryView(await inbox.replay(principal, Number(params.id)))),
  });
}

function registerSecretRoutes(app: TypedApp, secrets: IncomingSecretService): void {
  app.get('/api/incoming/secrets', {
    config: { access: 'read' },
    schema: {
      summary: 'The secrets by which a project’s tools prove their webhooks, without what is secret',
      tags,
      querystring: ProjectQuery,
      response: { 200: IncomingSecretList, ...problems },
    },
    handler: async ({ query, principal }) => ({
      items: (await secrets.list(principal, query.project)).map(incomingSecretView),
    }),
  });

  app.post('/api/incoming/secrets', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Store or make a secret for a project’s webhooks of one tool',
      tags,
      querystring: ProjectQuery,
      body: IncomingSecretRequest,
      response: { 201: IncomingSecret, ...problems },
    },
    handler: async ({ query, body, principal }, reply) => {
      const { secret, ...facts } = await secrets.create(principal, query.project, body.source, body.secret);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...incomingSecretView(facts), secret });
    },
  });

  app.delete('/api/incoming/secrets/:id', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Forget a secret: what is proven by it is refused from now on',
      tags,
      params: IdParams,
      querystring: ProjectQuery,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params, query, principal }, reply) => {
      await secrets.delete(principal, query.project, Number(params.id));
      return sendEmpty(reply, 204);
    },
  });
}
