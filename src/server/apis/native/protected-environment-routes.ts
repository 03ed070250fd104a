import { Type } from 'typebox';
import { limits } from '../../../contract/limits.ts';
import {
  ProtectedEnvironment,
  ProtectedEnvironmentPage,
  ProtectionListQuery,
  ProtectionOwnerQuery,
  ProtectionRequest,
  ProtectionUpdate,
  protectionLimits,
} from '../../../contract/protected-environments.ts';
import type { ProtectionOverviewService } from '../../features/protected-environments/protection-overview-service.ts';
import type { ProtectionService } from '../../features/protected-environments/protection-service.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { problems } from './native-api.ts';
import { ownerOf, type Places } from './place.ts';
import { protectionChangeOf, protectionPageView, protectionView } from './protected-environment-view.ts';

const tags = ['protected environments'];
const NameParams = Type.Object({ name: Type.String({ maxLength: protectionLimits.name, format: 'text' }) });

interface ProtectionServices extends Places {
  readonly protections: ProtectionService;
  readonly protectionOverview: ProtectionOverviewService;
}

/** Who may deploy where, and who must approve it: of a project by environment, of a group by tier. */
export function registerProtectedEnvironmentRoutes(app: TypedApp, services: ProtectionServices): void {
  const { protections, protectionOverview, ...places } = services;

  app.get('/api/protected-environments', {
    config: { access: 'read' },
    schema: {
      summary: 'What a project or a group protects, for its developers',
      tags,
      querystring: ProtectionListQuery,
      response: { 200: ProtectedEnvironmentPage, ...problems },
    },
    handler: async ({ query, principal }) => {
      const owner = await ownerOf(places, principal, query);
      const limit = Number(query.limit ?? limits.defaultPage);
      const after = query.cursor === undefined ? undefined : Number(query.cursor);
      return protectionPageView(owner, await protectionOverview.page(principal, owner, { limit, after }));
    },
  });

  app.post('/api/protected-environments', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Protect an environment',
      description: 'By maintainers. What is deployed there from now on waits for the approvals asked for.',
      tags,
      querystring: ProtectionOwnerQuery,
      body: ProtectionRequest,
      response: { 201: ProtectedEnvironment, ...problems },
    },
    handler: async ({ query, body: { name, ...change }, principal }, reply) => {
      const owner = await ownerOf(places, principal, query);
      const made = await protections.protect(principal, owner, name, protectionChangeOf(change));
      return reply.code(201).send(protectionView(owner, made));
    },
  });

  app.get('/api/protected-environments/:name', {
    config: { access: 'read' },
    schema: {
      summary: 'One protected environment, for maintainers',
      tags,
      params: NameParams,
      querystring: ProtectionOwnerQuery,
      response: { 200: ProtectedEnvironment, ...problems },
    },
    handler: async ({ params, query, principal }) => {
      const owner = await ownerOf(places, principal, query);
      return protectionView(owner, await protections.get(principal, owner, params.name));
    },
  });

  app.patch('/api/protected-environments/:name', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Change who may deploy and who must approve',
      description: 'By maintainers. What no longer has to wait runs at once.',
      tags,
      params: NameParams,
      querystring: ProtectionOwnerQuery,
      body: ProtectionUpdate,
      response: { 200: ProtectedEnvironment, ...problems },
    },
    handler: async ({ params, query, body, principal }) => {
      const owner = await ownerOf(places, principal, query);
      return protectionView(owner, await protections.update(principal, owner, params.name, protectionChangeOf(body)));
    },
  });

  app.delete('/api/protected-environments/:name', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Unprotect an environment',
      description: 'By maintainers. What waits there runs at once.',
      tags,
      params: NameParams,
      querystring: ProtectionOwnerQuery,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params, query, principal }, reply) => {
      await protections.unprotect(principal, await ownerOf(places, principal, query), params.name);
      return sendEmpty(reply, 204);
    },
  });
}
