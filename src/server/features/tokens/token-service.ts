import type { Scope } from '../../../contract/access.ts';
import { limits } from '../../../contract/limits.ts';
import type { Clock } from '../../clock.ts';
import { forbidden, invalid, notFound } from '../../errors.ts';
import { type Principal, projectPath, type Reach, satisfies, splitProjectPath } from '../../principal.ts';
import { hashSecret } from '../../secret-hash.ts';
import { isTokenSecret, newTokenSecret } from './token-secret.ts';
import type { TokenRow, TokenStore } from './token-store.ts';

export interface TokenFacts {
  readonly id: number;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly owner: string | null;
  readonly project: string | undefined;
  readonly group: string | undefined;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

export interface ValidToken {
  readonly id: number;
  readonly principal: Principal;
}

export interface NewToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** `namespace/service` or `service`. */
  readonly project?: string | undefined;
  readonly group?: string | undefined;
  readonly expiresAt?: number | undefined;
}

/** last_used_at is as fresh as this; writing it for every request would double the writes. */
const touchEveryMs = 60_000;

/** Tokens: a personal one acts for its user; one bound to a project or group acts for itself, there only. */
export class TokenService {
  readonly #store: TokenStore;
  readonly #clock: Clock;
  readonly #onRevoke: () => void;

  /** `onRevoke` is told when a token ends, for whoever remembers what tokens may do. */
  constructor(store: TokenStore, clock: Clock, onRevoke: () => void = () => {}) {
    this.#store = store;
    this.#clock = clock;
    this.#onRevoke = onRevoke;
  }

  /** Answers the secret too: it is not stored, and never shown again. Throws `forbidden`, `validation_failed`. */
  async create(principal: Principal, request: NewToken): Promise<TokenFacts & { secret: string }> {
    const now = this.#clock();
    refuse(principal, request, now);
    const { name, scopes, project, group, expiresAt } = request;
    const path = project === undefined ? undefined : splitProjectPath(project);
    const secret = newTokenSecret();
    const id = await this.#store.insert({
      name,
      token_hash: hashSecret(secret),
      scopes: JSON.stringify(scopes),
      user_id: isBound(request) ? null : principal.userId,
      project_id: path ? await this.#store.projectId(path.namespace, path.service, now) : null,
      group_path: group ?? null,
      created_at: now,
      expires_at: expiresAt ?? null,
      last_used_at: null,
    });
    const row = await this.#store.byId(id);
    if (!row) throw notFound('token');
    return { ...factsOf(row), secret };
  }

  /** An administrator sees all tokens, others their own. */
  async list(principal: Principal): Promise<TokenFacts[]> {
    const rows = await this.#store.list(satisfies(principal, 'admin') ? undefined : (principal.userId ?? -1));
    return rows.map(factsOf);
  }

  /** Ends a token, and sessions begun with it, at once on this node and within seconds on others. */
  async revoke(principal: Principal, id: number): Promise<void> {
    const row = await this.#store.byId(id);
    const own = row !== undefined && row.user_id !== null && row.user_id === principal.userId;
    if (!row || !(own || satisfies(principal, 'admin'))) throw notFound('token');
    await this.#store.delete(id);
    this.#onRevoke();
  }

  /** The token of a secret, and who it speaks for; undefined where it is no valid one. */
  async bySecret(secret: string): Promise<ValidToken | undefined> {
    if (!isTokenSecret(secret)) return undefined;
    return this.#valid(await this.#store.byHash(hashSecret(secret)));
  }

  /** The same for a session that was begun with a token. */
  async byId(id: number): Promise<ValidToken | undefined> {
    return this.#valid(await this.#store.byId(id));
  }

  async #valid(row: TokenRow | undefined): Promise<ValidToken | undefined> {
    const now = this.#clock();
    if (!row || (row.expires_at !== null && row.expires_at <= now)) return undefined;
    // A disk that is full, or a log that is being made anew, keeps nobody from reading.
    if (row.last_used_at === null || now - row.last_used_at > touchEveryMs)
      await this.#store.touch(row.id, now).catch(() => {});
    return { id: row.id, principal: principalOf(row) };
  }
}

function principalOf(row: TokenRow): Principal {
  return {
    id: `token:${row.id}`,
    name: row.user_name ?? row.name,
    username: row.username,
    userId: row.user_id,
    scopes: scopesOf(row),
    reach: reachOf(row),
    mustChangePassword: false,
    expiresAt: row.expires_at,
  };
}

function isBound({ project, group }: NewToken): boolean {
  return project !== undefined || group !== undefined;
}

/** Throws where this principal may not make this token, or nobody may. */
function refuse(principal: Principal, request: NewToken, now: number): void {
  const { scopes, project, group, expiresAt } = request;
  const wrong: readonly (readonly [boolean, string, string])[] = [
    [project !== undefined && group !== undefined, '/group', 'cannot be given together with project'],
    [
      project !== undefined && !isProject(splitProjectPath(project)),
      '/project',
      'must be `namespace/service` or `service`',
    ],
    [isBound(request) && scopes.includes('admin'), '/scopes', 'of a project or group token cannot have admin'],
    [expiresAt !== undefined && expiresAt <= now, '/expires_at', 'must be in the future'],
    [
      (expiresAt ?? Number.POSITIVE_INFINITY) > (principal.expiresAt ?? Number.POSITIVE_INFINITY),
      '/expires_at',
      `must be given, and no later than ${endOf(principal)}, when the token that asks expires`,
    ],
  ];
  const fields = wrong.flatMap(([holds, pointer, message]) => (holds ? [{ pointer, message }] : []));
  if (fields.length > 0) throw invalid(fields);
  if (principal.reach.kind !== 'all')
    throw forbidden('A project or group token may not make tokens: they would reach further than it does.');
  if (satisfies(principal, 'admin')) return;
  if (isBound(request)) throw forbidden('Only an administrator may make project and group tokens.');
  if (scopes.includes('admin')) throw forbidden('Only an administrator may make a token with the scope admin.');
}

function endOf({ expiresAt }: Principal): string {
  return expiresAt === null ? 'never' : new Date(expiresAt).toISOString();
}

/** A personal token never does more than its user may: admin ends with the user's being one. */
function scopesOf(row: TokenRow): Scope[] {
  const scopes = JSON.parse(row.scopes) as Scope[]; // written by create
  return row.user_is_admin === 0 ? scopes.filter((scope) => scope !== 'admin') : scopes;
}

function isProject({ namespace, service }: { readonly namespace: string; readonly service: string }): boolean {
  return service.trim() !== '' && service.length <= limits.service && namespace.length <= limits.namespace;
}

function reachOf({ namespace, service, group_path }: TokenRow): Reach {
  if (service !== null) return { kind: 'project', namespace: namespace ?? '', service };
  return group_path === null ? { kind: 'all' } : { kind: 'group', namespace: group_path };
}

function factsOf(row: TokenRow): TokenFacts {
  return {
    id: row.id,
    name: row.name,
    scopes: scopesOf(row),
    owner: row.username,
    project: row.service === null ? undefined : projectPath({ namespace: row.namespace ?? '', service: row.service }),
    group: row.group_path ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}
