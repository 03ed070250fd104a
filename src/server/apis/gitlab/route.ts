import type { FastifyReply, FastifyRequest } from 'fastify';
import { ShiplogFault } from '../../errors.ts';
import { tokenParameters } from '../../http/authentication.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import { nestParameters } from '../../http/nested-parameters.ts';
import { isStorable } from '../../http/storable-text.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import type { AccessRule, Principal } from '../../principal.ts';
import { badRequest, GitLabAnswer, message, parameterError } from './answers.ts';
import { type Parameters, readParameters, type Values } from './parameters.ts';

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
  sent(): Readonly<Record<string, unknown>>;
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
  /** The id of the project that had a path before it was renamed; undefined where the principal may know of none. */
  readonly movedTo?: ((principal: Principal, path: string) => Promise<number | undefined>) | undefined;
}

/** Registers routes with the parameters merged from query, body and path, of which the later win. */
export function registerGitLabRoutes(app: TypedApp, routes: readonly GitLabRoute[], options: RouteOptions): void {
  const { publicUrl, movedTo } = options;
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
        const baseUrl = publicUrl ?? `${request.protocol}://${request.host}`;
        const call = {
          values: reading.value,
          path,
          principal: request.principal,
          request,
          reply: reply as unknown as FastifyReply, // without a schema of its own, any body may be sent
          baseUrl,
          sent: () => ({ ...given, ...reading.value }),
        };
        const answer = await handler(call).catch(async (error: unknown) => {
          const movedId = isProjectMissing(url, error)
            ? await movedTo?.(request.principal, path['id'] ?? '')
            : undefined;
          throw movedId === undefined ? error : movedAnswer(request, baseUrl, movedId);
        });
        if (answer === undefined) return sendEmpty(reply, 204);
        return reply.code(status).send(answer);
      },
    });
  }
}

function isProjectMissing(url: string, error: unknown): boolean {
  const isOfProject = url.startsWith('/projects/:id') && error instanceof ShiplogFault;
  return isOfProject && error.code === 'not_found' && error.subject === 'Project';
}

/** Where the same is found under the id of the project, which stays. What writes must be told the new path. */
function movedAnswer({ method, url }: FastifyRequest, baseUrl: string, id: number): GitLabAnswer {
  if (method !== 'GET' && method !== 'HEAD') return message(405, 'Non GET methods are not allowed for moved projects');
  const location = baseUrl + withoutSecrets(url).replace(/\/projects\/[^/?]+/, `/projects/${id}`);
  return new GitLabAnswer(301, { message: 'This resource has been moved permanently' }, { location });
}

/** Answers are kept and logged where tokens must not be: whoever follows sends theirs again, as a header. */
function withoutSecrets(url: string): string {
  const [path = '', query] = url.split('?', 2);
  if (query === undefined) return path;
  const kept = query.split('&').filter((pair) => !secretNames.has(nameOf(pair)));
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

const secretNames: ReadonlySet<string> = new Set(tokenParameters);

function nameOf(pair: string): string {
  return [...new URLSearchParams(pair).keys()][0] ?? '';
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
