import type { Scope } from '../../../contract/access.ts';
import { limits } from '../../../contract/limits.ts';
import { projectAt } from '../../../contract/project-path.ts';
import type { Clock } from '../../clock.ts';
import type { LogSession } from '../../db/database.ts';
import { forbidden, invalid, notFound } from '../../errors.ts';
import { writeAudit } from '../../log/audit-log.ts';
import type { Structure } from '../../log/structure.ts';
import { type Principal, satisfies } from '../../principal.ts';
import { hashSecret } from '../../secret-hash.ts';
import type { MembershipsOf } from '../members/membership-types.ts';
import type { FindProject } from '../projects/project-types.ts';
import { tokenEntry, tokenHome } from './token-audit.ts';
import { factsOf, impliedLevel, newBot, principalOf } from './token-principal.ts';
import { refuseToken } from './token-rules.ts';
import { isTokenSecret, newTokenSecret } from './token-secret.ts';
import type { TokenRow, TokenStore } from './token-store.ts';
import type { NewTokenFacts, TokenFacts } from './token-types.ts';

export interface ValidToken {
  readonly id: number;
  readonly principal: Principal;
}

export interface NewToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Its path, also of one still to come, or its number. */
  readonly project?: string | undefined;
  readonly group?: string | undefined;
  readonly expiresAt?: number | undefined;
}

/** last_used_at is as fresh as this; writing it for every request would double the writes. */
const touchEveryMs = 60_000;

/** Tokens: a personal one acts for its user; one bound to a project or group acts for a bot, there only. */
export class TokenService {
  readonly #store: TokenStore;
  readonly #membershipsOf: MembershipsOf;
  readonly #findProject: FindProject;
  readonly #structure: Structure;
  readonly #clock: Clock;

  constructor(
    store: TokenStore,
    membershipsOf: MembershipsOf,
    findProject: FindProject,
    structure: Structure,
    clock: Clock,
  ) {
    this.#store = store;
    this.#membershipsOf = membershipsOf;
    this.#findProject = findProject;
    this.#structure = structure;
    this.#clock = clock;
  }

