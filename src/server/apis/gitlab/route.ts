import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import type { AccessRule, Principal } from '../../principal.ts';
import { badRequest, parameterError } from './answers.ts';
import { nestParameters } from './nested-parameters.ts';
import { isStorable, type Parameters, readParameters, type Values } from './parameters.ts';

/** One request of a route, read. */
export interface Call<P> {
  readonly values: Values<P>;
  /** Parts of the path, decoded, as they were sent. */
  readonly path: Readonly<Record<string, string>>;
  readonly principal: Principal;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Where people reach this server, without a slash at its end, for links in answers. */
  readonly baseUrl: string;
  /** All that was sent, and the declared ones as they were read: for links to other pages. The caller's token is not in it. */
  readonly sent: Readonly<Record<string, unknown>>;
}

export interface GitLabRoute<P extends Parameters = Parameters> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /api/v4: `/projects/:id/environments/:environment_id`. */
  readonly url: string;
  readonly access: AccessRule;
  /** In the order in which what is wrong with them is told. Parts of the path may be among them. */
  readonly parameters?: P;
  /** Absent: 201 for POST, else 200; 204 wherever the handler answers undefined. */
  readonly status?: number;
  /** Counts against the token's rate of writes. */
  readonly limited?: boolean;
  handler(call: Call<P>): Promise<unknown>;
}

/** The route itself, in the shape of a list of routes whose handlers each know their own parameters. */
export function route<P extends Parameters = Record<never, never>>(declared: GitLabRoute<P>): GitLabRoute {
  return declared as unknown as GitLabRoute; // the handler is only ever called with values read by its own parameters
}

export interface RouteOptions {
  /** undefined: what each request says. */
  readonly publicUrl: string | undefined;
}

/** Registers routes with the parameters merged from query, body and path, of which the later win. */
export function registerGitLabRoutes(app: TypedApp, routes: readonly GitLabRoute[], { publicUrl }: RouteOptions): void {
  for (const { method, url, access, parameters = {}, limited = false, handler, ...rest } of routes) {
    const { status = method === 'POST' ? 201 : 200 } = rest;
    app.route({
      method,
      url,
      config: { access, limited, tokenInBody: true },
      schema: { hide: true },
      handler: async (request, reply) => {
        const path = request.params as Record<string, string>; // Fastify makes them texts
        if (!Object.values(path).every(isStorable)) throw badRequest('The path has signs that no name has');
        const given = givenBy(request);
        const reading = readParameters(parameters, given);
        if ('errors' in reading) throw parameterError(reading.errors.join(', '));
        const answer = await handler({
          values: reading.value,
          path,
          principal: request.principal,
          request,
          reply: reply as unknown as FastifyReply, // without a schema of its own, any body may be sent
          baseUrl: publicUrl ?? `${request.protocol}://${request.host}`,
          sent: { ...given, ...reading.value },
        });
        if (answer === undefined) return sendEmpty(reply, 204);
        return reply.code(status).send(answer);
      },
    });
  }
}

function givenBy({ query, body, params }: FastifyRequest): Record<string, unknown> {
  const { '*': _, ...path } = params as Record<string, string>; // Fastify makes them texts
  return { ...queryOf(query), ...bodyOf(body), ...path };
}

function queryOf(query: unknown): Record<string, unknown> {
  const pairs = Object.entries(query as Record<string, string | string[]>); // Fastify's parser makes these
  return nestParameters(pairs.flatMap(([name, value]) => [value].flat().map((each) => [name, each] as const)));
}

/** The parameters of a body; a body that is no object has none. */
export function bodyOf(body: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isObject ? (body as Record<string, unknown>) : {}; // just seen to be one
}
