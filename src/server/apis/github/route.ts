import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendEmpty } from '../../http/empty-answer.ts';
import { isStorable } from '../../http/storable-text.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import type { AccessRule, Principal } from '../../principal.ts';
import { GitHubAnswer, message } from './answers.ts';
import { type Addresses, apiUrlOf } from './mounts.ts';

/** One request of a route. */
export interface GitHubCall extends Addresses {
  /** Parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Without the caller's token. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly principal: Principal;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface GitHubRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below either mount: `/repos/:owner/:repo/deployments/:deployment_id(^\\d{1,15}$)`. */
  readonly url: string;
  readonly access: AccessRule;
  /** Counts against the token's rate of writes. */
  readonly limited?: boolean;
  /** Absent: 201 for POST, else 200; 204 wherever the handler answers undefined. */
  readonly status?: number;
  handler(call: GitHubCall): Promise<unknown>;
}

/** Registers the routes. `publicUrl` undefined: links begin with what each request says. */
export function registerGitHubRoutes(
  app: TypedApp,
  routes: readonly GitHubRoute[],
  publicUrl: string | undefined,
): void {
  for (const { method, url, access, limited = false, handler, ...rest } of routes) {
    const { status = method === 'POST' ? 201 : 200 } = rest;
    app.route({
      method,
      url,
      config: { access, limited },
      schema: { hide: true },
      handler: async (request, reply) => {
        const params = request.params as Record<string, string>; // Fastify makes them texts
        if (!Object.values(params).every(isStorable)) throw message(404, 'Not Found');
        const webUrl = publicUrl ?? `${request.protocol}://${request.host}`;
        const answer = await handler({
          params,
          query: request.query as Record<string, unknown>, // Fastify's parser makes an object
          body: bodyOf(request.body),
          principal: request.principal,
          request,
          reply: reply as unknown as FastifyReply, // without a schema of its own, any body may be sent
          apiUrl: apiUrlOf(request, webUrl),
          webUrl,
        });
        if (answer instanceof GitHubAnswer) throw answer;
        if (answer === undefined) return sendEmpty(reply, 204);
        return reply.code(status).send(answer);
      },
    });
  }
}

function bodyOf(body: unknown): Readonly<Record<string, unknown>> {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) throw message(400, 'Body should be a JSON object');
  return body as Record<string, unknown>; // just seen to be one
}
