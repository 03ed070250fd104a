import type { Scope } from '../../../contract/access.ts';
import { accessLevels } from '../../../contract/access-levels.ts';
import type { Clock } from '../../clock.ts';
import { forbidden, invalid, levelTooLow, notFound, ShiplogFault } from '../../errors.ts';
import { writeAudit } from '../../log/audit-log.ts';
import type { Structure } from '../../log/structure.ts';
import { type Principal, satisfies } from '../../principal.ts';
import { hashSecret } from '../../secret-hash.ts';
import type { Holder, Listed, Page } from '../members/membership-types.ts';
import type { UserDirectoryService } from '../users/user-directory-service.ts';
import { refuseNobody } from '../users/user-types.ts';
import { tokenEntry, tokenHome } from './token-audit.ts';
import { factsOf, newBot } from './token-principal.ts';
import { refuseToken } from './token-rules.ts';
import { newTokenSecret } from './token-secret.ts';
import type { TokenRow, TokenStore } from './token-store.ts';
import type { NewTokenFacts, TokenFacts, TokenFilter, TokenHome } from './token-types.ts';

export interface WantedToken {
  readonly name: string;
  readonly description?: string | undefined;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: number | undefined;
}

/** Which token is meant: the one the caller came by (of that place, where one is given), a person's, or one of a place. */
export type TokenReference =
  | { readonly kind: 'own'; readonly holder?: Holder }
  | { readonly kind: 'personal'; readonly id: number }
  | { readonly kind: 'held'; readonly holder: Holder; readonly id: number };

const weekMs = 7 * 24 * 3_600_000;

/**
 * Tokens managed by those whom they concern: personal ones by their user, those of a project or group by its maintainers.
 * What has been revoked is kept, and still shown.
 */
export class AccessTokenService {
  readonly #store: TokenStore;
  readonly #users: UserDirectoryService;
  readonly #structure: Structure;
  readonly #clock: Clock;

  constructor(store: TokenStore, users: UserDirectoryService, structure: Structure, clock: Clock) {
    this.#store = store;
    this.#users = users;
    this.#structure = structure;
    this.#clock = clock;
  }

  /** Of one user, or for an administrator of all people. Throws `forbidden` where they are somebody else's. */
  async ofPeople(
    principal: Principal,
    userId: number | undefined,
    filter: TokenFilter,
    page: Page,
  ): Promise<Listed<TokenFacts>> {
    refuseNobody(principal);
    if (satisfies(principal, 'admin')) return this.#list({ kind: 'people', userId }, filter, page);
    if (userId !== undefined && userId !== principal.userId) throw levelTooLow();
    return this.#list({ kind: 'people', userId: principal.userId ?? -1 }, filter, page);
  }

  /** Of the caller alone, whoever that is. Throws `unauthenticated`. */
  async ofCaller(principal: Principal, filter: TokenFilter, page: Page): Promise<Listed<TokenFacts>> {
    refuseNobody(principal);
    return this.#list({ kind: 'people', userId: principal.userId ?? -1 }, filter, page);
  }

  /** Throws `forbidden` for whoever is no maintainer there. */
  async ofHolder(holder: Holder, filter: TokenFilter, page: Page): Promise<Listed<TokenFacts>> {
    requireMaintainer(holder);
    return this.#list(homeOf(holder), filter, page);
  }

