import type { Clock } from '../../clock.ts';
import type { AccessTokenService } from '../../features/tokens/access-token-service.ts';
import { pageOf, paginate } from './pagination.ts';
import { integer } from './parameters.ts';
import { type GitLabRoute, route } from './route.ts';
import {
  newTokenParameters,
  rotated,
  rotationParameters,
  tokenFilter,
  tokenListParameters,
  wantedToken,
} from './token-parameters.ts';
import { newTokenView, tokenView } from './token-view.ts';

const ofToken = { id: integer({ required: true }) } as const;
const own = { kind: 'own' } as const;
const personal = (id: number) => ({ kind: 'personal', id }) as const;

/** Personal tokens, and under `self` the one that the request came with, of whatever kind. */
export function personalTokenRoutes(tokens: AccessTokenService, clock: Clock): GitLabRoute[] {
  return [...ownTokenRoutes(tokens, clock), ...peoplesTokenRoutes(tokens, clock), ...newTokenRoutes(tokens, clock)];
}

function ownTokenRoutes(tokens: AccessTokenService, clock: Clock): GitLabRoute[] {
  return [
    route({
      method: 'GET',
      url: '/personal_access_tokens/self',
      access: 'signed-in',
      handler: async ({ principal }) => tokenView(await tokens.get(principal, own), clock()),
    }),
    route({
      method: 'DELETE',
      url: '/personal_access_tokens/self',
      access: 'signed-in',
      limited: true,
      handler: ({ principal }) => tokens.revoke(principal, own),
    }),
    route({
      method: 'POST',
      url: '/personal_access_tokens/self/rotate',
      access: 'write',
      limited: true,
      status: 200,
      parameters: rotationParameters,
      handler: async ({ principal, values, reply }) => {
        reply.header('cache-control', 'no-store');
        const made = await rotated(tokens.rotate(principal, own, { expiresAt: values.expires_at }));
        return newTokenView(made, clock());
      },
    }),
  ];
}

function peoplesTokenRoutes(tokens: AccessTokenService, clock: Clock): GitLabRoute[] {
  return [
    route({
      method: 'GET',
      url: '/personal_access_tokens',
      access: 'read',
      parameters: { user_id: integer(), ...tokenListParameters },
      handler: async (call) => {
        const page = pageOf(call);
        const { user_id, ...rest } = call.values;
        const { items, total } = await tokens.ofPeople(call.principal, user_id, tokenFilter(rest), page);
        return paginate(call, page, { items: items.map((facts) => tokenView(facts, clock())), total });
      },
    }),
    route({
      method: 'GET',
      url: '/personal_access_tokens/:id',
      access: 'read',
      parameters: ofToken,
      handler: async ({ principal, values }) => tokenView(await tokens.get(principal, personal(values.id)), clock()),
    }),
    route({
      method: 'DELETE',
      url: '/personal_access_tokens/:id',
      access: 'write',
      limited: true,
      parameters: ofToken,
      handler: ({ principal, values }) => tokens.revoke(principal, personal(values.id)),
    }),
    route({
      method: 'POST',
      url: '/personal_access_tokens/:id/rotate',
      access: 'write',
      limited: true,
      status: 200,
      parameters: { ...ofToken, ...rotationParameters },
      handler: async ({ principal, values, reply }) => {
        reply.header('cache-control', 'no-store');
        const { id, expires_at: expiresAt } = values;
        return newTokenView(await rotated(tokens.rotate(principal, personal(id), { expiresAt })), clock());
      },
    }),
  ];
}

function newTokenRoutes(tokens: AccessTokenService, clock: Clock): GitLabRoute[] {
  return [
    route({
      method: 'POST',
      url: '/users/:user_id/personal_access_tokens',
      access: 'admin',
      limited: true,
      parameters: { user_id: integer({ required: true }), ...newTokenParameters },
      handler: async ({ principal, values, reply }) => {
        reply.header('cache-control', 'no-store');
        return newTokenView(await tokens.createPersonal(principal, values.user_id, wantedToken(values)), clock());
      },
    }),
    route({
      method: 'POST',
      url: '/user/personal_access_tokens',
      access: 'write',
      limited: true,
      parameters: newTokenParameters,
      handler: async ({ principal, values, reply }) => {
        reply.header('cache-control', 'no-store');
        const made = await tokens.createPersonal(principal, principal.userId ?? -1, wantedToken(values));
        return newTokenView(made, clock());
      },
    }),
  ];
}
