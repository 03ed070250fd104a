import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { forbidden, ShiplogFault } from '../../errors.ts';
import type { Job } from '../../jobs/job-runner.ts';
import type { Principal } from '../../principal.ts';
import { hashSecret } from '../../secret-hash.ts';
import type { TokenService } from '../tokens/token-service.ts';
import type { UserService } from '../users/user-service.ts';
import type { AdminToken } from './admin-token.ts';
import type { SessionRow, SessionStore } from './session-store.ts';

const hourMs = 3_600_000;
export const sessionLifeMs = 14 * 24 * hourMs;

export interface StartedSession {
  /** What the cookie holds; only its hash is stored. */
  readonly id: string;
  readonly principal: Principal;
}

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
  async signInByPassword(username: string, password: string): Promise<StartedSession> {
    const user = await this.#users.signIn(username, password);
    return this.#start({ user_id: user.id, token_id: null, admin_hash: null });
  }

  /** Throws `credentials_wrong`. The session ends with the token. */
  async signInByToken(secret: string): Promise<StartedSession> {
    if (this.#adminToken.matches(secret))
      return this.#start({ user_id: null, token_id: null, admin_hash: this.#adminToken.hash ?? null });
    const token = await this.#tokens.bySecret(secret);
    if (!token) throw new ShiplogFault('credentials_wrong', 'The token is wrong, or it has expired.');
    return this.#start({ user_id: null, token_id: token.id, admin_hash: null });
  }

  /** Who a cookie speaks for; undefined where the session is over. */
  async principalOf(id: string): Promise<Principal | undefined> {
    const session = await this.#store.byHash(hashSecret(id));
    return session && session.expires_at > this.#clock() ? this.#principalOf(session) : undefined;
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

  async #start(owner: Pick<SessionRow, 'user_id' | 'token_id' | 'admin_hash'>): Promise<StartedSession> {
    const id = randomBytes(32).toString('base64url');
    const now = this.#clock();
    const session = { id_hash: hashSecret(id), ...owner, created_at: now, expires_at: now + sessionLifeMs };
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
