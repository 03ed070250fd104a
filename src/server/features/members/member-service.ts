import { accessLevels } from '../../../contract/access-levels.ts';
import type { Clock } from '../../clock.ts';
import { forbidden, invalid, levelTooLow, notFound, ShiplogFault } from '../../errors.ts';
import { type AuditEntry, placeOf, writeAudit } from '../../log/audit-log.ts';
import type { Structure } from '../../log/structure.ts';
import type { Principal } from '../../principal.ts';
import type { UserDirectoryService } from '../users/user-directory-service.ts';
import type { MemberRow, MemberStore, PlacedMember } from './member-store.ts';
import type { Member, MemberChange, MemberFilter, NewMember } from './member-types.ts';
import type { Holder, Listed, Page } from './membership-types.ts';

/** Whom a member is named by. */
export type Named = { readonly id: number } | { readonly username: string };

/** Who belongs to a group or project. Members of a group belong to all that lies in it, which is asked for as `inherited`. */
export class MemberService {
  readonly #store: MemberStore;
  readonly #users: UserDirectoryService;
  readonly #structure: Structure;
  readonly #clock: Clock;

  constructor(store: MemberStore, users: UserDirectoryService, structure: Structure, clock: Clock) {
    this.#store = store;
    this.#users = users;
    this.#structure = structure;
    this.#clock = clock;
  }

  /** Of several memberships of one user only the one that counts. */
  async list(holder: Holder, inherited: boolean, filter: MemberFilter, page: Page): Promise<Listed<Member>> {
    const groups = inherited ? groupsAround(holder) : [];
    const { items, total } = await this.#store.list(holder, groups, filter, this.#clock(), page);
    return { items: await this.#members(holder, items), total };
  }

  /** Throws `not_found`. */
  async get(holder: Holder, inherited: boolean, userId: number): Promise<Member> {
    const groups = inherited ? groupsAround(holder) : [];
    const row = await this.#store.find(holder, groups, userId, this.#clock());
    const [member] = row ? await this.#members(holder, [row]) : [];
    if (!member) throw notFound('member');
    return member;
  }

  /** By maintainers, with no more than they have. Throws `forbidden`, `not_found`, `conflict`, `validation_failed`. */
  async add(principal: Principal, holder: Holder, named: Named, { level, expiresAt }: NewMember): Promise<Member> {
    requireMay(holder, level);
    this.#refusePast(expiresAt);
    const user = 'id' in named ? await this.#users.get(named.id) : await this.#users.named(named.username);
    if (!user || user.bot) throw notFound('User');
    await this.#refuseBelowInherited(holder, user.id, level);
    await this.#structure.change(async ({ kysely: tx }) => {
      const member = { user_id: user.id, access_level: level, expires_at: expiresAt ?? null };
      const made = { ...member, created_by: principal.userId, created_at: this.#clock() };
      // One that has expired makes room.
      const old = await this.#store.direct(tx, holder, user.id);
      if (old && old.expires_at !== null && old.expires_at <= this.#clock()) await this.#store.delete(tx, old.id);
      if (!(await this.#store.insert(tx, holder, made))) throw new ShiplogFault('conflict', 'Member already exists');
      await this.#account(tx, principal, holder, 'member_added', {
        user: user.username,
        level: levelName(level),
        ...ending(expiresAt),
      });
    });
    return this.get(holder, false, user.id);
  }

  /** By maintainers, who change nobody above themselves. Throws as `add`. */
  async change(
    principal: Principal,
    holder: Holder,
    userId: number,
    { level, expiresAt }: MemberChange,
  ): Promise<Member> {
    requireMay(holder, level ?? 0);
    this.#refusePast(expiresAt);
    if (level !== undefined) await this.#refuseBelowInherited(holder, userId, level);
    await this.#structure.change(async ({ kysely: tx }) => {
      const row = await this.#direct(tx, holder, userId);
      requireMay(holder, row.access_level);
      const next = level ?? row.access_level;
      if (next < accessLevels.owner || (expiresAt ?? null) !== null) await this.#keepAnOwner(tx, holder, row);
      const end = expiresAt === undefined ? {} : { expires_at: expiresAt };
      await this.#store.update(tx, row.id, { access_level: next, ...end });
      const user = (await this.#users.byIds([userId])).get(userId)?.username ?? null;
      const levels = { from: levelName(row.access_level), to: levelName(next) };
      await this.#account(tx, principal, holder, 'member_changed', { user, ...levels, ...ending(expiresAt) });
    });
    return this.get(holder, false, userId);
  }

