import type { Clock } from '../../clock.ts';
import { forbidden, notFound } from '../../errors.ts';
import { onServer, writeAudit } from '../../log/audit-log.ts';
import type { Structure } from '../../log/structure.ts';
import { anonymous, type Principal, satisfies } from '../../principal.ts';
import type { Listed, Page } from '../members/membership-types.ts';
import { hashPassword } from './password.ts';
import { userDeedsOf, userEntry } from './user-audit.ts';
import type { UserDirectoryStore } from './user-directory-store.ts';
import { refuseUser, taken } from './user-rules.ts';
import { refuseNobody, type User, type UserChange, type UserFilter } from './user-types.ts';

/** Who there is: everyone signed in may look users up; the routes let only administrators change them. */
export class UserDirectoryService {
  readonly #store: UserDirectoryStore;
  readonly #structure: Structure;
  readonly #clock: Clock;

  constructor(store: UserDirectoryStore, structure: Structure, clock: Clock) {
    this.#store = store;
    this.#structure = structure;
    this.#clock = clock;
  }

  /** Throws `not_found`. */
  async get(id: number): Promise<User> {
    const [user] = await this.#store.byIds([id]);
    if (!user) throw notFound('User');
    return user;
  }

  /** Those that there are of these ids. */
  async byIds(ids: readonly number[]): Promise<ReadonlyMap<number, User>> {
    const users = await this.#store.byIds([...new Set(ids)]);
    return new Map(users.map((user) => [user.id, user]));
  }

  /** Those that there are of up to 500 user names, in whatever case, by their names in small letters. */
  async allNamed(usernames: Iterable<string>): Promise<ReadonlyMap<string, User>> {
    const users = await this.#store.byUsernames([...new Set([...usernames].map((name) => name.toLowerCase()))]);
    return new Map(users.map((user) => [user.username.toLowerCase(), user]));
  }

  /** By user name, in whatever case. */
  named(username: string): Promise<User | undefined> {
    return this.#store.byUsername(username);
  }

  /** The same. Throws `not_found`. */
  async whoIs(username: string): Promise<User> {
    const user = await this.named(username);
    if (!user) throw notFound('User');
    return user;
  }

  /**
   * Only administrators learn who is one, or find users by address. The token of a project or group knows only the members
   * there. Throws `unauthenticated`.
   */
  async list(principal: Principal, filter: UserFilter, page: Page): Promise<Listed<User>> {
    refuseNobody(principal);
    const isAdmin = satisfies(principal, 'admin');
    const allowed = { ...filter, admins: isAdmin && filter.admins, around: principal.reach };
    return this.#store.list(allowed, { byEmail: isAdmin, now: this.#clock() }, page);
  }

  /** As `get`, of those whom `list` would show. Throws `unauthenticated`, `not_found`. */
  async seen(principal: Principal, id: number): Promise<User> {
    refuseNobody(principal);
    const user = (await this.seenAmong(principal, [id])).get(id);
    if (!user) throw notFound('User');
    return user;
  }

  /** Those of these ids whom `list` would show; nobody is shown to who is not signed in. */
  async seenAmong(principal: Principal, ids: readonly number[]): Promise<ReadonlyMap<number, User>> {
    if (principal === anonymous) return new Map();
    const users = await this.#store.byIdsAround([...new Set(ids)], principal.reach, this.#clock());
    return new Map(users.map((user) => [user.id, user]));
  }

  /**
   * Throws `not_found`, `validation_failed`, `conflict` where a name is taken, and `forbidden` for an administrator who would
   * be none any more by their own hand. A new password ends the user's sessions.
   */
  async change(principal: Principal, id: number, change: UserChange): Promise<User> {
    const before = await this.#person(id);
    const { username, name, email, password, admin } = change;
    if (admin === false && principal.userId === id)
      throw forbidden('You cannot take this from yourself: ask another administrator.');
    refuseUser({ username, email, password });
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    await this.#structure.change(async ({ kysely: tx }) => {
      const names = { ...(username === undefined ? {} : { username }), ...(email === undefined ? {} : { email }) };
      const found = await this.#store.taken(tx, names, id);
      if (found.length > 0) throw taken(found);
      await this.#store.update(tx, id, {
        ...names,
        ...(name === undefined ? {} : { name }),
        ...(admin === undefined ? {} : { is_admin: Number(admin) }),
        ...(passwordHash === undefined ? {} : { password_hash: passwordHash, must_change_password: 1 }),
      });
      if (passwordHash !== undefined) await this.#store.endSessions(tx, id);
      const place = { at: this.#clock(), author: principal, ...onServer };
      for (const deed of userDeedsOf(before, change)) await writeAudit(tx, { ...place, ...deed });
    });
    return this.get(id);
  }

  /** From now on it cannot sign in, and its tokens are dead until it is unblocked. Throws `not_found`, `forbidden`. */
  async block(principal: Principal, id: number): Promise<void> {
    const user = await this.#person(id);
    if (principal.userId === id) throw forbidden('You cannot block yourself.');
    await this.#structure.change(async ({ kysely: tx }) => {
      await this.#store.update(tx, id, { state: 'blocked' });
      await this.#store.endSessions(tx, id);
      if (user.state !== 'blocked') await writeAudit(tx, userEntry(this.#clock(), principal, 'user_blocked', user));
    });
  }

  async unblock(principal: Principal, id: number): Promise<void> {
    const user = await this.#person(id);
    await this.#structure.change(async ({ kysely: tx }) => {
      await this.#store.update(tx, id, { state: 'active' });
      if (user.state !== 'active') await writeAudit(tx, userEntry(this.#clock(), principal, 'user_unblocked', user));
    });
  }

  /**
   * Takes a user's name, address, password, memberships and tokens away. What it did stays, under a name that tells no
   * more, since deployments and approvals refer to it.
   */
  async remove(principal: Principal, id: number): Promise<void> {
    const user = await this.#person(id);
    if (principal.userId === id) throw forbidden('You cannot delete yourself.');
    await this.#structure.change(async ({ kysely: tx }) => {
      await this.#store.endSessions(tx, id);
      await writeAudit(tx, userEntry(this.#clock(), principal, 'user_deleted', user));
      await this.#store.strip(tx, id, this.#clock());
      await this.#store.update(tx, id, {
        username: await this.#store.freeName(tx, `deleted-user-${id}`, id),
        name: 'Deleted user',
        email: null,
        password_hash: null,
        is_admin: 0,
        state: 'blocked',
      });
    });
  }

  /** Bots are changed by way of their tokens only, and who was deleted stays so. */
  async #person(id: number): Promise<User> {
    const user = await this.get(id);
    if (user.isDeleted) throw notFound('User');
    if (user.bot) throw forbidden('A bot belongs to its token.');
    return user;
  }
}
