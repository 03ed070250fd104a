import { timingSafeEqual } from 'node:crypto';
import type { Principal } from '../../principal.ts';
import { hashSecret } from '../../secret-hash.ts';

/** The administrator's token of the settings, if there is one: it lives as long as the setting does. */
export class AdminToken {
  readonly hash: string | undefined;
  readonly principal: Principal;

  /** `botId`: the user that what is done with it is told of. */
  constructor(token: string | undefined, botId: number | null) {
    this.hash = token === undefined ? undefined : hashSecret(token);
    this.principal = {
      id: 'admin-token',
      name: 'Administrator token',
      username: null,
      userId: botId,
      scopes: ['admin'],
      reach: { kind: 'all' },
      memberships: [],
      mustChangePassword: false,
      expiresAt: null,
    };
  }

  matches(secret: string): boolean {
    return this.hash !== undefined && timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(this.hash));
  }
}
