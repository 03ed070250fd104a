import { accessLevels } from '../../../contract/access-levels.ts';
import type { Clock } from '../../clock.ts';
import type { AccessTokenService } from '../../features/tokens/access-token-service.ts';
import { accessLevel } from './access-level.ts';
import type { Home } from './member-routes.ts';
import { pageOf, paginate } from './pagination.ts';
import { integer } from './parameters.ts';
import { type Call, type GitLabRoute, route } from './route.ts';
import {
  newTokenParameters,
  rotated,
  rotationParameters,
  tokenFilter,
  tokenListParameters,
  wantedToken,
} from './token-parameters.ts';
import { newTokenView, tokenView } from './token-view.ts';

const ofToken = { token_id: integer({ required: true }) } as const;

/** Tokens of a project or a group: each acts for a bot that is a member there. */
export function heldTokenRoutes({ url, find }: Home, tokens: AccessTokenService, clock: Clock): GitLabRoute[] {
  const holderOf = ({ principal, path }: Pick<Call<unknown>, 'principal' | 'path'>) =>
    find(principal, path['id'] ?? '');
  const meant = async (call: Call<typeof ofToken>) =>
    ({ kind: 'held', holder: await holderOf(call), id: call.values.token_id }) as const;
  return [
    route({
      method: 'GET',
      url: `${url}/access_tokens`,
      access: 'read',
      parameters: tokenListParameters,
      handler: async (call) => {
        const page = pageOf(call);
        const { items, total } = await tokens.ofHolder(await holderOf(call), tokenFilter(call.values), page);
        return paginate(call, page, { items: items.map((facts) => tokenView(facts, clock())), total });
      },
    }),
    route({
      method: 'GET',
      url: `${url}/access_tokens/:token_id`,
      access: 'read',
      parameters: ofToken,
      handler: async (call) => tokenView(await tokens.get(call.principal, await meant(call)), clock()),
    }),
    route({
      method: 'POST',
      url: `${url}/access_tokens`,
      access: 'write',
      limited: true,
      parameters: { ...newTokenParameters, access_level: accessLevel({ fallback: accessLevels.maintainer }) },
      handler: async (call) => {
        call.reply.header('cache-control', 'no-store');
        const wanted = { ...wantedToken(call.values), accessLevel: call.values.access_level };
        return newTokenView(await tokens.createHeld(call.principal, await holderOf(call), wanted), clock());
      },
    }),
    route({
      method: 'DELETE',
      url: `${url}/access_tokens/:token_id`,
      access: 'write',
      limited: true,
      parameters: ofToken,
      handler: async (call) => tokens.revoke(call.principal, await meant(call)),
    }),
    route({
      method: 'POST',
      url: `${url}/access_tokens/self/rotate`,
      access: 'write',
      limited: true,
      status: 200,
      parameters: rotationParameters,
      handler: async (call) => {
        call.reply.header('cache-control', 'no-store');
        const own = { kind: 'own', holder: await holderOf(call) } as const;
        const rotation = tokens.rotate(call.principal, own, { expiresAt: call.values.expires_at });
        return newTokenView(await rotated(rotation), clock());
      },
    }),
    route({
      method: 'POST',
      url: `${url}/access_tokens/:token_id/rotate`,
      access: 'write',
      limited: true,
      status: 200,
      parameters: { ...ofToken, ...rotationParameters },
      handler: async (call) => {
        call.reply.header('cache-control', 'no-store');
        const expiresAt = call.values.expires_at;
        return newTokenView(await rotated(tokens.rotate(call.principal, await meant(call), { expiresAt })), clock());
      },
    }),
  ];
}
