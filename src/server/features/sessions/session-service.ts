import { randomBytes } from 'node:crypto';
import { sessionLifeDays } from '../../../contract/session-life.ts';
import type { Clock } from '../../clock.ts';
import { forbidden, notFound, ShiplogFault } from '../../errors.ts';
import type { Job } from '../../jobs/job-runner.ts';
import type { Principal } from '../../principal.ts';
import { hashSecret } from '../../secret-hash.ts';
import type { TokenService } from '../tokens/token-service.ts';
import type { UserService } from '../users/user-service.ts';
import type { AdminToken } from './admin-token.ts';
import type { SessionRow, SessionStore } from './session-store.ts';

const hourMs = 3_600_000;
export const sessionLifeMs = sessionLifeDays * 24 * hourMs;

export interface StartedSession {
  /** What the cookie holds; only its hash is stored. */
  readonly id: string;
  readonly principal: Principal;
}

/** A sign-in as the one who signed in sees it. */
export interface OwnSession {
  /** Names it to its owner; nobody can sign in with it. */
  readonly handle: string;
  readonly isCurrent: boolean;
  /** It was begun with a token, and ends with it. */
  readonly byToken: boolean;
  readonly createdAt: number;
  readonly seenAt: number | null;
  readonly expiresAt: number;
  readonly userAgent: string | null;
}

/** `seen_at` is as fresh as this; writing it for every request would double the writes. */
const touchEveryMs = 60_000;
/** Nobody has more that they could tell apart. */
const mostShown = 100;
const userAgentLength = 300;

/** Sign-ins of the web page: by user and password, by a token, or by the administrator's token from the settings. */
export class SessionService {
  /** Takes out sessions that are over. */
  readonly retention: Job = {
    name: 'delete-expired-sessions',
    everyMs: hourMs,
    run: (now) => this.#store.deleteExpired(now),
  };
  readonly #store: SessionStore;
  readonly #users: UserService;
  readonly #tokens: TokenService;
  readonly #adminToken: AdminToken;
  readonly #clock: Clock;

  constructor(store: SessionStore, users: UserService, tokens: TokenService, adminToken: AdminToken, clock: Clock) {
    this.#store = store;
    this.#users = users;
    this.#tokens = tokens;
    this.#adminToken = adminToken;
    this.#clock = clock;
  }

  /** Throws `credentials_wrong`. */
  async signInByPassword(username: string, password: string, userAgent?: string): Promise<StartedSession> {
    const user = await this.#users.signIn(username, password);
    return this.#start({ user_id: user.id, token_id: null, admin_hash: null }, userAgent);
  }

  /** Throws `credentials_wrong`. The session ends with the token. */
  async signInByToken(secret: string, userAgent?: string): Promise<StartedSession> {
    if (this.#adminToken.matches(secret))
      return this.#start({ user_id: null, token_id: null, admin_hash: this.#adminToken.hash ?? null }, userAgent);
    const token = await this.#tokens.bySecret(secret);
    if (!token) throw new ShiplogFault('credentials_wrong', 'The token is wrong, or it has expired.');
    return this.#start({ user_id: null, token_id: token.id, admin_hash: null }, userAgent);
  }

  /** Who a cookie speaks for; undefined where the session is over. */
  async principalOf(id: string): Promise<Principal | undefined> {
    const now = this.#clock();
    const session = await this.#store.byHash(hashSecret(id));
    if (!session || session.expires_at <= now) return undefined;
    // A disk that is full keeps nobody from reading.
    if (session.seen_at === null || now - session.seen_at > touchEveryMs)
      await this.#store.touch(session.id_hash, now).catch(() => {});
    return this.#principalOf(session);
  }

  /** The caller's own, the latest first; `id` is what its cookie holds. Throws `forbidden` where it can have none. */
  async ofCaller(principal: Principal, id: string | undefined): Promise<OwnSession[]> {
    const own = await this.#ofCaller(principal);
    const current = id === undefined ? undefined : hashSecret(id);
    return own.map((row) => ({
      handle: handleOf(row),
      isCurrent: row.id_hash === current,
      byToken: row.user_id === null,
      createdAt: row.created_at,
      seenAt: row.seen_at,
      expiresAt: row.expires_at,
      userAgent: row.user_agent,
    }));
  }

  /** Ends one of the caller's own. Throws `not_found`. */
  async end(principal: Principal, handle: string): Promise<void> {
    const meant = (await this.#ofCaller(principal)).find((row) => handleOf(row) === handle);
    if (!meant) throw notFound('session');
    await this.#store.delete(meant.id_hash);
  }

  async signOut(id: string): Promise<void> {
    await this.#store.delete(hashSecret(id));
  }

  /** Changes the password of the session's user and ends all other sessions of that user. */
  async changePassword(id: string, principal: Principal, current: string, next: string): Promise<void> {
    if (principal.userId === null || principal.username === null) throw forbidden('A token has no password.');
    await this.#users.changePassword(principal.userId, current, next);
    await this.#store.deleteOthers(principal.userId, hashSecret(id));
  }

  #ofCaller(principal: Principal): Promise<SessionRow[]> {
    if (principal.userId === null) throw forbidden('This token belongs to nobody who could sign in.');
    const adminHash = principal === this.#adminToken.principal ? this.#adminToken.hash : undefined;
    return this.#store.ofOwner({ userId: principal.userId, adminHash }, this.#clock(), mostShown);
  }

  async #start(
    owner: Pick<SessionRow, 'user_id' | 'token_id' | 'admin_hash'>,
    userAgent: string | undefined,
  ): Promise<StartedSession> {
    const id = randomBytes(32).toString('base64url');
    const now = this.#clock();
    const session = {
      id_hash: hashSecret(id),
      ...owner,
      created_at: now,
      expires_at: now + sessionLifeMs,
      seen_at: now,
      user_agent: userAgent?.slice(0, userAgentLength) ?? null,
    };
    await this.#store.insert(session);
    const principal = await this.#principalOf(session);
    if (!principal) throw new ShiplogFault('credentials_wrong', 'The account has just ended.');
    return { id, principal };
  }

  async #principalOf({ user_id, token_id, admin_hash }: SessionRow): Promise<Principal | undefined> {
    if (user_id !== null) return this.#users.principalById(user_id);
    if (token_id !== null) return (await this.#tokens.byId(token_id))?.principal;
    return admin_hash !== null && admin_hash === this.#adminToken.hash ? this.#adminToken.principal : undefined;
  }
}

/** Made of the hash, so that whoever reads an answer cannot tell which row it is of. */
function handleOf({ id_hash }: SessionRow): string {
  return hashSecret(`handle of ${id_hash}`).slice(0, 16);
}
