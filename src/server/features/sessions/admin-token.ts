import { timingSafeEqual } from 'node:crypto';
import type { Principal } from '../../principal.ts';
import { hashSecret } from '../../secret-hash.ts';

/** The administrator's token of the settings, if there is one: it lives as long as the setting does. */
export class AdminToken {
  readonly hash: string | undefined;
  readonly principal: Principal = {
    id: 'admin-token',
    name: 'Administrator token',
    username: null,
    userId: null,
    scopes: ['admin'],
    reach: { kind: 'all' },
    mustChangePassword: false,
    expiresAt: null,
  };

  constructor(token: string | undefined) {
    this.hash = token === undefined ? undefined : hashSecret(token);
  }

  matches(secret: string): boolean {
    return this.hash !== undefined && timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(this.hash));
  }
}
