import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { invalid, notFound, ShiplogFault } from '../../errors.ts';
import type { AuditAuthor } from '../../log/audit-log.ts';
import type { Principal } from '../../principal.ts';
import type { MembershipsOf } from '../members/membership-types.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { userEntry } from './user-audit.ts';
import { refuseUser, taken } from './user-rules.ts';
import { firstAdminName, type UserRow, type UserStore } from './user-store.ts';

export interface NewUser {
  readonly username: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  /** Absent: a one-time password is made, which must be changed at the first sign-in. */
  readonly password?: string | undefined;
  readonly admin?: boolean | undefined;
}

export interface CreatedUser {
  readonly user: UserRow;
  readonly oneTimePassword: string | undefined;
}

export class UserService {
  readonly #store: UserStore;
  readonly #membershipsOf: MembershipsOf;
  readonly #clock: Clock;

  constructor(store: UserStore, membershipsOf: MembershipsOf, clock: Clock) {
    this.#store = store;
    this.#membershipsOf = membershipsOf;
    this.#clock = clock;
  }

  /** Throws `conflict` where the user name or the email address is taken, in whatever case. */
  async create(author: AuditAuthor, wanted: NewUser): Promise<CreatedUser> {
    const { username, name, email, password, admin = false } = wanted;
    refuseUser({ username, email, password });
    const oneTimePassword = password === undefined ? newOneTimePassword() : undefined;
    const now = this.#clock();
    const audit = userEntry(now, author, 'user_created', { username }, { administrator: admin });
    const row = {
      username,
      name: name ?? username,
      password_hash: await hashPassword(password ?? oneTimePassword ?? ''),
      is_admin: Number(admin),
      must_change_password: Number(password === undefined),
      signed_in_at: null,
      created_at: now,
      email: email ?? null,
    };
    const user = await this.#store.insert(row, audit);
    if (user === 'username' || user === 'email') throw taken([user]);
    return { user, oneTimePassword };
  }

  /** For a password that was lost: makes a one-time one, and ends the user's sessions. Throws `not_found`. */
  async resetPassword(author: AuditAuthor, username: string): Promise<CreatedUser> {
    const oneTimePassword = newOneTimePassword();
    const auditOf = (user: UserRow) => userEntry(this.#clock(), author, 'user_password_reset', user);
    const user = await this.#store.replacePassword(username, await hashPassword(oneTimePassword), auditOf);
    if (!user) throw notFound('user');
    return { user, oneTimePassword };
  }

  /** How to sign in to a server that nobody has signed in to yet; undefined once somebody has. */
  async firstSignIn(): Promise<{ username: string; password: string } | undefined> {
    // Hashing takes a while, and hardly any start needs it.
    if (!(await this.#store.awaitsFirstAdmin())) return undefined;
    const password = newOneTimePassword();
    const user = await this.#store.firstAdmin({
      username: firstAdminName,
      name: 'Administrator',
      password_hash: await hashPassword(password),
      is_admin: 1,
      must_change_password: 1,
      signed_in_at: null,
      created_at: this.#clock(),
    });
    return user && { username: user.username, password };
  }

  /** The user with this name and password. Throws `credentials_wrong` without saying which of them is wrong. */
  async signIn(username: string, password: string): Promise<UserRow> {
    const user = await this.#store.byUsername(username);
    const right = await verifyPassword(password, user?.password_hash ?? null);
    if (!user || !right || !isPresent(user))
      throw new ShiplogFault('credentials_wrong', 'The user name or the password is wrong.');
    await this.#store.signedIn(user.id, this.#clock());
    return user;
  }

  /** Throws `validation_failed` where the current password is wrong or the new one is the same. */
  async changePassword(userId: number, current: string, next: string): Promise<void> {
    const user = await this.#store.byId(userId);
    const isRight = await verifyPassword(current, user?.password_hash ?? null);
    if (!user || !isRight) {
      throw invalid([{ pointer: '/current_password', message: 'is wrong' }]);
    }
    if (current === next) throw invalid([{ pointer: '/new_password', message: 'must differ from the current one' }]);
    const audit = userEntry(this.#clock(), { userId, name: user.name }, 'user_password_changed', user);
    await this.#store.setPassword(userId, await hashPassword(next), audit);
  }

  /** By id or user name; undefined where there is no such user, or it is blocked. */
  async principalNamed(idOrUsername: string): Promise<Principal | undefined> {
    if (/^\d{1,15}$/.test(idOrUsername)) return this.principalById(Number(idOrUsername));
    const user = await this.#store.byUsername(idOrUsername);
    return user && this.principalById(user.id);
  }

  /** undefined where the user is gone or blocked. */
  async principalById(id: number): Promise<Principal | undefined> {
    const user = await this.#store.byId(id);
    if (!user || !isPresent(user)) return undefined;
    return {
      id: `user:${user.id}`,
      name: user.name,
      username: user.username,
      userId: user.id,
      scopes: user.is_admin === 1 ? ['admin'] : ['api'],
      reach: { kind: 'all' },
      memberships: await this.#membershipsOf(user.id),
      mustChangePassword: user.must_change_password === 1,
      expiresAt: null,
    };
  }
}

/** Bots have no password; this is in case one is given one. */
function isPresent({ state, bot }: UserRow): boolean {
  return state === 'active' && bot === 0;
}

function newOneTimePassword(): string {
  return randomBytes(12).toString('base64url');
}
