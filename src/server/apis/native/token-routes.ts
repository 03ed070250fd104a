import { Type } from 'typebox';
import { Token, TokenList, TokenRequest } from '../../../contract/access.ts';
import type { TokenService } from '../../features/tokens/token-service.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { tokenView } from './access-view.ts';
import { problems } from './native-api.ts';

const TokenParams = Type.Object({ id: Type.String({ format: 'digits' }) });

export function registerTokenRoutes(app: TypedApp, tokens: TokenService): void {
  app.get('/api/tokens', {
    config: { access: 'write' },
    schema: {
      summary: 'Your tokens; an administrator sees all',
      tags: ['tokens'],
      response: { 200: TokenList, ...problems },
    },
    handler: async ({ principal }) => ({ items: (await tokens.list(principal)).map(tokenView) }),
  });

  app.post('/api/tokens', {
    config: { access: 'write', limited: true },
    schema: { summary: 'Make a token', tags: ['tokens'], body: TokenRequest, response: { 201: Token, ...problems } },
    handler: async ({ body, principal }, reply) => {
      const { name, scopes, project, group, expires_at } = body;
      const expiresAt = expires_at === undefined ? undefined : Date.parse(expires_at);
      const { secret, ...facts } = await tokens.create(principal, { name, scopes, project, group, expiresAt });
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...tokenView(facts), token: secret });
    },
  });

  app.delete('/api/tokens/:id', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Revoke a token',
      tags: ['tokens'],
      params: TokenParams,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params, principal }, reply) => {
      await tokens.revoke(principal, Number(params.id));
      return sendEmpty(reply, 204);
    },
  });
}
