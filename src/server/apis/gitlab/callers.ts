import type { FastifyRequest } from 'fastify';
import { notFound } from '../../errors.ts';
import { letIn, takeToken } from '../../http/authentication.ts';
import { isStorable } from '../../http/storable-text.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { type Principal, satisfies } from '../../principal.ts';
import { message } from './answers.ts';
import { bodyOf } from './route.ts';

/** Who an administrator may act as. */
export interface Impersonation {
  /** By id or user name; undefined where there is no such user, or it may not act. */
  principalNamed(idOrUsername: string): Promise<Principal | undefined>;
}

/**
 * Who calls, as far as it is told elsewhere than in headers and query, which every request's authentication reads: a token
 * in the body, and `sudo`, by which an administrator acts as somebody else.
 */
export function registerCallers(scope: TypedApp, users: Impersonation, publicRead: boolean): void {
  scope.addHook('preValidation', async (request) => {
    if (request.is404) return;
    const body = bodyOf(request.body) as Record<string, unknown>; // made for this request
    const token = takeToken(body);
    request.principal ??= await request.authenticateAgain(token);
    const name = sudoOf(request, body);
    const { access = 'admin' } = request.routeOptions.config;
    if (name === undefined || access === 'public') return;
    const { principal: admin } = request;
    if (!satisfies(admin, 'admin')) throw message(403, '403 Forbidden - Must be admin to use sudo');
    const principal = isStorable(name) ? await users.principalNamed(name) : undefined;
    if (!principal) throw notFound(`User with ID or username '${name}'`);
    letIn(principal, access, publicRead);
    // What is made in the name of another, such as a token, must not outlast the token that made it.
    request.principal = { ...principal, expiresAt: admin.expiresAt };
  });
}

function sudoOf({ headers, query }: FastifyRequest, body: Readonly<Record<string, unknown>>): string | undefined {
  const named = headers['sudo'] ?? (query as Record<string, unknown>)['sudo'] ?? body['sudo']; // parsed, not yet checked
  return typeof named === 'string' || typeof named === 'number' ? String(named) : undefined;
}