  /**
   * By maintainers, and everyone may leave; the last owner of a group stays. So does the bot of a token, which could do
   * nothing any more. Throws `forbidden`, `not_found`.
   */
  async remove(principal: Principal, holder: Holder, userId: number): Promise<void> {
    await this.#structure.change(async ({ kysely: tx }) => {
      const isSelf = principal.userId === userId;
      if (!isSelf && holder.level < accessLevels.maintainer) throw levelTooLow();
      const row = await this.#direct(tx, holder, userId);
      if (!isSelf) requireMay(holder, row.access_level);
      const user = (await this.#users.byIds([userId])).get(userId);
      if (user?.bot)
        throw forbidden('This member is the bot of a token, which would be dead without it: revoke the token.');
      await this.#keepAnOwner(tx, holder, row);
      await this.#store.delete(tx, row.id);
      await this.#account(tx, principal, holder, isSelf ? 'member_left' : 'member_removed', {
        user: user?.username ?? null,
        level: levelName(row.access_level),
      });
    });
  }

  #account(
    tx: Transaction,
    author: Principal,
    holder: Holder,
    action: AuditEntry['action'],
    details: AuditEntry['details'],
  ): Promise<void> {
    return writeAudit(tx, { at: this.#clock(), author, ...placeOf(holder), action, details });
  }

  #refusePast(expiresAt: number | null | undefined): void {
    if (expiresAt === null || expiresAt === undefined || expiresAt > this.#clock()) return;
    throw invalid([{ pointer: '/expires_at', message: 'cannot be a date in the past' }]);
  }

  async #direct(tx: Transaction, holder: Holder, userId: number): Promise<MemberRow> {
    const row = await this.#store.direct(tx, holder, userId);
    if (!row) throw notFound('member');
    return row;
  }

  /** A project in a group has the owners of the group. */
  async #keepAnOwner(tx: Transaction, holder: Holder, row: MemberRow): Promise<void> {
    if (row.access_level < accessLevels.owner || (holder.kind === 'project' && holder.path.includes('/'))) return;
    const owners = await this.#store.people(tx, holder, accessLevels.owner);
    if (owners.length === 1 && owners[0] === row.user_id) throw forbidden('The last owner has to stay.');
  }

  /** A lower level than the groups around give already would mean nothing. */
  async #refuseBelowInherited(holder: Holder, userId: number, level: number): Promise<void> {
    const groups = groupsAround(holder);
    const above = groups.length === 0 ? undefined : await this.#store.find(nowhere, groups, userId, this.#clock());
    if (!above || above.access_level <= level) return;
    const message = `should be greater than or equal to ${capitalized(levelName(above.access_level))} inherited membership`;
    throw invalid([{ pointer: '/access_level', message }]);
  }

  async #members({ path }: Holder, rows: readonly PlacedMember[]): Promise<Member[]> {
    const users = await this.#users.byIds(rows.flatMap((row) => [row.user_id, row.created_by ?? row.user_id]));
    return rows.flatMap((row) => {
      const user = users.get(row.user_id);
      const { access_level: level, expires_at: expiresAt, created_at: createdAt } = row;
      const createdBy = row.created_by === null ? undefined : users.get(row.created_by);
      const of =
        row.group_path === null ? { kind: 'project' as const, path } : { kind: 'group' as const, path: row.group_path };
      return user ? [{ user, level, expiresAt, createdAt, createdBy, of }] : [];
    });
  }
}

type Transaction = Parameters<MemberStore['delete']>[0];

const nowhere = { kind: 'group', id: -1 } as const;

function levelName(level: number): string {
  const [name = String(level)] = Object.entries(accessLevels).find(([, each]) => each === level) ?? [];
  return name;
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** When a membership ends, where somebody has said so. */
function ending(expiresAt: number | null | undefined): AuditEntry['details'] {
  if (expiresAt === undefined) return {};
  return { expires_at: expiresAt === null ? 'never' : new Date(expiresAt).toISOString() };
}

/** All groups that a holder lies in. */
function groupsAround({ path }: Holder): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Throws unless the caller manages members, and a level is not above the caller's own. */
function requireMay(holder: Holder, level: number): void {
  if (holder.level < accessLevels.maintainer || level > holder.level) throw levelTooLow();
}
