import { Type } from 'typebox';
import {
  Token,
  TokenList,
  TokenPlaceQuery,
  TokenQuery,
  TokenRequest,
  TokenRotation,
} from '../../../contract/access.ts';
import { invalid } from '../../errors.ts';
import type { AccessTokenService } from '../../features/tokens/access-token-service.ts';
import type { TokenService } from '../../features/tokens/token-service.ts';
import type { NewTokenFacts } from '../../features/tokens/token-types.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { tokenView } from './access-view.ts';
import { pageOf } from './list-page.ts';
import { problems } from './native-api.ts';
import type { Places } from './place.ts';
import { placeFor, placeOf, referenceTo } from './token-place.ts';

const TokenParams = Type.Object({ id: Type.String({ format: 'digits' }) });
const tags = ['tokens'];

/** Tokens of people, and of the projects and groups that they maintain. */
export function registerTokenRoutes(
  app: TypedApp,
  tokens: TokenService,
  accessTokens: AccessTokenService,
  places: Places,
): void {
  app.get('/api/tokens', {
    config: { access: 'write' },
    schema: {
      summary: 'Your tokens, of an administrator all; or those of a project or group',
      description: 'Those that have not been revoked. Pages come newest first.',
      tags,
      querystring: TokenQuery,
      response: { 200: TokenList, ...problems },
    },
    handler: async ({ query, principal }) => {
      const holder = await placeOf(places, principal, query);
      if (!holder && query.of === undefined) {
        refusePlaceless(query);
        return { items: (await tokens.list(principal)).map(tokenView) };
      }
      const filter = { revoked: query.revoked === 'true' };
      const { items, total } = holder
        ? await accessTokens.ofHolder(holder, filter, pageOf(query))
        : await accessTokens.ofCaller(principal, filter, pageOf(query));
      return { items: items.map(tokenView), total };
    },
  });

  app.post('/api/tokens', {
    config: { access: 'write', limited: true },
    schema: { summary: 'Make a token', tags, body: TokenRequest, response: { 201: Token, ...problems } },
    handler: async ({ body, principal }, reply) => {
      const { access_level: accessLevel, expires_at, ...wanted } = body;
      const expiresAt = timeOf(expires_at);
      const holder = accessLevel === undefined ? undefined : await placeFor(places, principal, body);
      const made =
        holder && accessLevel !== undefined
          ? accessTokens.createHeld(principal, holder, { ...wanted, accessLevel, expiresAt })
          : tokens.create(principal, { ...wanted, expiresAt });
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send(newTokenView(await made));
    },
  });

  app.post('/api/tokens/:id/rotate', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Give a token a new secret; the old one ends at once',
      tags,
      params: TokenParams,
      querystring: TokenPlaceQuery,
      body: TokenRotation,
      response: { 201: Token, ...problems },
    },
    handler: async ({ params, query, body, principal }, reply) => {
      const meant = await referenceTo(places, principal, query, Number(params.id));
      const made = await accessTokens.rotate(principal, meant, { expiresAt: timeOf(body.expires_at) });
      return reply.code(201).header('cache-control', 'no-store').send(newTokenView(made));
    },
  });

  app.delete('/api/tokens/:id', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Revoke a token',
      tags,
      params: TokenParams,
      querystring: TokenPlaceQuery,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params, query, principal }, reply) => {
      const meant = await referenceTo(places, principal, query, Number(params.id));
      if (meant.kind === 'held') await accessTokens.revoke(principal, meant);
      else await tokens.revoke(principal, meant.id);
      return sendEmpty(reply, 204);
    },
  });
}

/** Throws `validation_failed` for what only the list of one holder knows. */
function refusePlaceless(query: TokenQuery): void {
  const fields = (['revoked', 'limit', 'page'] as const).filter((field) => query[field] !== undefined);
  if (fields.length > 0)
    throw invalid(fields.map((field) => ({ pointer: `/${field}`, message: 'needs of, project or group' })));
}

function newTokenView({ secret, ...facts }: NewTokenFacts): Token {
  return { ...tokenView(facts), token: secret };
}

function timeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
