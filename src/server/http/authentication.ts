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
    /** Takes a token from the body too. Whoever registers such a route calls `authenticateAgain` once the body is read. */
    tokenInBody?: boolean;
  }
  interface FastifyRequest {
    principal: Principal;
    /**
     * Decides anew: for an answer that lasts, or by a token that came in the body where nothing came before it. Throws
     * where the caller would not be let in now.
     */
    authenticateAgain: (tokenInBody?: string) => Promise<Principal>;
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
  /** Of a secret that is not valid: whether it once was, and how that ended. */
  howEnded(secret: string): Promise<'expired' | 'revoked' | undefined>;
}

/** The caller is known, and its token may not do what the route is for. */
export class ScopeMissing extends ShiplogFault {
  readonly rule: keyof typeof mayWhat;

  constructor(rule: keyof typeof mayWhat) {
    const hint = rule === 'read' ? ' Scopes that may: read_api, api.' : '';
    super('forbidden', `This needs a token that may ${mayWhat[rule]}.${hint}`);
    this.rule = rule;
  }
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
  #last = { secret: '', key: '' };

  constructor(source: Authenticator, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  byToken(secret: string): Promise<Principal | undefined> {
    // A busy token comes again and again, and hashing it costs more than the rest of the look-up.
    const key = secret === this.#last.secret ? this.#last.key : `token ${hashSecret(secret)}`;
    this.#last = { secret, key };
    return this.#remember(key, () => this.#source.byToken(secret));
  }

  bySession(id: string): Promise<Principal | undefined> {
    return this.#remember(`session ${hashSecret(id)}`, () => this.#source.bySession(id));
  }

  howEnded(secret: string): Promise<'expired' | 'revoked' | undefined> {
    return this.#source.howEnded(secret);
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
  app.decorateRequest('authenticateAgain', null as unknown as FastifyRequest['authenticateAgain']);
  const routes: RouteOptions[] = [];
  app.decorate('declaredRoutes', routes);
  app.addHook('onRoute', (route) => void routes.push(route));
  app.addHook('onReady', async () => {
    const open = routes.find(({ config }) => !config?.access);
    if (open) throw new TypeError(`${open.method} ${open.url} declares no access rule.`);
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const { config } = request.routeOptions;
    const { access: rule = 'admin', beforePasswordChange = false, identifies = false } = config;
    if (rule === 'public' && !identifies) {
      request.principal = anonymous;
      return;
    }
    const credentials = credentialsOf(request);
    request.authenticateAgain = async (tokenInBody) => {
      const principal = await identify(
        { ...credentials, secret: credentials.secret ?? tokenInBody },
        authenticator,
        rule,
      );
      if (rule === 'public') return principal;
      if (principal.mustChangePassword && !beforePasswordChange) {
        throw new ShiplogFault('password_change_required', 'Change the one-time password first.');
      }
      letIn(principal, rule, options.publicRead);
      return principal;
    };
    // Nobody yet: not even a caller without a name, so that a route which forgets to ask again lets no one in.
    if (config.tokenInBody && isEmpty(credentials) && hasBody(request)) return;
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
export function letIn(principal: Principal, rule: Exclude<AccessRule, 'public'>, publicRead: boolean): void {
  if (principal === anonymous) {
    if (rule === 'read' && publicRead) return;
    throw new ShiplogFault('unauthenticated', 'Send a token, for example as the header X-Api-Key.');
  }
  if (rule === 'signed-in' || satisfies(principal, rule)) return;
  throw new ScopeMissing(rule);
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
    if (rule !== 'public') throw await tokenWrong(secret, authenticator);
  }
  return (session && (await authenticator.bySession(session))) || anonymous;
}

async function tokenWrong(secret: string, authenticator: Authenticator): Promise<ShiplogFault> {
  const ended = await authenticator.howEnded(secret);
  const text = 'The token is wrong, or it has expired.';
  return new ShiplogFault('credentials_wrong', text, ended === undefined ? {} : { subject: ended });
}

function isEmpty({ secret, session }: Credentials): boolean {
  return secret === undefined && session === undefined;
}

function hasBody({ method, headers }: FastifyRequest): boolean {
  return !isSafe(method) && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
}

/** Names of parameters that hold a token. */
export const tokenParameters = ['private_token', 'access_token', 'job_token'] as const;

/** Takes the token out of parameters, so that nothing made of them later holds it. */
export function takeToken(parameters: Record<string, unknown>): string | undefined {
  let token: string | undefined;
  for (const name of tokenParameters) {
    if (!(name in parameters)) continue;
    const value = parameters[name];
    if (typeof value === 'string') token ??= value;
    delete parameters[name];
  }
  return token;
}

/** One token is accepted in every form that clients of the three dialects send. */
function tokenOf({ headers, query }: FastifyRequest): string | undefined {
  const parameter = takeToken(query as Record<string, unknown>); // parsed, not yet checked
  for (const name of ['x-api-key', 'private-token', 'job-token'] as const) {
    const value = headers[name];
    if (typeof value === 'string') return value;
  }
  const authorization = headers.authorization;
  if (authorization !== undefined) return ofAuthorization(authorization);
  return parameter;
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