  /** Answers the secret too: it is not stored, and never shown again. Throws `forbidden`, `validation_failed`. */
  async create(principal: Principal, request: NewToken): Promise<NewTokenFacts> {
    const now = this.#clock();
    refuse(principal, request, now);
    const { name, scopes, group, expiresAt } = request;
    const secret = newTokenSecret();
    const project = request.project === undefined ? undefined : await this.#named(request.project);
    const id = await this.#structure.change(async (session) => {
      const holder = await this.#holderOf(session, { group, project }, now);
      const level = impliedLevel(scopes);
      const bot = holder && newBot({ name, holder, level, createdBy: principal.userId });
      const home = holder ?? ({ kind: 'user', user: principal.username ?? '' } as const);
      const token = { name, scopes, expiresAt: expiresAt ?? null };
      await writeAudit(session.kysely, tokenEntry(now, principal, 'token_created', home, token));
      return this.#store.insert(session.kysely, {
        name,
        token_hash: hashSecret(secret),
        scopes: JSON.stringify(scopes),
        user_id: bot ? await this.#store.insertBot(session.kysely, bot, now) : principal.userId,
        project_id: holder?.kind === 'project' ? holder.id : null,
        group_path: group ?? null,
        access_level: bot ? level : null,
        created_at: now,
        expires_at: expiresAt ?? null,
      });
    });
    const row = await this.#store.byId(id);
    if (!row) throw notFound('token');
    return { ...factsOf(row), secret };
  }

  /** Those that have not been revoked: an administrator sees all tokens, others their own. */
  async list(principal: Principal): Promise<TokenFacts[]> {
    const rows = await this.#store.unrevoked(satisfies(principal, 'admin') ? undefined : (principal.userId ?? -1));
    return rows.map(factsOf);
  }

  /** Ends a token, and sessions begun with it, at once on this node and within seconds on others. */
  async revoke(principal: Principal, id: number): Promise<void> {
    const row = await this.#store.byId(id);
    const own = row !== undefined && row.user_id !== null && row.user_id === principal.userId;
    if (!row || row.revoked_at !== null || !(own || satisfies(principal, 'admin'))) throw notFound('token');
    await this.#structure.change(async ({ kysely: tx }) => {
      const now = this.#clock();
      if (await this.#store.revoke(tx, id, now))
        await writeAudit(tx, tokenEntry(now, principal, 'token_revoked', tokenHome(row), factsOf(row)));
      if (row.project_id !== null || row.group_path !== null) await this.#store.retireBot(tx, row.user_id ?? -1);
    });
  }

  /** The token of a secret, and who it speaks for; undefined where it is no valid one. */
  async bySecret(secret: string): Promise<ValidToken | undefined> {
    if (!isTokenSecret(secret)) return undefined;
    return this.#valid(await this.#store.byHash(hashSecret(secret)));
  }

  /** How the token of a secret ended, which whoever has the secret may know; undefined where there never was one. */
  async howEnded(secret: string): Promise<'expired' | 'revoked' | undefined> {
    const row = isTokenSecret(secret) ? await this.#store.byHash(hashSecret(secret)) : undefined;
    if (!row) return undefined;
    if (row.revoked_at !== null) return 'revoked';
    return hasExpired(row, this.#clock()) ? 'expired' : undefined;
  }

  /** The token that a session was begun with; undefined where it has ended. */
  async byId(id: number): Promise<ValidToken | undefined> {
    return this.#valid(await this.#store.byId(id));
  }

  async #valid(row: TokenRow | undefined): Promise<ValidToken | undefined> {
    const now = this.#clock();
    if (!row || row.revoked_at !== null || hasExpired(row, now) || row.user_state === 'blocked') return undefined;
    // A disk that is full, or a log that is being made anew, keeps nobody from reading.
    if (row.last_used_at === null || now - row.last_used_at > touchEveryMs)
      await this.#store.touch(row.id, now).catch(() => {});
    return { id: row.id, principal: await principalOf(row, this.#membershipsOf) };
  }

  /** What a token is to be bound to, created where it is named for the first time. */
  async #holderOf(session: LogSession, { project, group }: Wanted, now: number) {
    if (group !== undefined) return { kind: 'group' as const, id: await this.#store.groupId(session, group, now) };
    if (project === undefined) return undefined;
    const { namespace, service } = project;
    return { kind: 'project' as const, id: await this.#store.projectId(session, namespace, service, now) };
  }

  /** What a project is called that is named as everywhere: by its number, or its path in whatever case. */
  async #named(idOrPath: string): Promise<Named> {
    const known = await this.#findProject(idOrPath);
    if (!known && /^\d+$/.test(idOrPath))
      throw invalid([{ pointer: '/project', message: 'is the number of no project' }]);
    return known ?? projectAt(idOrPath);
  }
}

interface Named {
  readonly namespace: string;
  readonly service: string;
}

interface Wanted {
  readonly project: Named | undefined;
  readonly group: string | undefined;
}

function hasExpired({ expires_at }: TokenRow, now: number): boolean {
  return expires_at !== null && expires_at <= now;
}

/** Throws where this principal may not make this token, or nobody may. */
function refuse(principal: Principal, request: NewToken, now: number): void {
  const { scopes, project, group, expiresAt } = request;
  const isBound = project !== undefined || group !== undefined;
  const wrong: readonly (readonly [boolean, string, string])[] = [
    [project !== undefined && group !== undefined, '/group', 'cannot be given together with project'],
    [project !== undefined && !isProject(projectAt(project)), '/project', 'must be `namespace/service` or `service`'],
  ];
  const fields = wrong.flatMap(([holds, pointer, message]) => (holds ? [{ pointer, message }] : []));
  if (fields.length > 0) throw invalid(fields);
  refuseToken(principal, { scopes, isBound, expiresAt }, now);
  if (isBound && !satisfies(principal, 'admin'))
    throw forbidden('Only an administrator may make project and group tokens.');
}

function isProject({ namespace, service }: Named): boolean {
  return service.trim() !== '' && service.length <= limits.service && namespace.length <= limits.namespace;
}
