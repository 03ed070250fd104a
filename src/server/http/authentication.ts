import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { Clock } from '../clock.ts';
import { ShiplogFault } from '../errors.ts';
import { type AccessRule, anonymous, type Principal, satisfies } from '../principal.ts';
import { hashSecret } from '../secret-hash.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route; a route without one cannot be registered. */
    access?: AccessRule;
    /** A public route whose answer depends on who asks. The others ask no database, which may be away. */
    identifies?: boolean;
    /** Open to a user who must change the password first. */
    beforePasswordChange?: boolean;
  }
  interface FastifyRequest {
    principal: Principal;
    /** Decides anew, for an answer that lasts. Throws where the caller would not be let in now. */
    authenticateAgain: () => Promise<Principal>;
  }
  interface FastifyInstance {
    /** Every registered route with its rule, for the test that walks them. */
    declaredRoutes: readonly RouteOptions[];
  }
}

/** Finds out who a secret speaks for; undefined where it is not valid. */
export interface Authenticator {
  byToken(secret: string): Promise<Principal | undefined>;
  bySession(id: string): Promise<Principal | undefined>;
}

export const sessionCookie = 'shiplog_session';

/** How long an answer of the authenticator is believed: after this, a revocation on another node takes effect here. */
const rememberMs = 5000;
const rememberLimit = 10_000;

/** Remembers for a moment who a secret speaks for, so that a busy token costs no query a request. */
export class RememberedAuthenticator implements Authenticator {
  readonly #source: Authenticator;
  readonly #clock: Clock;
  #known = new Map<string, { readonly principal: Principal; readonly at: number }>();

  constructor(source: Authenticator, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  byToken(secret: string): Promise<Principal | undefined> {
    return this.#remember(`token ${hashSecret(secret)}`, () => this.#source.byToken(secret));
  }

  bySession(id: string): Promise<Principal | undefined> {
    return this.#remember(`session ${hashSecret(id)}`, () => this.#source.bySession(id));
  }

  /** Something about tokens, sessions or users changed on this node. */
  forget(): void {
    // A new map: what is being looked up at this moment is remembered in the old one.
    this.#known = new Map();
  }

  async #remember(key: string, find: () => Promise<Principal | undefined>): Promise<Principal | undefined> {
    const now = this.#clock();
    const known = this.#known;
    const found = known.get(key);
    // A clock that was set back must not prolong it.
    if (found && Math.abs(now - found.at) < rememberMs) return found.principal;
    const principal = await find();
    if (known.size >= rememberLimit) known.clear();
    // Only a valid secret is remembered: a new token works at once.
    if (principal) known.set(key, { principal, at: now });
    else known.delete(key);
    return principal;
  }
}

/** Decides about each request before its body is read: who it is, and whether the route's rule lets it in. */
export function registerAuthentication(
  app: FastifyInstance,
  authenticator: Authenticator,
  options: { readonly publicRead: boolean },
): void {
  // Every route's request passes the hook below first.
  app.decorateRequest('principal', null as unknown as Principal);
  app.decorateRequest('authenticateAgain', null as unknown as () => Promise<Principal>);
  const routes: RouteOptions[] = [];
  app.decorate('declaredRoutes', routes);
  app.addHook('onRoute', (route) => void routes.push(route));
  app.addHook('onReady', async () => {
    const open = routes.find(({ config }) => !config?.access);
    if (open) throw new TypeError(`${open.method} ${open.url} declares no access rule.`);
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const { access: rule = 'admin', beforePasswordChange = false, identifies = false } = request.routeOptions.config;
    if (rule === 'public' && !identifies) {
      request.principal = anonymous;
      return;
    }
    const credentials = credentialsOf(request);
    request.authenticateAgain = async () => {
      const principal = await identify(credentials, authenticator, rule);
      if (rule === 'public') return principal;
      if (principal.mustChangePassword && !beforePasswordChange) {
        throw new ShiplogFault('password_change_required', 'Change the one-time password first.');
      }
      letIn(principal, rule, options.publicRead);
      return principal;
    };
    request.principal = await request.authenticateAgain();
  });
}

const mayWhat = {
  read: 'read',
  record: 'record',
  'record-all': 'record for every project',
  write: 'write',
  admin: 'administer the server',
} as const;

/** Throws where a rule does not let a principal in: `unauthenticated` for nobody, `forbidden` for somebody. */
function letIn(principal: Principal, rule: Exclude<AccessRule, 'public'>, publicRead: boolean): void {
  if (principal === anonymous) {
    if (rule === 'read' && publicRead) return;
    throw new ShiplogFault('unauthenticated', 'Send a token, for example as the header X-Api-Key.');
  }
  if (rule === 'signed-in' || satisfies(principal, rule)) return;
  throw new ShiplogFault(
    'forbidden',
    `This needs a token that may ${mayWhat[rule]}.${rule === 'read' ? ' Scopes that may: read_api, api.' : ''}`,
  );
}

interface Credentials {
  readonly secret: string | undefined;
  readonly session: string | undefined;
}

/** A token goes before the session of a browser. */
function credentialsOf(request: FastifyRequest): Credentials {
  const secret = tokenOf(request);
  const session = secret === undefined ? request.cookies[sessionCookie] : undefined;
  if (session && !isSafe(request.method)) refuseOtherSites(request);
  return { secret, session };
}

async function identify(
  { secret, session }: Credentials,
  authenticator: Authenticator,
  rule: AccessRule,
): Promise<Principal> {
  if (secret !== undefined) {
    const principal = await authenticator.byToken(secret);
    if (principal) return principal;
    if (rule !== 'public') throw new ShiplogFault('credentials_wrong', 'The token is wrong, or it has expired.');
  }
  return (session && (await authenticator.bySession(session))) || anonymous;
}

/** One token is accepted in every form that clients of the three dialects send. */
function tokenOf({ headers, query }: FastifyRequest): string | undefined {
  const parameters = query as Record<string, unknown>; // parsed, not yet checked
  const { private_token: parameter } = parameters;
  delete parameters['private_token'];
  for (const name of ['x-api-key', 'private-token', 'job-token'] as const) {
    const value = headers[name];
    if (typeof value === 'string') return value;
  }
  const authorization = headers.authorization;
  if (authorization !== undefined) return ofAuthorization(authorization);
  return typeof parameter === 'string' ? parameter : undefined;
}

function ofAuthorization(value: string): string {
  const [, scheme = '', credentials = ''] = /^(\S+)\s+(.*)$/.exec(value) ?? [];
  if (scheme.toLowerCase() !== 'basic') return credentials;
  // A token of the settings may hold colons; a user name cannot.
  const [, user = '', password = ''] = /^([^:]*):?(.*)$/s.exec(Buffer.from(credentials, 'base64').toString()) ?? [];
  // Clients send the token as the password, or as the user with an empty or fixed password.
  return password === '' || password === 'x-oauth-basic' ? user : password;
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

/** A browser sends the cookie along with other sites' forms too; SameSite=Lax stops most, this the rest. */
function refuseOtherSites({ headers, host }: FastifyRequest): void {
  const { origin } = headers;
  const sameSite = headers['sec-fetch-site'];
  if (sameSite === 'same-origin' || sameSite === 'none') return;
  if (origin !== undefined && URL.canParse(origin) && new URL(origin).host === host) return;
  throw new ShiplogFault('origin_mismatch', 'A change by session cookie must come from Shiplog’s own page.');
}