  /** Throws `not_found`, `forbidden`. */
  async get(principal: Principal, reference: TokenReference): Promise<TokenFacts> {
    return factsOf(await this.#find(principal, reference));
  }

  /** For oneself, or by an administrator for somebody. Throws `forbidden`, `not_found`, `validation_failed`. */
  async createPersonal(principal: Principal, userId: number, wanted: WantedToken): Promise<NewTokenFacts> {
    const { scopes, expiresAt } = wanted;
    refuseToken(principal, { scopes, isBound: false, expiresAt }, this.#clock());
    if (userId !== principal.userId && !satisfies(principal, 'admin')) throw notFound('User');
    const user = await this.#users.get(userId);
    if (scopes.includes('admin') && !user.isAdmin) throw forbidden('The user is no administrator.');
    const secret = newTokenSecret();
    const home = { kind: 'user', user: user.username } as const;
    const token = { ...wanted, expiresAt: expiresAt ?? null };
    const id = await this.#structure.change(async ({ kysely: tx }) => {
      await writeAudit(tx, tokenEntry(this.#clock(), principal, 'token_created', home, token));
      return this.#store.insert(tx, { ...this.#columnsOf(wanted, secret), user_id: userId });
    });
    return this.#made(id, secret);
  }

  /** With a bot of its own, which is a member with the given level. Throws `forbidden`, `validation_failed`. */
  async createHeld(
    principal: Principal,
    holder: Holder,
    wanted: WantedToken & { readonly accessLevel: number },
  ): Promise<NewTokenFacts> {
    const { name, scopes, accessLevel, expiresAt } = wanted;
    const now = this.#clock();
    requireMaintainer(holder);
    refuseToken(principal, { scopes, isBound: true, expiresAt }, now);
    if (accessLevel > holder.level) throw forbidden('A token cannot have a higher access level than you have.');
    const bot = newBot({ name, holder, level: accessLevel, createdBy: principal.userId });
    const secret = newTokenSecret();
    const token = { name, scopes, expiresAt: expiresAt ?? null };
    const id = await this.#structure.change(async ({ kysely: tx }) => {
      await writeAudit(tx, tokenEntry(now, principal, 'token_created', holder, token));
      return this.#store.insert(tx, {
        ...this.#columnsOf(wanted, secret),
        user_id: await this.#store.insertBot(tx, bot, now),
        project_id: holder.kind === 'project' ? holder.id : null,
        group_path: holder.kind === 'group' ? holder.path : null,
        access_level: accessLevel,
      });
    });
    return this.#made(id, secret);
  }

  /** Ends a token at once. One that has ended already stays as it is. Throws `not_found`, `forbidden`. */
  async revoke(principal: Principal, reference: TokenReference): Promise<void> {
    const row = await this.#find(principal, reference);
    await this.#structure.change(async ({ kysely: tx }) => {
      const now = this.#clock();
      if (await this.#store.revoke(tx, row.id, now))
        await writeAudit(tx, tokenEntry(now, principal, 'token_revoked', tokenHome(row), factsOf(row)));
      if (isBound(row) && row.user_id !== null) await this.#store.retireBot(tx, row.user_id);
    });
  }

  /**
   * A new secret in place of the old one, which ends at once. It ends in a week where nothing else is asked for, unless the
   * old one never did. Throws `conflict` where the old one was revoked before.
   */
  async rotate(
    principal: Principal,
    reference: TokenReference,
    wanted: { readonly expiresAt: number | undefined },
  ): Promise<NewTokenFacts> {
    const row = await this.#find(principal, reference);
    const now = this.#clock();
    const expiresAt = wanted.expiresAt ?? (row.expires_at === null ? undefined : now + weekMs);
    if (row.id === tokenIdOf(principal) && row.expires_at !== null) refuseLater(wanted.expiresAt, row.expires_at);
    const facts = factsOf(row);
    // Whoever holds a token may keep it going; anything else is as good as making one.
    const asker = reference.kind === 'own' ? { ...principal, reach: everywhere, expiresAt: null } : principal;
    refuseToken(asker, { scopes: facts.scopes, isBound: isBound(row), expiresAt }, now);
    if (reference.kind === 'held' && (row.access_level ?? 0) > reference.holder.level)
      throw forbidden('The token has a higher access level than you have.');
    const secret = newTokenSecret();
    const id = await this.#structure.change(async ({ kysely: tx }) => {
      if (!(await this.#store.revoke(tx, row.id, now))) throw new ShiplogFault('conflict', 'token already revoked');
      const token = { ...facts, expiresAt: expiresAt ?? null };
      await writeAudit(tx, tokenEntry(now, principal, 'token_rotated', tokenHome(row), token));
      const { user_id, project_id, group_path, access_level } = row;
      const columns = this.#columnsOf({ ...facts, description: row.description ?? undefined, expiresAt }, secret);
      return this.#store.insert(tx, { ...columns, user_id, project_id, group_path, access_level });
    });
    return this.#made(id, secret);
  }

  #columnsOf({ name, description, scopes, expiresAt }: WantedToken, secret: string) {
    return {
      name,
      description: description ?? null,
      token_hash: hashSecret(secret),
      scopes: JSON.stringify(scopes),
      created_at: this.#clock(),
      expires_at: expiresAt ?? null,
    };
  }

  async #made(id: number, secret: string): Promise<NewTokenFacts> {
    const row = await this.#store.byId(id);
    if (!row) throw notFound('token');
    return { ...factsOf(row), secret };
  }

  async #list(home: TokenHome, filter: TokenFilter, page: Page): Promise<Listed<TokenFacts>> {
    const { items, total } = await this.#store.list(home, filter, this.#clock(), page);
    return { items: items.map(factsOf), total };
  }

  async #find(principal: Principal, reference: TokenReference): Promise<TokenRow> {
    refuseNobody(principal);
    if (reference.kind === 'held') requireMaintainer(reference.holder);
    const id = reference.kind === 'own' ? tokenIdOf(principal) : reference.id;
    const row = id === undefined ? undefined : await this.#store.byId(id);
    if (!row || !isMeant(row, principal, reference)) throw notFound('token');
    return row;
  }
}

const everywhere = { kind: 'all' } as const;

function isMeant(row: TokenRow, principal: Principal, reference: TokenReference): boolean {
  switch (reference.kind) {
    case 'own':
      return reference.holder === undefined || isOf(row, reference.holder);
    case 'personal':
      if (satisfies(principal, 'admin')) return true;
      return !isBound(row) && row.user_id !== null && row.user_id === principal.userId;
    case 'held':
      return isOf(row, reference.holder);
    default:
      return reference satisfies never;
  }
}

function isOf(row: TokenRow, { kind, id, path }: Holder): boolean {
  return kind === 'project' ? row.project_id === id : row.group_path === path;
}

/** To a project or group. */
function isBound({ project_id, group_path }: TokenRow): boolean {
  return project_id !== null || group_path !== null;
}

/** Principals that came by a token are named after it. */
function tokenIdOf({ id }: Principal): number | undefined {
  const [, digits] = /^token:(\d+)$/.exec(id) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** A token that rotates itself may name an end, but none after its own. */
function refuseLater(wanted: number | undefined, ownEnd: number): void {
  if (wanted === undefined || wanted <= ownEnd) return;
  const message = `must be no later than ${new Date(ownEnd).toISOString()}, when the token itself expires`;
  throw invalid([{ pointer: '/expires_at', message }]);
}

function requireMaintainer({ level }: Holder): void {
  if (level < accessLevels.maintainer) throw levelTooLow();
}

function homeOf(holder: Holder): TokenHome {
  return holder.kind === 'project' ? { kind: 'project', id: holder.id } : { kind: 'group', path: holder.path };
}
